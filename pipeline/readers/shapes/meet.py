"""Google Meet: title, attendees, then blocks under a time in which each turn is `Name: words`."""

import re
from collections.abc import Sequence

from pipeline.models.reading import Reading
from pipeline.readers.clock import seconds
from pipeline.readers.fitting import Fit
from pipeline.readers.layouts import TIME_ALONE
from pipeline.readers.markdown import unmarked
from pipeline.readers.naming import named
from pipeline.readers.shape import CERTAIN, NONE, SAMPLE, STRONG, Content, Shape
from pipeline.readers.spoken import assembled, below

_MARKS = re.compile(
    r"(?i)\W*(?:attendees|参加者|参会者|与会者|transcription ended after [\d:]+|this editable transcript was computer generated.*"
    r"|.{0,120}\s-\s(?:transcript|notes by gemini))\W*\Z"
)
_NEAR = 60
"""Lines at both ends of the file in which Meet says that it wrote it."""
_LONGEST = 200
_BLOCKS = 2
"""Times above blocks that make a file of names look like Meet's."""


def _likely(content: Content) -> float:
    if content.form not in ("text", "document"):
        return NONE
    lines = content.lines
    told = any(_MARKS.match(line[:_LONGEST]) for line in [*lines[:_NEAR], *lines[-_NEAR:]])
    lines = [unmarked(line) for line in lines[:SAMPLE]]
    if not told and sum(map(_is_time, lines)) < _BLOCKS:
        return NONE
    fit = below(_without_times(lines), lambda some: named(some, always=told))
    if not fit.sure:
        return NONE
    if told:
        return CERTAIN
    return STRONG if fit.sure >= STRONG else NONE


def _read(content: Content) -> Reading:
    """The time of a block is that of its first turn; when the others began nobody wrote down."""
    lines = [unmarked(line) for line in content.lines]
    fit = below(_without_times(lines), lambda some: named(some, always=True))
    return assembled(SHAPE.name, _without_times(lines), _timed(lines, fit))


def _timed(lines: Sequence[str], fit: Fit) -> Fit:
    openings = {}
    time: float | None = None
    for place, line in enumerate(lines):
        if _is_time(line):
            time = seconds(line.strip(" ()[]（）\t"))
        elif place in fit.openings:
            openings[place] = fit.openings[place]._replace(start=time)
            time = None
    return fit._replace(openings=openings)


def _is_time(line: str) -> bool:
    return len(line) < _LONGEST and TIME_ALONE.pattern.match(line.strip()) is not None


def _without_times(lines: Sequence[str]) -> list[str]:
    return ["" if _is_time(line) else line for line in lines]


SHAPE = Shape("meet", "call", _likely, _read)
