"""Zipped containers (DOCX, XLSX): what is inside, and that it does not unpack to too much."""

import io
import zipfile
import zlib
from collections.abc import Set

from pipeline.errors import NotReadableError

ZIP = b"PK\x03\x04"
MOST_PARTS = 5_000
LARGEST_INSIDE = 150_000_000
"""Bytes that all parts may have when unpacked."""
_HEAD = 2_048
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""What opening a container raises where it is damaged, locked or packed in an unknown way."""


def names_in(data: bytes, *, name: str) -> Set[str]:
    """Names of all parts, in small letters.

    Raises:
        NotReadableError: it is damaged, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            inside = parts.infolist()
    except _BROKEN as error:
        raise NotReadableError("packed_broken", file=name) from error
    if len(inside) > MOST_PARTS or sum(one.file_size for one in inside) > LARGEST_INSIDE:
        raise NotReadableError("packed_large", file=name)
    return {one.filename.lower() for one in inside}


def part(data: bytes, path: str, *, name: str) -> bytes:
    """One part by its name in small letters; XML that declares entities is refused.

    Raises:
        NotReadableError: it is not there, damaged, locked or larger than it says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for one in parts.infolist():
                if one.filename.lower() == path:
                    with parts.open(one) as stream:
                        content = stream.read(LARGEST_INSIDE + 1)
                    break
            else:
                raise NotReadableError("packed_broken", file=name)
    except _BROKEN as error:
        raise NotReadableError("packed_broken", file=name) from error
    if len(content) > LARGEST_INSIDE:
        raise NotReadableError("packed_large", file=name)
    _check_head(content[:_HEAD], name)
    return content


def check_heads(data: bytes, *, name: str) -> None:
    """Raises NotReadableError where any XML declares entities, or a part cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for one in parts.infolist():
                if one.filename.lower().endswith((".xml", ".rels")):
                    with parts.open(one) as stream:
                        _check_head(stream.read(_HEAD), name)
    except _BROKEN as error:
        raise NotReadableError("packed_broken", file=name) from error


def _check_head(head: bytes, name: str) -> None:
    shown = head.replace(b"\0", b"")
    if b"<!DOCTYPE" in shown or b"<!ENTITY" in shown:
        raise NotReadableError("packed_broken", file=name)
