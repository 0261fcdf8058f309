"""Markdown: name and time as a heading, in bold or in a list, the words behind or below."""

import re
from collections.abc import Sequence

from pipeline.models.reading import Reading
from pipeline.readers.fitting import Fit, fitted
from pipeline.readers.layouts import (
    NAME_TIME,
    NAME_TIME_TEXT,
    NAME_WRAPPED_TEXT,
    TIME_NAME,
    TIME_TEXT,
    WRAPPED_TEXT,
)
from pipeline.readers.markdown import is_marked, unmarked
from pipeline.readers.naming import named
from pipeline.readers.shape import FAIR, NONE, SAMPLE, Content, Shape
from pipeline.readers.spoken import assembled, below

_LAYOUTS = (NAME_TIME, TIME_NAME, WRAPPED_TEXT, NAME_WRAPPED_TEXT, TIME_TEXT, NAME_TIME_TEXT)
_BOLD = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__)(?=\S)")
_MOST = 0.8
"""Share of openings that must have marks."""
_MARKED = 0.05
"""What marks add to a layout that can be had without them."""


def _likely(content: Content) -> float:
    if content.form != "text":
        return NONE
    lines = content.lines[:SAMPLE]
    fit = below([unmarked(line) for line in lines], _fit)
    marked = sum(is_marked(lines[place]) for place in fit.openings)
    sure = fit.sure or _in_bold(lines, fit)
    if not sure or marked < _MOST * len(fit.openings):
        return NONE
    return sure + _MARKED


def _in_bold(lines: Sequence[str], fit: Fit) -> float:
    """How likely names without times are speakers because all lines from the first open in bold."""
    spoken = [line for line in lines[fit.first :] if line.strip()] if fit.openings else []
    bold = sum(_BOLD.match(line) is not None for line in spoken)
    return FAIR if spoken and bold == len(spoken) == len(fit.openings) else NONE


def _fit(lines: Sequence[str]) -> Fit:
    timed = fitted(lines, _LAYOUTS)
    return timed if timed.sure > NONE else named(lines)


def _read(content: Content) -> Reading:
    lines = content.lines
    return assembled(SHAPE.name, lines, below([unmarked(line) for line in lines], _fit))


SHAPE = Shape("markdown", "call", _likely, _read)
