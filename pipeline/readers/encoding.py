"""Bytes -> text, for the encodings that exports really use."""

import codecs

from pipeline.errors import NotReadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_ODD = 0.02
"""Share of characters outside ASCII, CJK and common punctuation above which a guess is wrong."""


def decode(data: bytes, *, name: str) -> str:
    """Text of a file in UTF-8, UTF-16 or GB18030, with or without BOM; line ends become plain newlines.

    Raises:
        NotReadableError: the file is empty, or its encoding cannot be told.
    """
    if not data.strip():
        raise NotReadableError("empty_file", file=name)
    text = _by_bom(data) or _by_trial(data)
    if text is None:
        raise NotReadableError("unknown_encoding", file=name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_bom(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data, encoding)
    return None


def _by_trial(data: bytes) -> str | None:
    if b"\0" in data[:4096]:
        odd_places = data[1:4096:2].count(0)
        order = "utf-16-le" if odd_places >= data[:4096:2].count(0) else "utf-16-be"
        wide = _plausible(_try(data, order))
        if wide is not None or data[:4096].count(0) > _MOST_ODD * len(data[:4096]):
            return wide
    return _try(data, "utf-8") or _plausible(_try(data, "gb18030"))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str | None) -> str | None:
    """GB18030 decodes nearly anything: only text that reads as zh or en is believed."""
    if text is None:
        return None
    sample = text[:20_000]
    odd = sum(not _usual(char) for char in sample)
    return text if odd <= _MOST_ODD * len(sample) else None


def _usual(char: str) -> bool:
    code = ord(char)
    return (
        char in "\t\n\r"
        or 0x20 <= code < 0x7F
        or 0x2010 <= code <= 0x2030
        or 0x3000 <= code <= 0x303F
        or 0x4E00 <= code <= 0x9FFF
        or 0xFF00 <= code <= 0xFFEF
        or char in "·—…℃×÷±→"
    )
