"""Microsoft Teams: title, day and length, then name and time in a line or two above the words."""

import re

from pipeline.models.reading import Reading
from pipeline.readers.layouts import CUE_NAME, NAME_ABOVE, NAME_BELOW, NAME_TIME, NAME_TIME_TEXT
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.spoken import fit_of, keeping_to, read_spoken

_fit = keeping_to(NAME_TIME, NAME_ABOVE, NAME_BELOW, NAME_TIME_TEXT, CUE_NAME)
_MARKS = re.compile(
    r"(?i)\S.*-(?:Meeting (?:Recording|Transcript)|会议(?:录制|转录|听录|脚本))\s*\Z"
    r"|.{1,60}\s(?:started|stopped) transcription\s*\Z"
    r"|.{1,60}\s已?(?:启动|停止|开始|结束)了?(?:听录|转录|转写)\s*\Z"
    r"|\s*(?:\d+h ?)?\d{1,2}m ?\d{1,2}s\s*\Z"
)
_LONGEST = 300
"""Characters of a line that says so."""


def _likely(content: Content) -> float:
    if content.form not in ("text", "document"):
        return NONE
    fit = fit_of(content, _fit)
    return (
        CERTAIN
        if fit.sure and any(_MARKS.match(line[:_LONGEST]) for line in fit.above(content.lines))
        else NONE
    )


def _read(content: Content) -> Reading:
    return read_spoken(SHAPE.name, content, _fit)


SHAPE = Shape("teams", "call", _likely, _read)
