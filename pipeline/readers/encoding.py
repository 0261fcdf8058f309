"""Bytes -> text, for the encodings that exports really use."""

import codecs

from pipeline.errors import NotReadableError
from pipeline.readers.plausible import plausible

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the mark of the one begins with the mark of the other."""
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_MANY_ZEROS = 0.02
"""Share of zero bytes that no text in single bytes has."""
_BAD, _TAIL = "\ufffd", 4
_GOOD_FOR_BAD = 50
"""Characters beyond ASCII that must have come out right for each one that is damaged."""


def decode(data: bytes, *, name: str) -> str:
    """Text of a file in UTF-8, UTF-16, UTF-32 or GB18030, with or without BOM.

    Line ends become plain newlines; marks of byte order go, wherever files were put together. A
    text that was cut within a character, or is damaged in a few places, keeps all the rest.

    Raises:
        NotReadableError: the file is empty, or its encoding cannot be told.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\0"):
        raise NotReadableError("empty_file", file=name)
    text = _by_bom(data)
    if text is None:
        text = _by_trial(data)
    if text is None:
        raise NotReadableError("unknown_encoding", file=name)
    text = text.replace("\ufeff", "")
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


def _by_bom(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data[len(bom) :], encoding)
    return None


def _by_trial(data: bytes) -> str | None:
    zeros = data.count(0)
    if zeros > _MANY_ZEROS * len(data):
        return _wide(data)
    text = _exact(data, "utf-8")
    if text is None and zeros:
        text = _wide(data)
    if text is None:
        text = plausible(_exact(data, "gb18030"))
    if text is None:
        text = _mended(data, "utf-8") or plausible(_mended(data, "gb18030"))
    return text or _wide(data)


def _wide(data: bytes) -> str | None:
    """The text in wide characters without a mark: only where it reads as one."""
    tried = (plausible(_try(data, encoding)) for encoding in _WIDE)
    return next((text for text in tried if text), None)


def _try(data: bytes, encoding: str) -> str | None:
    text = _exact(data, encoding)
    return _mended(data, encoding) if text is None else text


def _exact(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mended(data: bytes, encoding: str) -> str | None:
    """The text with a mark for each damaged character, where those are few among many."""
    text = data.decode(encoding, "replace")
    bad = text.count(_BAD)
    beyond = sum(char > "\x7f" for char in text) - bad
    cut = bad == text.count(_BAD, len(text) - _TAIL) and len(text) > _TAIL
    return text if bad and (cut or bad * _GOOD_FOR_BAD <= beyond) else None
