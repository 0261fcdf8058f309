"""Is a file a recording or a text? Told from its first bytes, then from its name."""

from pathlib import Path
from typing import Literal

from pipeline.errors import NotReadableError

_HEAD = 4096
"""Bytes that tell a recording from a text."""

_SOUND = (
    b"RIFF",
    b"riff.\x91\xcf\x11",
    b"ID3",
    b"OggS",
    b"fLaC",
    b"\x1aE\xdf\xa3",
    b"#!AMR",
    b"0&\xb2u",
    b"caff\x00",
    b".snd\x00",
    b"FLV\x01",
    b"\x0b\x77",
    b"\x00\x00\x01\xba",
)
"""First bytes of WAV, W64, MP3, Ogg, FLAC, Matroska, AMR, WMA, CAF, AU, FLV, AC-3 and MPEG."""
_STEP = 188
"""Bytes of a packet of a transport stream (.ts), each of which begins with G."""
_SOUND_NAMES = frozenset(
    f".{name}"
    for name in [
        "3g2",
        "3gp",
        "aac",
        "ac3",
        "aif",
        "aiff",
        "amr",
        "ape",
        "asf",
        "au",
        "avi",
        "caf",
        "eac3",
        "f4v",
        "flac",
        "flv",
        "m2ts",
        "m4a",
        "m4b",
        "m4v",
        "mka",
        "mkv",
        "mov",
        "mp2",
        "mp3",
        "mp4",
        "mpeg",
        "mpg",
        "mts",
        "oga",
        "ogg",
        "ogv",
        "opus",
        "ra",
        "ts",
        "tta",
        "vob",
        "w64",
        "wav",
        "weba",
        "webm",
        "wma",
        "wmv",
        "wv",
    ]
)


def kind_of(file: Path) -> Literal["recording", "text"]:
    """What a file is, from its first bytes and its name.

    Raises:
        NotReadableError: it is missing, a folder or empty, or may not be read.
    """
    if not file.exists():
        raise NotReadableError("file_missing", file=str(file))
    if file.is_dir():
        raise NotReadableError("is_folder", file=str(file))
    if not file.is_file():
        raise NotReadableError("no_plain_file", file=str(file))
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise NotReadableError("file_refused", file=str(file), reason=error.strerror) from error
    if not head:
        raise NotReadableError("empty_file", file=str(file))
    return media_kind(head, file.suffix)


def media_kind(head: bytes, suffix: str) -> Literal["recording", "text"]:
    """What the first kilobytes and the suffix of a file say it is.

    A file with the name of a recording is taken as one even when its content is not: the
    transcriber then says so, which is clearer than a text reader's complaint.
    """
    if head.startswith(_SOUND) or head[4:8] == b"ftyp" or _is_aiff(head) or _is_stream(head):
        return "recording"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] not in (0xFE, 0xFF):
        return "recording"
    return "recording" if suffix.lower() in _SOUND_NAMES else "text"


def _is_aiff(head: bytes) -> bool:
    return head[:4] == b"FORM" and head[8:11] == b"AIF"


def _is_stream(head: bytes) -> bool:
    """A transport stream, and no text that happens to have its letter there."""
    return head[: 2 * _STEP + 1 : _STEP] == b"GGG" and b"\x00" in head
