"""VTT, SRT and SBV: timed cues -> segments, leniently, losing no spoken line."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.language.named_lines import believed, read_line, unescaped, with_colons
from pipeline.language.normalise import visible
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment
from pipeline.readers.markup import Spoken, Voice, has_voice, spoken, untagged, word_by_word
from pipeline.readers.shape import CERTAIN, FAINT, NONE, STRONG

Dialect = Literal["vtt", "srt", "sbv"]

_TIME = r"(?:(1000|\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_ARROW = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}")
_COMMA = re.compile(rf"\s*{_TIME},{_TIME}\s*\Z")
_TIMINGS = {"vtt": _ARROW, "srt": _ARROW, "sbv": _COMMA}
_SILENT_BLOCK = re.compile(r"(?:WEBVTT|NOTE)(?:\s|\Z)|(?:STYLE|REGION)\s*\Z")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
_MANY = 0.1
"""Share of lines that are cue timings, from which nothing else is likely."""
_TOUCH = 0.1
"""Seconds between two cues that follow each other without a pause."""
_MOST_LINES = 8
"""Lines that a caption shows at once."""


class _Cue(NamedTuple):
    start: float
    end: float
    lines: tuple[str, ...]


class _Said(NamedTuple):
    cue: _Cue
    voice: Voice | None
    text: str


def looks_timed(text: str) -> bool:
    """Whether any line is a cue timing of VTT or SRT."""
    return "-->" in text and any(map(_ARROW.match, text.split("\n")))


def opens_vtt(text: str) -> bool:
    """Whether the first line says that this is WebVTT."""
    return text.lstrip().startswith("WEBVTT")


def lost_vtt(text: str) -> bool:
    """Whether this is a VTT whose first line was lost: voices, and times with a point."""
    if "<v" not in text:
        return False
    lines = text.split("\n")
    return any(
        "-->" in line and has_voice(after) and (found := _ARROW.match(line)) and "." in found[0]
        for line, after in pairwise(lines)
    )


def timed(text: str, dialect: Dialect) -> float:
    """How likely it is to be cues of this dialect: many lines are timings, and it begins with one."""
    if dialect != "sbv" and not looks_timed(text):
        return NONE
    lines = [line for line in text.split("\n") if line.strip()]
    timings = sum(bool(_TIMINGS[dialect].match(line)) for line in lines)
    if not timings:
        return NONE
    first = lines[1] if _is_id(lines[0]) and len(lines) > 1 else lines[0]
    many = timings >= _MANY * len(lines)
    return (CERTAIN if _TIMINGS[dialect].match(first) else STRONG) if many else FAINT


def read_cues(text: str, *, dialect: Dialect, shape: str) -> Reading:
    """All cues in input order; a continuation cue inherits its speaker.

    A cue in which several people speak is a turn of each of them. Captions that roll, each line
    shown again by the next cue, hold each line once.
    """
    cues, dropped = _cut(text.split("\n"), dialect)
    if dialect == "vtt":
        cues = _unrolled(cues)
    vtt = dialect == "vtt"
    parts = [_parts(cue, dialect) for cue in cues]
    lines = [_join(_plain(part.raw, vtt=vtt)) for one in parts for part in one]
    lines = [line for line in lines if line]
    names = with_colons(lines, believed(lines, [one.text for one in dropped]))
    turns = [
        turn
        for cue, one in zip(cues, parts, strict=True)
        for part in one
        for turn in _turns(cue, part, names, vtt=vtt)
    ]
    return Reading(shape=shape, segments=tuple(_segments(turns, names)), dropped=tuple(dropped))


def _segments(turns: list[_Said], names: frozenset[str]) -> Iterator[Segment]:
    speaker: str | None = None
    index = 0
    for cue, voice, text in turns:
        name, said, told = read_line(text, names) if voice is None else (voice.name, text, True)
        said = visible(unescaped(said)).strip()
        if not said:
            continue
        speaker = name if told else speaker
        yield Segment(
            id=f"s{index + 1:04d}",
            index=index,
            start=cue.start,
            end=max(cue.start, cue.end),
            speaker=visible(speaker).strip() or None if speaker else None,
            text=said,
        )
        index += 1


def _parts(cue: _Cue, dialect: Dialect) -> list[Spoken]:
    raw = "\n".join(cue.lines)
    if dialect == "vtt":
        return spoken(raw)
    return [Spoken(None, raw.replace("[br]", "\n") if dialect == "sbv" else raw)]


def _turns(cue: _Cue, part: Spoken, names: frozenset[str], *, vtt: bool) -> Iterator[_Said]:
    """What one voice says; without a voice, a line that opens with a known name begins anew."""
    lines: list[str] = []
    for line in _plain(part.raw, vtt=vtt):
        if part.voice is None and lines and read_line(line, names).speaker:
            yield _Said(cue, None, _join(lines))
            lines = []
        lines.append(line)
    yield _Said(cue, part.voice, _join(lines))


def _plain(raw: str, *, vtt: bool) -> list[str]:
    lines = (untagged(line, vtt=vtt) for line in raw.split("\n"))
    return [line for line in lines if line]


def _unrolled(cues: list[_Cue]) -> list[_Cue]:
    """Without the lines that automatic captions show a second time while they scroll up."""
    if not any(word_by_word(line) for cue in cues for line in cue.lines):
        return cues
    kept: list[_Cue] = []
    before: list[str] = []
    end = -1.0
    for cue in cues:
        shown = [(line, untagged(line, vtt=True)) for line in cue.lines]
        shown = [(line, plain) for line, plain in shown if plain]
        plains = [plain for _, plain in shown]
        again = _overlap(before, plains) if abs(cue.start - end) <= _TOUCH else 0
        kept.append(cue._replace(lines=tuple(line for line, _ in shown[again:])))
        before, end = plains, cue.end
    return kept


def _overlap(before: list[str], now: list[str]) -> int:
    """How many of the first lines are the last ones of before."""
    most = min(len(before), len(now), _MOST_LINES)
    return next((n for n in range(most, 0, -1) if before[-n:] == now[:n]), 0)


def _cut(lines: list[str], dialect: Dialect) -> tuple[list[_Cue], list[Dropped]]:
    """Cues, and the lines that belong to none of them."""
    timing = _TIMINGS[dialect]
    vtt = dialect == "vtt"
    timings = [(number, m) for number, line in enumerate(lines) if (m := timing.match(line))]
    cues: list[_Cue] = []
    first = timings[0][0] if timings else len(lines)
    dropped = _strays(lines, 0, first, vtt=vtt)
    for place, (number, found) in enumerate(timings):
        last = place + 1 == len(timings)
        stop = len(lines) if last else timings[place + 1][0]
        end = _end(lines, number + 1, stop, vtt=vtt)
        body, rest = _body(lines, number + 1, end, stop, ids=not last and dialect != "sbv")
        cues.append(_Cue(_seconds(*found.groups()[:4]), _seconds(*found.groups()[4:]), body))
        dropped += _strays(lines, rest, stop, vtt=vtt)
    return cues, dropped


def _end(lines: list[str], start: int, stop: int, *, vtt: bool) -> int:
    """Where the text of a cue ends: at a blank line; in VTT one that holds spaces is none."""
    blank = (n for n in range(start, stop) if not (lines[n] if vtt else lines[n].strip()))
    return next(blank, stop)


def _body(
    lines: list[str], start: int, end: int, stop: int, *, ids: bool
) -> tuple[tuple[str, ...], int]:
    """The text lines of a cue, and where it ends. The next cue's id line is not text."""
    if end == stop and ids and end > start and _is_id(lines[end - 1]):
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
        elif vtt and _SILENT_BLOCK.match(line):
            silent = True
        elif not silent and not _before_timing(lines, number, stop, vtt=vtt):
            strays.append(Dropped(line=number + 1, text=line, reason="outside any cue"))
    return strays


def _before_timing(lines: list[str], number: int, stop: int, *, vtt: bool) -> bool:
    """Whether a line directly above a timing is a cue id: in VTT any text is, in SRT a number."""
    if number != stop - 1 or stop == len(lines):
        return False
    above = lines[number - 1].strip() if number else ""
    return _is_id(lines[number]) or (vtt and not above)


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(fraction.ljust(3, "0")) / 1000, 3)


def _join(lines: list[str]) -> str:
    """Lines of one cue: no space between Chinese characters, one between words."""
    text = ""
    for line in lines:
        text += ("" if not text or _WIDE.match(text[-1]) else " ") + line
    return text
