"""Where a recording should have ended: told from its headers, for files that were cut."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

HEAD = 65536
TAIL = 131072
ENDS = 1 << 20
MISSING = 1.0
"""Seconds by which a recording may be shorter than its header says."""
FEWEST_BITS = 100
"""Bits a second that any recording has: one with fewer is not as long as its header says."""
TRAILING = 4096
"""Bytes after the sound of a WAV file that may be anything."""
MOST_BOXES = 100_000
MOST_CHUNKS = 1000
UNKNOWN = 0x7FFF0000
"""From this size on, a RIFF header was written before anybody knew it."""

_GUESSED = frozenset({"aac", "amr", "amrnb", "amrwb", "ac3", "eac3", "dts", "mpeg", "mpegts"})
"""Containers without a length: FFmpeg guesses it from a bit rate."""
_OPEN_END = (0, 0xFFFFFFFF)
"""Sizes that mean: not known when the header was written."""
_ASF_FILE = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
"""Object of a WMA file that says how large it is."""
_SEGMENT = b"\x18\x53\x80\x67"
"""EBML id of what holds a whole Matroska or WebM recording."""


class _Chunk(NamedTuple):
    name: bytes
    at: int
    """First byte of its content."""
    size: int


def header_knows_length(path: Path, container: str) -> bool:
    """Whether the stated length is written in the file rather than guessed from a bit rate."""
    if container == "mp3":
        head = _read(path, 0, HEAD)
        return any(mark in head for mark in (b"Xing", b"Info", b"VBRI"))
    return container not in _GUESSED


def believable(path: Path, stated: float) -> bool:
    """Whether a file can hold as many seconds of sound as its header says, and no more."""
    fits = stated * FEWEST_BITS <= path.stat().st_size * 8
    return fits and not wav_counts_too_little(path)


def wav_counts_too_little(path: Path) -> bool:
    """Whether sound goes on after the end that a WAV header gives, as when a recorder crashed."""
    size = path.stat().st_size
    data = next((one for one in _wav_chunks(path) if one.name == b"data"), None)
    if data is None or data.size in _OPEN_END:
        return False
    end = data.at + data.size + data.size % 2
    if size - end <= TRAILING:
        return False
    return any(not _is_name(one.name) or one.at + one.size > size for one in _wav_chunks(path))


def ends(path: Path) -> bytes:
    """The first and the last bytes of a file, where headers are."""
    size = path.stat().st_size
    return _read(path, 0, ENDS) + _read(path, max(ENDS, size - ENDS), ENDS)


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
    if container == "ogg":
        return _ogg_is_torn(path)
    if container.startswith("mov,mp4"):
        return _boxes_are_short(path)
    promised = _PROMISED.get(container)
    bytes_promised = promised(_read(path, 0, HEAD)) if promised else None
    return bytes_promised is not None and bytes_promised - path.stat().st_size > TRAILING


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


def _boxes_are_short(path: Path) -> bool:
    """The last box of an MP4 file counts more bytes than there are."""
    at, size = 0, path.stat().st_size
    for _ in range(MOST_BOXES):
        head = _read(path, at, 16)
        if len(head) < 8:
            return False
        length = int.from_bytes(head[:4], "big")
        length = int.from_bytes(head[8:16], "big") if length == 1 else length
        if length < 8:  # 0: up to the end of the file
            return False
        at += length
        if at >= size:
            return at > size
    return False


def _riff_size(head: bytes) -> int | None:
    """Bytes that a WAV or AVI file should have (0 and the greatest mean: not known)."""
    if head[:4] != b"RIFF" or len(head) < 8:
        return None
    promised = int.from_bytes(head[4:8], "little")
    return promised + 8 if 0 < promised < UNKNOWN else None


def _w64_size(head: bytes) -> int | None:
    return int.from_bytes(head[16:24], "little") or None


def _segment_size(head: bytes) -> int | None:
    """Bytes that a Matroska file should have (all ones mean: not known)."""
    at = head.find(_SEGMENT) + len(_SEGMENT)
    if at < len(_SEGMENT) or at + 8 > len(head):
        return None
    width = 9 - head[at].bit_length()
    unknown = (1 << 7 * width) - 1
    promised = int.from_bytes(head[at : at + width], "big") & unknown
    return at + width + promised if promised != unknown else None


def _asf_size(head: bytes) -> int | None:
    """Bytes that a WMA file should have; a broadcast does not know."""
    at = head.find(_ASF_FILE)
    if at < 0 or at + 92 > len(head):
        return None
    broadcast = head[at + 88] & 1
    return None if broadcast else int.from_bytes(head[at + 40 : at + 48], "little")


def _caf_size(head: bytes) -> int | None:
    """Bytes up to the end of the sound of a CAF file (all ones mean: not known)."""
    at = head.find(b"data")
    promised = int.from_bytes(head[at + 4 : at + 12], "big")
    return at + 12 + promised if at >= 0 and promised < 1 << 63 else None


_PROMISED: dict[str, Callable[[bytes], int | None]] = {
    "wav": _riff_size,
    "avi": _riff_size,
    "w64": _w64_size,
    "matroska,webm": _segment_size,
    "asf": _asf_size,
    "caf": _caf_size,
}
"""By container: the first bytes of a file -> how many it should have."""


def _wav_chunks(path: Path) -> Iterator[_Chunk]:
    """Every chunk as a WAV header counts them; the last may be no chunk at all."""
    if _read(path, 0, 4) == b"RIFF" and _read(path, 8, 4) == b"WAVE":
        yield from islice(_chunks_from(path, 12), MOST_CHUNKS)


def _chunks_from(path: Path, at: int) -> Iterator[_Chunk]:
    while len(head := _read(path, at, 8)) == 8:
        size = int.from_bytes(head[4:], "little")
        yield _Chunk(head[:4], at + 8, size)
        at += 8 + size + size % 2


def _is_name(name: bytes) -> bool:
    return all(32 <= letter < 127 for letter in name)


def _read(path: Path, at: int, count: int) -> bytes:
    """Some bytes; none where the disk refuses, which whoever reads the sound will say."""
    try:
        with path.open("rb") as file:
            file.seek(at)
            return file.read(count)
    except OSError:
        return b""
