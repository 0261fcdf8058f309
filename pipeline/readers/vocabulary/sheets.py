"""Rows of a sheet -> tables and columns: one list of all tables, or a table a sheet or block."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.rows import Row
from pipeline.readers.vocabulary.gathering import Gathering
from pipeline.readers.vocabulary.headers import Header, Part, folded, header_of

_TITLE = re.compile(r"(?i)^\s*(?:数据表|表名|表|table(?:\s*name)?)\s*[:：]?\s*")
_TITLE_WORDS = ("表名", "表", "数据表", "表英文名", "物理表名", "table", "tablename")
_NAME_WORDS = ("中文名", "表中文名", "名称", "说明", "表说明", "注释", "表注释", "label", "comment")
_SAID = re.compile(r"(?i)^(?:表?(?:中文名称?|说明|注释|描述|名称)|comment|label)\s*[:：]\s*")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.$#]*")
_AROUND = " \t()（）[]【】《》-—–:：、.,，|/·"
_NUMBERED = re.compile(r"^\s*(?:\d+[.、．)）]\s*)+")


class Title(NamedTuple):
    """What a table is called, in the system and by people."""

    table: str
    label: str


def read_sheet(sheet: str, rows: Sequence[Row], gathering: Gathering) -> None:
    """All of one sheet; `sheet` is its name, or that of the file.

    Raises:
        NotReadableError: more columns than the bound.
    """
    header: Header | None = None
    title = titled(sheet)
    heard: Title | None = None
    seen = False
    for place, row in enumerate(rows):
        found = header_of(row.cells)
        if found is not None:
            header, seen = found, True
            title = _called(heard, title, rows)
            heard = None
            if "table" not in header:
                gathering.add(title.table, title.label)
            continue
        follows = place + 1 < len(rows) and header_of(rows[place + 1].cells) is not None
        if header is None or follows or _is_title(row, header):
            heard = _title(row) or heard
            continue
        title = _take(row, header, title, sheet, gathering)
    if rows and not seen:
        gathering.find("no_header", place=sheet, line=rows[0].line)


def _called(heard: Title | None, sheet: Title, rows: Sequence[Row]) -> Title:
    """What stands above a block; a heading in words alone renames no sheet named like a table."""
    if heard is None:
        return sheet
    named = sheet.label or "_" in sheet.table
    words = not heard.label and _IDENTIFIER.search(heard.table) is None
    if named and words and _blocks(rows) == 1:
        return Title(sheet.table, sheet.label or heard.table)
    return heard


def _blocks(rows: Sequence[Row]) -> int:
    """How many tables a sheet has headers for; a header may take several rows."""
    headers = [header_of(row.cells) is not None for row in rows]
    return sum(one and not before for before, one in pairwise([False, *headers]))


def _take(row: Row, header: Header, title: Title, sheet: str, gathering: Gathering) -> Title:
    """One row of data; the table it belongs to, for the rows below it that name none."""
    table = _cell(row, header, "table")
    entity = _cell(row, header, "entity")
    if table:
        title = Title(table, entity)
    if table or entity:
        gathering.add(title.table, entity)
    name = _cell(row, header, "column")
    if not name:
        if not table and any(row.cells):
            gathering.find("row_without_column", place=sheet, line=row.line)
        return title
    gathering.column(
        title.table,
        name,
        _cell(row, header, "label"),
        kind=_kind(row, header),
        synonyms=[_cell(row, header, "synonyms")],
        line=row.line,
        place=sheet,
    )
    return title


def _cell(row: Row, header: Header, part: Part) -> str:
    for place in header.get(part, ()):
        if place < len(row.cells) and row.cells[place]:
            return row.cells[place]
    return ""


def _kind(row: Row, header: Header) -> str:
    kind, length = _cell(row, header, "kind"), _cell(row, header, "length")
    return f"{kind}({length})" if kind and length and "(" not in kind else kind


def _is_title(row: Row, header: Header) -> bool:
    """Whether the row opens a new table in a sheet that has a block for each."""
    if "table" in header:
        return False
    filled = [cell for cell in row.cells if cell]
    opens = folded(filled[0]) in _TITLE_WORDS if filled else False
    return (opens and len(filled) > 1) or (
        len(filled) == 1
        and re.match(r"(?i)^\s*(?:表名|数据表|table)\s*[:：]", filled[0]) is not None
    )


def _title(row: Row) -> Title | None:
    """A table named above its block: `表名 | so_order | 中文名 | 订单`, or all in one cell."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) > 1 and folded(filled[0]) in _TITLE_WORDS:
        named = [one for one in filled[1:] if folded(one) not in _NAME_WORDS]
        return Title(named[0], " ".join(named[1:2])) if named else None
    text = " ".join(filled)
    return titled(_TITLE.sub("", text)) if 0 < len(filled) <= 2 and len(text) <= 120 else None


def titled(text: str) -> Title:
    """`so_order（订单）`, `订单 so_order` and `1. 订单` -> table and label."""
    text = _NUMBERED.sub("", text).strip()
    names = [one.strip(".$#") for one in _IDENTIFIER.findall(text)]
    best = next((one for one in names if "_" in one), names[0] if len(names) == 1 else "")
    if not best or (len(names) > 1 and "_" not in best):
        return Title(text, "")
    return Title(best, _SAID.sub("", text.replace(best, " ", 1).strip(_AROUND)))
