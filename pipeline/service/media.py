"""Is a file a recording or a text? Told from its first bytes, then from its name."""

from pathlib import Path
from typing import Literal

from pipeline.errors import NotReadableError

_HEAD = 4096
"""Bytes that tell a recording from a text."""

_SOUND = (b"RIFF", b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"#!AMR", b"FORM", b"0&\xb2u")
_SOUND_NAMES = frozenset(
    [
        ".mp3",
        ".m4a",
        ".wav",
        ".flac",
        ".ogg",
        ".opus",
        ".wma",
        ".amr",
        ".aac",
        ".mp4",
        ".mkv",
        ".webm",
        ".mov",
        ".avi",
        ".m4b",
        ".mpg",
        ".mpeg",
        ".3gp",
        ".aiff",
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
    if head.startswith(_SOUND) or head[4:8] == b"ftyp":
        return "recording"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] not in (0xFE, 0xFF):
        return "recording"
    return "recording" if suffix.lower() in _SOUND_NAMES else "text"
