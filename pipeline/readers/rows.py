"""Rows of a sheet or a table as text: what somebody sees in its cells."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST_CELLS = 64
"""Cells of a row that are looked at."""
_BROKEN = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})


class Row(NamedTuple):
    """A row that holds something."""

    line: int
    cells: tuple[str, ...]


def rows_of(values: Iterable[Sequence[object]]) -> list[Row]:
    """Rows that hold something, their cells as text."""
    rows = []
    for number, cells in enumerate(values, start=1):
        texts = tuple(text_of(cell) for cell in cells[:MOST_CELLS])
        if any(texts):
            rows.append(Row(number, texts))
    return rows


def text_of(cell: object) -> str:
    """What somebody sees in a cell: whole numbers without a point, nothing for an error."""
    if isinstance(cell, str):
        text = cell.strip()
        return "" if text in _BROKEN else text
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < 1e15 else ""
    return _lasting(cell) if isinstance(cell, dt.timedelta) else str(cell).strip()


def _lasting(cell: dt.timedelta) -> str:
    """A length of time in hours, however many."""
    thousandths = round(cell.total_seconds() * 1000)
    seconds, rest = divmod(thousandths, 1000)
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{clock}.{rest:03d}" if rest else clock
