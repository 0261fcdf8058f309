"""DOCX: bytes -> its paragraphs as lines, and the cells of its tables."""

import re
from collections.abc import Iterator, Set
from xml.etree import ElementTree

from pipeline.errors import NotReadableError
from pipeline.language.normalise import visible
from pipeline.readers.packed import names_in, part
from pipeline.readers.shape import Content

_MAIN = "word/document.xml"
_BESIDE = re.compile(r"word/(?:comments|footnotes|endnotes|header\d*|footer\d*)\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_GONE = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
"""What the page no longer shows, or never did, or shows to old programs instead of what it shows."""


def is_document(parts: Set[str]) -> bool:
    """Whether a container with these parts is a DOCX."""
    return _MAIN in parts


def read_document(data: bytes, *, name: str) -> Content:
    """Every paragraph a line, breaks within one as lines of their own; tables also as rows.

    Raises:
        NotReadableError: it is damaged, too large inside, or empty.
    """
    root = _tree(data, _MAIN, name)
    lines = [_text(one) for one in _paragraphs(root)]
    rows: list[tuple[str, ...]] = []
    starts: list[int] = []
    for table in _tables(root):
        starts.append(len(rows))
        rows += [tuple(map(_cell, row.iter(f"{_W}tc"))) for row in table.iter(f"{_W}tr")]
    text = visible("\n".join(lines))
    if not text.strip():
        raise NotReadableError("empty_file", file=name)
    return Content(
        name,
        "document",
        text,
        rows=tuple(rows),
        beside=_beside(data, name),
        starts=tuple(starts),
    )


def _tree(data: bytes, path: str, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(part(data, path, name=name))
    except ElementTree.ParseError as error:
        raise NotReadableError("packed_broken", file=name) from error


def _beside(data: bytes, name: str) -> tuple[str, ...]:
    """Lines of the comments, of the notes and of the heads and feet of pages, each once."""
    paths = sorted(path for path in names_in(data, name=name) if _BESIDE.fullmatch(path))
    texts = (
        visible(_text(one)).strip()
        for path in paths
        for one in _paragraphs(_tree(data, path, name))
    )
    return tuple(dict.fromkeys(filter(None, texts)))


def _tables(root: ElementTree.Element) -> list[ElementTree.Element]:
    """Tables in their order, without those that stand in a cell of another."""
    found = list(root.iter(f"{_W}tbl"))
    inner = {id(one) for table in found for one in table.iter(f"{_W}tbl") if one is not table}
    return [table for table in found if id(table) not in inner]


def _paragraphs(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Paragraphs in their order; one within another, as in a text box, stands for itself."""
    stack = [element]
    while stack:
        one = stack.pop()
        if one.tag == f"{_W}p":
            yield one
        stack.extend(reversed([child for child in one if child.tag not in _GONE]))


def _text(paragraph: ElementTree.Element) -> str:
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        one = stack.pop()
        if one.tag in _GONE or one.tag == f"{_W}p":
            continue
        if one.tag == f"{_W}t":
            pieces.append(one.text or "")
        else:
            pieces.append(_BREAKS.get(one.tag, ""))
            stack.extend(reversed(one))
    return "".join(pieces)


def _cell(cell: ElementTree.Element) -> str:
    return visible("\n".join(_text(one) for one in cell.iter(f"{_W}p"))).strip()
