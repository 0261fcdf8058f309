"""A turn a line, as we write it: "[00:00:01] Name: text", or without the time."""

import re
from typing import NamedTuple

from pipeline.language.bullets import BULLET
from pipeline.language.named_lines import believed, read_line, speak_for_themselves
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment
from pipeline.readers.openings import OUTSIDE
from pipeline.readers.shape import CERTAIN, FAIR, NONE, STRONG, Content, Shape

_TIME = re.compile(r"\s*+\[(?:(\d{2,4}):(\d{2}):(\d{2})|--:--:--)\]\s++(?=\S)")
_OWN = re.compile(r"\[(?:\d{2,4}:\d{2}:\d{2}|--:--:--)\] \S")
_OWN_UNTIMED = re.compile(r"(?:[^\s:：<>][^:：<>]*(?<!\s))?: \S")
_CLOCK = re.compile(r"[^:：]*\d[:：]\d")
"""A time of day, whose colon does not follow a name."""
_BOLD = re.compile(r"(\*\*|__)[^*_]{1,60}\1")
"""A name in Markdown."""
_MOST = 0.8
"""Share of lines that must look like turns; other text is no transcript."""
_WHOLE = 0.9
"""Every line is one of ours: more than the structure of another layout, less than what a file says
of itself."""


class _Line(NamedTuple):
    start: float | None
    words: str
    more: list[str]


def _likely(content: Content) -> float:
    lines = [line for line in content.lines if line.strip()]
    if content.form == "json" or not lines:
        return NONE
    times = sum(bool(_TIME.match(line)) for line in lines)
    if times == len(lines):
        return CERTAIN if all(map(_OWN.match, lines)) else _WHOLE
    if times:
        return FAIR if times >= _MOST * len(lines) else NONE
    if not speak_for_themselves(lines) or any(map(_CLOCK.match, lines)):
        return NONE
    if any(_BOLD.match(line) or BULLET.match(line) for line in lines):
        return NONE
    return CERTAIN if all(map(_OWN_UNTIMED.match, lines)) else STRONG


def _read(content: Content) -> Reading:
    """Every line a turn; between timed ones, a line without a time goes on with the one above."""
    lines, strays = _lines(content.lines)
    names = believed([line.words for line in lines])
    return Reading(
        shape=SHAPE.name,
        segments=tuple(_turn(line, index, names) for index, line in enumerate(lines)),
        dropped=tuple(strays),
    )


def _lines(lines: list[str]) -> tuple[list[_Line], list[Dropped]]:
    timed = any(map(_TIME.match, lines))
    made: list[_Line] = []
    strays: list[Dropped] = []
    for place, line in enumerate(lines, 1):
        time = _TIME.match(line)
        if time or (line.strip() and not timed):
            made.append(_Line(_seconds(time), line[time.end() :] if time else line, []))
        elif made:
            made[-1].more.append(line.strip())
        elif line.strip():
            strays.append(Dropped(line=place, text=line.strip(), reason=OUTSIDE))
    return made, strays


def _turn(line: _Line, index: int, names: frozenset[str]) -> Segment:
    said = read_line(line.words, names)
    return Segment(
        id=f"s{index + 1:04d}",
        index=index,
        start=line.start,
        speaker=said.speaker,
        text="\n".join((said.text.strip(), *line.more)).strip(),
    )


def _seconds(time: re.Match[str] | None) -> float | None:
    if time is None or time[1] is None:
        return None
    hours, minutes, seconds = map(int, time.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


SHAPE = Shape("txt", "call", _likely, _read)
