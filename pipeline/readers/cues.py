"""VTT and SRT: timed cues -> segments, leniently, losing no spoken line."""

import re
from typing import NamedTuple

from pipeline.language.named_lines import believed, read_line, unescaped
from pipeline.language.normalise import visible
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment
from pipeline.readers.markup import untagged, voice

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_SILENT_BLOCK = re.compile(r"(?:WEBVTT|NOTE)(?:\s|\Z)|(?:STYLE|REGION)\s*\Z")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]$")


class _Cue(NamedTuple):
    start: float
    end: float
    lines: tuple[str, ...]
    line_no: int


def looks_timed(text: str) -> bool:
    """Whether any line is a cue timing."""
    return any(_TIMING.match(line) for line in text.split("\n"))


def opens_vtt(text: str) -> bool:
    """Whether the first line says that this is WebVTT."""
    return text.lstrip("\ufeff \n").startswith("WEBVTT")


def read_cues(text: str, *, vtt: bool, shape: str) -> Reading:
    """All cues in input order; a continuation cue inherits its speaker."""
    cues, dropped = _cut(text.split("\n"), vtt=vtt)
    words = [_join([line for line in _untagged(cue, vtt=vtt) if line]) for cue in cues]
    names = believed([one for one in words if one], [one.text for one in dropped])
    segments: list[Segment] = []
    speaker: str | None = None
    for cue, line in zip(cues, words, strict=True):
        tag = voice("\n".join(cue.lines)) if vtt else None
        name, said, told = read_line(line, names) if tag is None else (tag.name, line, True)
        said = visible(unescaped(said)).strip()
        if not said:
            continue
        speaker = name if told else speaker
        segments.append(
            Segment(
                id=f"s{len(segments) + 1:04d}",
                index=len(segments),
                start=cue.start,
                end=max(cue.start, cue.end),
                speaker=visible(speaker).strip() or None if speaker else None,
                text=said,
            )
        )
    return Reading(shape=shape, segments=tuple(segments), dropped=tuple(dropped))


def _cut(lines: list[str], *, vtt: bool) -> tuple[list[_Cue], list[Dropped]]:
    """Cues, and the lines that belong to none of them."""
    timings = [(number, m) for number, line in enumerate(lines) if (m := _TIMING.match(line))]
    cues: list[_Cue] = []
    dropped: list[Dropped] = []
    first = timings[0][0] if timings else len(lines)
    dropped += _strays(lines, 0, first, vtt=vtt)
    for place, (number, found) in enumerate(timings):
        stop = timings[place + 1][0] if place + 1 < len(timings) else len(lines)
        body, rest = _body(lines, number + 1, stop, last=place + 1 == len(timings))
        cues.append(
            _Cue(_seconds(*found.groups()[:4]), _seconds(*found.groups()[4:]), body, number + 1)
        )
        dropped += _strays(lines, rest, stop, vtt=vtt)
    return cues, dropped


def _body(lines: list[str], start: int, stop: int, *, last: bool) -> tuple[tuple[str, ...], int]:
    """The text lines of a cue, and where it ends. The next cue's id line is not text."""
    end = start
    while end < stop and lines[end].strip():
        end += 1
    if end == stop and not last and end > start and _is_id(lines[end - 1]):
        return tuple(lines[start : end - 1]), stop
    return tuple(lines[start:end]), end


def _is_id(line: str) -> bool:
    return line.strip().isdigit()


def _strays(lines: list[str], start: int, stop: int, *, vtt: bool) -> list[Dropped]:
    """Lines outside any cue: ids and comment blocks are silent, everything else is told."""
    strays: list[Dropped] = []
    silent = False
    for number in range(start, stop):
        line = lines[number].strip()
        if not line:
            silent = False
        elif vtt and _SILENT_BLOCK.match(line.lstrip("\ufeff")):
            silent = True
        elif not silent and not _before_timing(lines, number, stop, vtt=vtt):
            strays.append(Dropped(line=number + 1, text=line, reason="outside any cue"))
    return strays


def _before_timing(lines: list[str], number: int, stop: int, *, vtt: bool) -> bool:
    """Whether a line directly above a timing is a cue id: in VTT any text is, in SRT a number."""
    if number != stop - 1 or stop == len(lines):
        return False
    above = lines[number - 1].strip() if number else ""
    return not above and (vtt or _is_id(lines[number]))


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(fraction.ljust(3, "0")) / 1000, 3)


def _untagged(cue: _Cue, *, vtt: bool) -> list[str]:
    return [untagged(line, vtt=vtt) for line in cue.lines]


def _join(lines: list[str]) -> str:
    """Lines of one cue: no space between Chinese characters, one between words."""
    text = ""
    for line in lines:
        text += ("" if not text or _WIDE.search(text) else " ") + line
    return text
