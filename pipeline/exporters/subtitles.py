"""Transcript -> .json, .vtt, .srt or .txt, by the suffix of the file."""

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.exporters.files import save
from pipeline.language.named_lines import (
    escaped,
    mentions_name,
    speak_for_themselves,
    without_colons,
    write_line,
)
from pipeline.language.normalise import visible
from pipeline.models.transcript import Segment, Transcript

_SRT_MARKUP = re.compile(r"(?i)<(?=/?[biu]>|/?font)|\{(?=\\)|(?<=--)>")


def write_transcript(transcript: Transcript, path: Path) -> None:
    """Write one file; whole or not at all.

    Raises:
        InputError: a suffix no writer knows, or cues asked of a transcript without times.
        OutputError: the folder cannot be written, or the disk is full.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        known = " ".join(_WRITERS)
        raise InputError("transcript_suffix", suffix=path.suffix or "-", known=known)
    untimed = transcript.is_chat or any(one.start is None for one in transcript.segments)
    if untimed and path.suffix.lower() in (".vtt", ".srt"):
        raise InputError("transcript_untimed", suffix=path.suffix)
    save({path.name: writer(transcript).encode()}, path.parent)


def _as_json(transcript: Transcript) -> str:
    return json.dumps(transcript.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def _as_vtt(transcript: Transcript) -> str:
    voices = _has_names(transcript, _cue)
    cues = [
        f"{_stamp(one.start, '.')} --> {_stamp(_end(one), '.')}\n"
        f"{_voice(one, voices)}{_cue(one.text)}"
        for one in _spoken(transcript)
    ]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _as_srt(transcript: Transcript) -> str:
    names = _has_names(transcript, _srt)
    turns = _spoken(transcript)
    lines = without_colons([write_line(one.speaker, _srt(one.text), names=names) for one in turns])
    cues = [
        f"{number}\n{_stamp(one.start, ',')} --> {_stamp(_end(one), ',')}\n{line}"
        for number, (one, line) in enumerate(zip(turns, lines, strict=True), 1)
    ]
    return "\n\n".join(cues) + "\n"


def _as_chat(turns: Sequence[Segment], begun: dt.datetime) -> str:
    """Name, day and time of each message over its words, as programs for chats write them."""
    blocks = [
        f"{' '.join(visible(one.speaker or '?').split())} "
        f"{begun + dt.timedelta(seconds=one.start or 0.0):%Y-%m-%d %H:%M:%S}\n{visible(one.text)}"
        for one in turns
    ]
    return "\n\n".join(blocks) + "\n"


def _as_txt(transcript: Transcript) -> str:
    """A line each: what was said over several lines stands in one; messages as a chat has them."""
    turns = _spoken(transcript)
    begun = transcript.begun if transcript.is_chat else None
    if begun and all(one.start is not None for one in turns):
        return _as_chat(turns, begun)
    names = _has_names(transcript, _in_one_line)
    lines = [_line(one, names) for one in turns]
    untimed = transcript.is_chat or all(one.start is None for one in turns)
    if untimed and speak_for_themselves(lines):
        return "\n".join(lines) + "\n"
    times = ["--:--:--" if one.start is None else _stamp(one.start, ".")[:-4] for one in turns]
    return "".join(f"[{time}] {line}\n" for time, line in zip(times, lines, strict=True))


def _spoken(transcript: Transcript) -> list[Segment]:
    return [one for one in transcript.segments if visible(one.text).strip()]


def _end(segment: Segment) -> float | None:
    return segment.start if segment.end is None else segment.end


def _has_names(transcript: Transcript, written: Callable[[str], str]) -> bool:
    """Whether lines must say who speaks, since a reader would take an opening for a name."""
    return any(one.speaker or mentions_name(written(one.text)) for one in _spoken(transcript))


def _line(segment: Segment, names: bool) -> str:
    return write_line(segment.speaker, _in_one_line(segment.text), names=names)


def _in_one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _voice(segment: Segment, voices: bool) -> str:
    name = _cue((segment.speaker or "").strip())
    if name:
        return f"<v {name}>"
    return "<v>" if voices else ""


def _cue(text: str) -> str:
    """One line of cue text: a line break or an arrow would end the cue."""
    plain = (
        visible(text)
        .replace("\ufeff", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
    )
    return plain.replace("\n", "&#10;")


def _srt(text: str) -> str:
    """Text as it is, but for what a reader takes for a tag, a reference or a timing."""
    return _SRT_MARKUP.sub(lambda found: f"&#{ord(found[0])};", escaped(visible(text)))


def _stamp(seconds: float | None, point: str) -> str:
    milliseconds = round((seconds or 0.0) * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    whole, left = divmod(rest, 1000)
    return f"{hours:02d}:{minutes:02d}:{whole:02d}{point}{left:03d}"


_WRITERS: dict[str, Callable[[Transcript], str]] = {
    ".json": _as_json,
    ".vtt": _as_vtt,
    ".srt": _as_srt,
    ".txt": _as_txt,
}
