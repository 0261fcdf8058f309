"""Bytes -> content: out of the container and the encoding, whatever the file is called."""

import json
import re

from pipeline.errors import NotReadableError
from pipeline.language.normalise import visible
from pipeline.readers.document import is_document, read_document
from pipeline.readers.encoding import decode
from pipeline.readers.json_text import loaded, looks_json
from pipeline.readers.packed import ZIP, names_in
from pipeline.readers.shape import Content
from pipeline.readers.vocabulary.workbook import OLE, read_workbook

_TAG = re.compile(r"(?i)\s*(?:<!doctype html|<html[\s>])")

_WIDEST = 200
_GAP = re.compile(rf"[ \t\u3000]{{{_WIDEST + 1},}}")
"""Spaces in a row that nobody meant; a pattern would try each beginning and each end of them."""


def opened(data: bytes, *, name: str) -> Content:
    """What the file holds.

    Raises:
        NotReadableError: it is empty, damaged, too large inside, or in no known encoding.
    """
    if data.startswith(OLE):
        raise NotReadableError("old_office", file=name)
    if data.startswith(ZIP):
        return _packed(data, name)
    text = visible(decode(data, name=name))
    if not text.strip():
        raise NotReadableError("empty_file", file=name)
    if _TAG.match(text):
        raise NotReadableError("web_page", file=name)
    if not looks_json(text):
        return Content(name, "text", _GAP.sub(_shorter, text))
    try:
        return Content(name, "json", text, data=loaded(text))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise NotReadableError("broken_json", file=name, line=line) from error


def _shorter(gap: re.Match[str]) -> str:
    return gap[0][:_WIDEST]


def _packed(data: bytes, name: str) -> Content:
    parts = names_in(data, name=name)
    if is_document(parts):
        return read_document(data, name=name)
    if "xl/workbook.xml" in parts:
        sheets = read_workbook(data, name=name)
        rows = tuple(row.cells for sheet in sheets for row in sheet.rows)
        text = "\n".join("\t".join(cells) for cells in rows)
        return Content(name, "table", visible(text), rows=rows)
    raise NotReadableError("packed_unknown", file=name)
