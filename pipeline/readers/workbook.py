"""XLSX: bytes -> the rows of each sheet. Values are read as they were saved; no formula is run."""

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from pipeline.errors import NotReadableError
from pipeline.readers.packed import check_heads, names_in
from pipeline.readers.rows import Row, rows_of

OLE = b"\xd0\xcf\x11\xe0"
"""How a locked workbook begins, and one of Excel 97 to 2003."""
MOST_SHEETS = 500
_PART = "xl/workbook.xml"
_EMPTY_ROWS = 1_000
"""Empty rows in a row, after which nothing more is looked for."""


class Sheet(NamedTuple):
    """One sheet with the rows that hold something."""

    name: str
    rows: list[Row]


def read_workbook(data: bytes, *, name: str, most_rows: int) -> tuple[Sheet, ...]:
    """All visible and hidden sheets, in their order.

    Args:
        data: The file.
        name: The file, for errors.
        most_rows: How many rows that hold something all sheets may have.

    Raises:
        NotReadableError: of Excel 97 to 2003 or locked (`old_office`), another archive
            (`packed_unknown`), damaged, unpacking to too much, or of too many rows.
    """
    if data.startswith(OLE):
        raise NotReadableError("old_office", file=name)
    if _PART not in names_in(data, name=name):
        raise NotReadableError("packed_unknown", file=name)
    check_heads(data, name=name)
    try:
        return _sheets(data, name, most_rows)
    except NotReadableError:
        raise
    except Exception as error:  # the library raises what it likes on what is no workbook
        raise NotReadableError("packed_broken", file=name) from error


def _sheets(data: bytes, name: str, most_rows: int) -> tuple[Sheet, ...]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets: list[Sheet] = []
        left = most_rows
        for sheet in book.worksheets[:MOST_SHEETS]:
            rows = rows_of(islice(_cells(sheet), most_rows * 3))
            left -= len(rows)
            if left < 0:
                raise NotReadableError("too_many_rows", file=name, most=most_rows)
            sheets.append(Sheet(sheet.title, rows))
        return tuple(sheets)
    finally:
        book.close()


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[Sequence[object]]:
    sheet.reset_dimensions()  # some programs say less than they wrote, and rows would be filled up
    empty = 0
    for row in sheet.iter_rows(values_only=True):
        empty = 0 if any(cell is not None for cell in row) else empty + 1
        if empty > _EMPTY_ROWS:
            return
        yield row
