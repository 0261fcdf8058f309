"""A workbook of text: nothing in it can be a formula, a link or a number."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import xlsxwriter

from pipeline.exporters.escape import cell, one_line, width
from pipeline.exporters.fonts import WORD
from pipeline.models.base import Language

LONG_AGO = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no time zone here
"""Time stamp of a workbook whose meeting has no date; never the time of writing."""
_LINE_HEIGHT: dict[Language, float] = {"zh": 14.5, "en": 13.2}
"""Points; not every reader fits the height of wrapped rows by itself, least of all Chinese ones."""
_LETTER: dict[Language, float] = {"zh": 1.0, "en": 0.82}
"""Width of a letter in the widths of a column, which count figures."""
_TALLEST = 405.0
"""Points; Excel refuses more than 409.5."""
_LINE = "#D5DAE0"
_HEAD = 1
"""Row of the column titles; the row above says what the sheet is."""
_A3 = 8


class Column(NamedTuple):
    """A column of a sheet, with its width in letters."""

    title: str
    width: int


class Sheet(NamedTuple):
    """Rows of text under column titles."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    fixed: int = 1
    """How many columns stay in sight."""


class Cover(NamedTuple):
    """What the workbook is."""

    title: str
    warning: str
    draft: bool
    """Whether the warning is one to act on."""
    author: str
    date: str | None


def workbook(sheets: Sequence[Sheet], cover: Cover, *, language: Language, cut: str) -> bytes:
    """The file: the same bytes for the same text.

    Args:
        sheets: what is in it.
        cover: what it is.
        language: whose fonts it takes.
        cut: the mark at the end of a text that does not fit into a cell.
    """
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {
                "title": one_line(cover.title)[:255],
                "author": one_line(cover.author)[:255],
                "created": dt.datetime.fromisoformat(cover.date) if cover.date else LONG_AGO,
            }
        )
        looks = _looks(book, language, "#A8480A" if cover.draft else "#1D232B")
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, cover, looks, cut)
    return file.getvalue()


class _Looks(NamedTuple):
    language: Language
    title: Any
    head: Any
    text: Any


def _looks(book: Any, language: Language, title: str) -> _Looks:  # noqa: ANN401 - XlsxWriter ships no types
    base = {"font_name": WORD[language].latin, "font_size": 10, "valign": "top"}
    lines = {"bottom": 1, "right": 1, "bottom_color": _LINE, "right_color": _LINE}
    return _Looks(
        language,
        title=book.add_format(base | {"bold": True, "font_color": title, "valign": "vcenter"}),
        head=book.add_format(
            base | lines | {"bold": True, "bg_color": "#EEF0F3", "text_wrap": True}
        ),
        text=book.add_format(base | lines | {"text_wrap": True}),
    )


def _write(page: Any, sheet: Sheet, cover: Cover, looks: _Looks, cut: str) -> None:  # noqa: ANN401
    line = " · ".join(part for part in (cover.title, cover.warning) if part)
    _put(page, 0, 0, line, looks.title, cut)
    page.set_row(0, 22)
    titles = [column.title for column in sheet.columns]
    page.set_row(_HEAD, _height(titles, sheet.columns, looks.language) + 2)
    for x, column in enumerate(sheet.columns):
        page.set_column(x, x, column.width)
        _put(page, _HEAD, x, column.title, looks.head, cut)
    for y, row in enumerate(sheet.rows, _HEAD + 1):
        texts = [cell(text, cut=cut) for text in row]
        page.set_row(y, _height(texts, sheet.columns, looks.language))
        for x, text in enumerate(texts):
            _put(page, y, x, text, looks.text, cut)
    last = _HEAD + max(1, len(sheet.rows))
    page.autofilter(_HEAD, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(_HEAD + 1, sheet.fixed)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _paper(page, line)


def _put(page: Any, y: int, x: int, text: str, look: Any, cut: str) -> None:  # noqa: ANN401
    """Always a string. XlsxWriter takes `<r>…</r>` for its own markup: a space ends that."""
    plain = cell(text, cut=cut)
    if plain.startswith("<r>") and plain.endswith("</r>"):
        plain += " "
    if plain:
        page.write_string(y, x, plain, look)
    else:
        page.write_blank(y, x, None, look)


def _height(texts: Sequence[str], columns: Sequence[Column], language: Language) -> float:
    """Room for the tallest cell. A Chinese character takes two letters, and lines break early."""
    letter = _LETTER[language]
    lines = max(
        sum(_wrapped(width(line) * letter, column.width - 1) for line in text.split("\n"))
        for text, column in zip(texts, columns, strict=True)
    )
    return min(_TALLEST, _LINE_HEIGHT[language] * lines + 3)


def _wrapped(text: float, room: float) -> int:
    return max(1, math.ceil(text / room))


def _paper(page: Any, line: str) -> None:  # noqa: ANN401 - XlsxWriter ships no types
    page.set_landscape()
    page.set_paper(_A3)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.set_header("&L&8" + one_line(line).replace("&", "&&")[:200])
    page.set_footer("&C&8&P / &N")
