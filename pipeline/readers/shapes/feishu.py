"""飞书妙记 and Lark Minutes: day and length, keywords, then name and time above or before the words."""

import re

from pipeline.models.reading import Reading
from pipeline.readers.dated import find_date
from pipeline.readers.layouts import NAME_TIME, NAME_TIME_TEXT
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.spoken import fit_of, keeping_to, read_spoken

_fit = keeping_to(NAME_TIME, NAME_TIME_TEXT)
_HEADING = re.compile(r"(?i)\W*(?:文字记录|关键词|transcript|keywords)\s*(?:[:：].*)?\Z")
_OWN = re.compile(r"\W*(?:文字记录|关键词)")
_LONGEST = 300
"""Characters of a line that says so."""


def _likely(content: Content) -> float:
    fit = fit_of(content, _fit)
    return CERTAIN if fit.sure and _is_minutes(fit.above(content.lines)) else NONE


def _is_minutes(lines: list[str]) -> bool:
    """Whether 文字记录 or 关键词 is a heading; the English ones are Lark's below `day|length`."""
    headings = [line for line in lines if len(line) < _LONGEST and _HEADING.match(line)]
    lasting = bool(lines) and "|" in lines[0] and find_date(lines[0]) is not None
    return any(map(_OWN.match, headings)) or (lasting and bool(headings))


def _read(content: Content) -> Reading:
    return read_spoken(SHAPE.name, content, _fit)


SHAPE = Shape("feishu", "call", _likely, _read)
