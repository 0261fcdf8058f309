"""飞书妙记 and Lark Minutes: day and length, keywords, then name and time above or before the words."""

import re

from pipeline.models.reading import Reading
from pipeline.readers.dated import find_date
from pipeline.readers.layouts import NAME_TIME, NAME_TIME_TEXT
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.spoken import keeping_to, read_spoken, sure_of

_fit = keeping_to(NAME_TIME, NAME_TIME_TEXT)
_HEADINGS = re.compile(r"(?im)^\W*(?:文字记录|关键词|transcript|keywords)\s*(?:[:：].*)?$")
_LOOKED_AT = 200
"""Lines above which the headings stand; a summary may come first."""


def _likely(content: Content) -> float:
    if content.form == "json" or not _is_minutes(content.lines[:_LOOKED_AT]):
        return NONE
    return CERTAIN if sure_of(content, _fit) > NONE else NONE


def _is_minutes(lines: list[str]) -> bool:
    """Whether the first line is `day|length`, or a heading says 文字记录 with a title."""
    filled = [line for line in lines if line.strip()]
    first = filled[0] if filled else ""
    lasting = "|" in first and find_date(first) is not None
    headed = any(map(_HEADINGS.match, filled))
    titled = any(re.match(r"\s*文字记录\s*[:：]\s*\S", line) for line in filled)
    return headed and (
        lasting or titled or any(re.match(r"\s*(?:关键词|文字记录)", x) for x in filled)
    )


def _read(content: Content) -> Reading:
    return read_spoken(SHAPE.name, content, _fit)


SHAPE = Shape("feishu", "call", _likely, _read)
