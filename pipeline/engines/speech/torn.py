"""Where a recording should have ended: told from its headers, for files that were cut."""

import struct
from pathlib import Path

HEAD = 65536
TAIL = 131072
MISSING = 1.0
"""Seconds by which a recording may be shorter than its header says."""

_GUESSED = frozenset({"aac", "amr", "amrnb", "amrwb", "ac3", "dts", "mpeg", "mpegts"})
"""Containers without a length: FFmpeg guesses it from a bit rate."""


def header_knows_length(path: Path, container: str) -> bool:
    """Whether the stated length is written in the file rather than guessed from a bit rate."""
    if container == "mp3":
        head = _read(path, 0, HEAD)
        return any(mark in head for mark in (b"Xing", b"Info", b"VBRI"))
    return container not in _GUESSED


def breaks_off(path: Path, container: str, *, stated: float | None, heard: float) -> bool:
    """Whether the file ends before its sound does.

    Args:
        path: The recording.
        container: Name of its format.
        stated: Seconds the header promises; null where it does not, or only guesses.
        heard: Seconds that could be decoded.
    """
    if stated is not None and heard < stated - MISSING:
        return True
    if container == "wav":
        return _wav_is_short(path)
    return container == "ogg" and _ogg_is_torn(path)


def _wav_is_short(path: Path) -> bool:
    """The RIFF header counts more bytes than there are (0 and -1 mean: not known)."""
    head = _read(path, 0, 8)
    if len(head) < 8 or head[:4] != b"RIFF":
        return False
    (promised,) = struct.unpack("<I", head[4:])
    missing = int(promised) + 8 - path.stat().st_size
    return 0 < promised < 0xFFFFFF00 and missing > 4096


def _ogg_is_torn(path: Path) -> bool:
    """The last page counts more bytes than there are."""
    size = path.stat().st_size
    tail = _read(path, max(0, size - TAIL), TAIL)
    page = tail.rfind(b"OggS")
    if page < 0 or page + 27 > len(tail):
        return page >= 0
    segments = tail[page + 26]
    table = tail[page + 27 : page + 27 + segments]
    return len(table) < segments or page + 27 + segments + sum(table) > len(tail)


def _read(path: Path, at: int, count: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        return file.read(count)
