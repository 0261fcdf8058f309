"""VTT and SRT: timed cues -> segments, leniently, losing no spoken line."""

import html
import re
from collections import Counter
from typing import NamedTuple

from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^<>\n]*>")
_PREFIX = re.compile(r"^\s*([^:：<>]{1,40}?)\s*[:：]\s*(?=\S)")
_SILENT_BLOCKS = ("NOTE", "STYLE", "REGION", "WEBVTT")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]$")


class _Cue(NamedTuple):
    start: float
    end: float
    lines: tuple[str, ...]
    line_no: int


def looks_timed(text: str) -> bool:
    """Whether any line is a cue timing."""
    return any(_TIMING.match(line) for line in text.split("\n"))


def read_cues(text: str) -> Reading:
    """All cues in input order; a continuation cue inherits its speaker."""
    cues, dropped = _cut(text.split("\n"))
    shape = "vtt" if text.lstrip("\ufeff \n").startswith("WEBVTT") else "srt"
    named = _speaker_prefixes(cues)
    segments: list[Segment] = []
    speaker: str | None = None
    for cue in cues:
        name, words = _spoken(cue, named)
        if not words:
            continue
        speaker = name or speaker
        segments.append(
            Segment(
                id=f"s{len(segments) + 1:04d}",
                index=len(segments),
                start=cue.start,
                end=max(cue.start, cue.end),
                speaker=speaker,
                text=words,
            )
        )
    return Reading(shape=shape, segments=tuple(segments), dropped=tuple(dropped))


def _cut(lines: list[str]) -> tuple[list[_Cue], list[Dropped]]:
    """Cues, and the lines that belong to none of them."""
    timings = [(number, m) for number, line in enumerate(lines) if (m := _TIMING.match(line))]
    cues: list[_Cue] = []
    dropped: list[Dropped] = []
    first = timings[0][0] if timings else len(lines)
    dropped += _strays(lines, 0, first, header=True)
    for place, (number, found) in enumerate(timings):
        stop = timings[place + 1][0] if place + 1 < len(timings) else len(lines)
        body, rest = _body(lines, number + 1, stop, last=place + 1 == len(timings))
        cues.append(
            _Cue(_seconds(*found.groups()[:4]), _seconds(*found.groups()[4:]), body, number + 1)
        )
        dropped += _strays(lines, rest, stop, header=False)
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


def _strays(lines: list[str], start: int, stop: int, *, header: bool) -> list[Dropped]:
    """Lines outside any cue: ids and comment blocks are silent, everything else is told."""
    strays: list[Dropped] = []
    silent = False
    for number in range(start, stop):
        line = lines[number].strip()
        if not line:
            silent = False
        elif line.lstrip("\ufeff").startswith(_SILENT_BLOCKS):
            silent = True
        elif not silent and not _before_timing(lines, number, stop, header=header):
            strays.append(Dropped(line=number + 1, text=line, reason="outside any cue"))
    return strays


def _before_timing(lines: list[str], number: int, stop: int, *, header: bool) -> bool:
    """Whether a line directly above a timing is a cue id: any text is, in VTT."""
    last = number == stop - 1 and stop < len(lines)
    return last and (header or not lines[number - 1].strip())


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(fraction.ljust(3, "0")) / 1000, 3)


def _speaker_prefixes(cues: list[_Cue]) -> set[str]:
    """Which "Name:" openings are speakers: those that come back, or nearly all lines have one."""
    openings = [m.group(1) for cue in cues if cue.lines and (m := _PREFIX.match(cue.lines[0]))]
    names = [name for name in openings if not any(char.isdigit() for char in name[:1])]
    if len(names) >= 0.8 * len(cues):
        return set(names)
    return {name for name, times in Counter(names).items() if times >= 2}


def _spoken(cue: _Cue, named: set[str]) -> tuple[str | None, str]:
    raw = "\n".join(cue.lines)
    voice = _VOICE.search(raw)
    lines = [html.unescape(_TAG.sub("", line)).strip() for line in cue.lines]
    words = _join([line for line in lines if line])
    if voice:
        return html.unescape(voice.group(1)).strip(), words
    prefix = _PREFIX.match(words)
    if prefix and prefix.group(1) in named:
        return prefix.group(1), words[prefix.end() :].strip()
    return None, words


def _join(lines: list[str]) -> str:
    """Lines of one cue: no space between Chinese characters, one between words."""
    text = ""
    for line in lines:
        text += ("" if not text or _WIDE.search(text) else " ") + line
    return text
