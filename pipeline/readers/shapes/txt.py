"""A turn a line, as we write it: "[00:00:01] Name: text", or without the time."""

import re

from pipeline.language.named_lines import believed, mentions_name, read_line
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment
from pipeline.readers.labels import tells_time
from pipeline.readers.shape import NONE, Content, Shape

_TIME = re.compile(r"\s*\[(\d{2,3}):(\d{2}):(\d{2})\]\s+(?=\S)")
_KEY = re.compile(r"\s*[a-z_]+:")
"""How a line of YAML begins."""
_WHOLE = 0.9
"""All lines are ours: more than the structure of another layout, less than what a file says itself."""


def _likely(content: Content) -> float:
    return _WHOLE if content.form != "json" and _looks_plain(content.text) else NONE


def _looks_plain(text: str) -> bool:
    """Whether every line has a time, or every one opens with a name and not with a key."""
    lines = [line for line in text.split("\n") if line.strip()]
    timed = all(map(_TIME.match, lines))
    return timed or (all(map(_is_named, lines)) and not all(map(_KEY.match, lines)))


def _read(content: Content) -> Reading:
    """Every line a turn; a line that is none, between timed ones, is told as dropped."""
    lines = [(place, line) for place, line in enumerate(content.lines, 1) if line.strip()]
    timed = any(_TIME.match(line) for _, line in lines)
    turns = [(place, line) for place, line in lines if not timed or _TIME.match(line)]
    strays = [(place, line) for place, line in lines if timed and not _TIME.match(line)]
    names = believed([_TIME.sub("", line, count=1) for _, line in turns])
    return Reading(
        shape=SHAPE.name,
        segments=tuple(_turn(line, place, names) for place, (_, line) in enumerate(turns)),
        dropped=tuple(
            Dropped(line=place, text=line.strip(), reason="outside any cue")
            for place, line in strays
        ),
    )


def _is_named(line: str) -> bool:
    marked = line[0].isspace() or line[0] in "-#{[*>" or tells_time(line)
    return not marked and mentions_name(line)


def _turn(line: str, index: int, names: frozenset[str]) -> Segment:
    time = _TIME.match(line)
    said = read_line(line[time.end() :] if time else line, names)
    return Segment(
        id=f"s{index + 1:04d}",
        index=index,
        start=_seconds(time) if time else None,
        speaker=said.speaker,
        text=said.text.strip(),
    )


def _seconds(time: re.Match[str]) -> float:
    hours, minutes, seconds = map(int, time.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


SHAPE = Shape("txt", "call", _likely, _read)
