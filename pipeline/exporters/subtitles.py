"""Transcript -> .json, .vtt, .srt or .txt, by the suffix of the file."""

import json
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import InputError
from pipeline.exporters.files import save
from pipeline.models.transcript import Segment, Transcript


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
    untimed = any(one.start is None for one in transcript.segments)
    if untimed and path.suffix.lower() in (".vtt", ".srt"):
        raise InputError("transcript_untimed", suffix=path.suffix)
    save({path.name: writer(transcript).encode()}, path.parent)


def _as_json(transcript: Transcript) -> str:
    return json.dumps(transcript.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def _as_vtt(transcript: Transcript) -> str:
    cues = [
        f"{_stamp(one.start, '.')} --> {_stamp(one.end, '.')}\n{_voice(one)}{_escaped(one.text)}"
        for one in transcript.segments
    ]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _as_srt(transcript: Transcript) -> str:
    cues = [
        f"{one.index + 1}\n{_stamp(one.start, ',')} --> {_stamp(one.end, ',')}\n{_named(one)}"
        for one in transcript.segments
    ]
    return "\n\n".join(cues) + "\n"


def _as_txt(transcript: Transcript) -> str:
    lines = [
        f"[{_stamp(one.start, '.')[:8]}] {_named(one)}" if one.start is not None else _named(one)
        for one in transcript.segments
    ]
    return "\n".join(lines) + "\n"


def _voice(segment: Segment) -> str:
    return f"<v {_escaped(segment.speaker).replace('&gt;', '')}>" if segment.speaker else ""


def _named(segment: Segment) -> str:
    text = " ".join(segment.text.split())
    return f"{segment.speaker}: {text}" if segment.speaker else text


def _escaped(text: str | None) -> str:
    """One line of cue text: a blank line or an arrow would end the cue."""
    plain = " ".join((text or "").split())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
