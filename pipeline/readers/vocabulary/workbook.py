"""XLSX: bytes -> the rows of each sheet. Values are read as they were saved; no formula is run."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from pipeline.errors import NotReadableError
from pipeline.readers.vocabulary.sheets import MOST_CELLS, Row, rows_of

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
"""How a locked workbook begins, and one of Excel 97 to 2003."""
MOST_ROWS = 60_000
MOST_SHEETS = 500
_MOST_PARTS = 5_000
_LARGEST_INSIDE = 150_000_000
"""Bytes that all parts of a workbook may have when unpacked."""
_EMPTY_ROWS = 1_000
"""Empty rows in a row, after which nothing more is looked for."""
_HEAD = 2_048


class Sheet(NamedTuple):
    """One sheet with the rows that hold something."""

    name: str
    rows: list[Row]


def read_workbook(data: bytes, *, name: str) -> tuple[Sheet, ...]:
    """All visible and hidden sheets, in their order.

    Raises:
        NotReadableError: it is no workbook, a damaged one, or one that unpacks to too much.
    """
    if data.startswith(OLE):
        raise NotReadableError("vocabulary.old_excel", file=name)
    try:
        _check(data, name)
        return _sheets(data, name)
    except NotReadableError:
        raise
    except Exception as error:  # the library raises what it likes on what is no workbook
        raise NotReadableError("vocabulary.broken_excel", file=name) from error


def _check(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        inside = parts.infolist()
        if not any(part.filename.lower() == "xl/workbook.xml" for part in inside):
            raise NotReadableError("vocabulary.no_workbook", file=name)
        if len(inside) > _MOST_PARTS or sum(one.file_size for one in inside) > _LARGEST_INSIDE:
            raise NotReadableError("vocabulary.unpacks_large", file=name)
        for part in inside:
            if part.filename.lower().endswith((".xml", ".rels")):
                with parts.open(part) as stream:
                    head = stream.read(_HEAD).replace(b"\0", b"")
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise NotReadableError("vocabulary.broken_excel", file=name)


def _sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets: list[Sheet] = []
        left = MOST_ROWS
        for sheet in book.worksheets[:MOST_SHEETS]:
            rows = rows_of(islice(_cells(sheet), MOST_ROWS * 3))
            left -= len(rows)
            if left < 0:
                raise NotReadableError("vocabulary.too_many_rows", file=name, most=MOST_ROWS)
            sheets.append(Sheet(sheet.title, rows))
        return tuple(sheets)
    finally:
        book.close()


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[Sequence[object]]:
    empty = 0
    for row in sheet.iter_rows(max_col=MOST_CELLS, values_only=True):
        empty = 0 if any(cell is not None for cell in row) else empty + 1
        if empty > _EMPTY_ROWS:
            return
        yield row
