"""CSV, TSV, Excel, and tables in Word: columns that hold who speaks, what and when."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.errors import NotReadableError
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped
from pipeline.readers.grid import Columns, columns_of, columns_seen
from pipeline.readers.heading import Heading, read_heading
from pipeline.readers.openings import OUTSIDE, SILENT, Block, Opening, reading
from pipeline.readers.rows import Row
from pipeline.readers.shape import CERTAIN, FAIR, NONE, STRONG, Content, Shape
from pipeline.readers.spoken import told
from pipeline.readers.timing import Times

_SEPARATORS = ",\t;|"
_SAMPLE = 400
"""Rows that tell whether it is a table of turns."""
_FIRST = 3
_NEAR = 40
"""Rows above the heading."""
_LONGEST_HEADING = 1_000


class _Table(NamedTuple):
    rows: list[Row]
    columns: Columns | None
    begins: int = 0
    """The row below the heading."""


def _likely(content: Content) -> float:
    if content.form == "json":
        return NONE
    try:
        found = [table for table in _tables(content, most=_SAMPLE) if table.columns]
    except NotReadableError:
        return STRONG  # reading says what is broken
    columns = found[0].columns if found else None
    if columns is None or len(found[0].rows) <= found[0].begins:
        return NONE
    if columns.sent or columns.speaker is None:
        return FAIR
    return CERTAIN if found[0].begins and columns.start is not None else STRONG


def _read(content: Content) -> Reading:
    heading = Heading()
    blocks: list[Block] = []
    dropped = _outside(content) if content.form == "document" else []
    date: str | None = None
    for table in _tables(content):
        if table.columns is None:
            dropped += [_drop(row, OUTSIDE) for row in table.rows]
            continue
        above = read_heading(_lines(table.rows[: max(0, table.begins - 1)]))
        heading = Heading(heading.title or above.title, heading.date or above.date)
        dropped += above.dropped
        made, silent, day = _turns(table, table.columns)
        blocks += made
        dropped += silent
        date = date or day
    made_of = reading(SHAPE.name, blocks, dropped, as_speech=True)
    return told(made_of, heading._replace(date=heading.date or date))


def _turns(table: _Table, columns: Columns) -> tuple[list[Block], list[Dropped], str | None]:
    heading = table.rows[table.begins - 1].cells if table.begins else None
    rows = [row for row in table.rows[table.begins :] if row.cells != heading]
    at = columns.start
    times = Times([_cell(row, at) for row in rows], columns.unit)
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    speaker: str | None = None
    for row in rows:
        text = _cell(row, columns.text)
        if not text:
            dropped.append(_drop(row, SILENT))
            continue
        start, end = times.span(_cell(row, at))
        end = times.seconds(_cell(row, columns.end)) if columns.end is not None else end
        named = _cell(row, columns.speaker) or None
        merged = named is None and start is None and at is not None
        speaker = speaker if merged else named
        first, *more = text.split("\n")
        blocks.append(Block(row.line, Opening(speaker, first, start, end), tuple(more)))
    return blocks, dropped, times.date


def _cell(row: Row, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def _drop(row: Row, reason: str) -> Dropped:
    return Dropped(line=row.line, text=" ".join(filter(None, row.cells)), reason=reason)


def _lines(rows: Sequence[Row]) -> list[str]:
    """Rows as lines, each at its number."""
    lines = [""] * (rows[-1].line if rows else 0)
    for row in rows:
        lines[row.line - 1] = " ".join(filter(None, row.cells))
    return lines


def _tables(content: Content, *, most: int | None = None) -> list[_Table]:
    """Each sheet, each table of a document, or the whole of a text with separators."""
    if content.form == "text":
        return [_of_text(content, most)]
    starts = content.starts or (0,)
    ends = [*starts[1:], len(content.rows)]
    return [
        _told(
            [
                Row(n, cells)
                for n, cells in enumerate(content.rows[start:end][:most], 1)
                if any(cells)
            ]
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _told(rows: list[Row]) -> _Table:
    for place, row in enumerate(rows[:_NEAR]):
        columns = columns_of(row.cells)
        if columns is not None:
            return _Table(rows, columns, place + 1)
    return _Table(rows, columns_seen([row.cells for row in rows]))


def _of_text(content: Content, most: int | None) -> _Table:
    head = [line for line in content.text.split("\n", _NEAR)[:_NEAR] if line.strip()]
    for sign in _SEPARATORS:
        lines = [line for line in head if sign in line and len(line) <= _LONGEST_HEADING]
        if any(columns_of(cells) for cells in csv.reader(lines, delimiter=sign)):
            return _told(list(_rows(content, sign, most)))
    for sign in ",\t":
        if head and all(sign in line for line in head[:_FIRST]):
            columns = columns_seen(list(csv.reader(head, delimiter=sign)))
            if columns is not None:
                return _Table(list(_rows(content, sign, most)), columns)
    return _Table([], None)


def _rows(content: Content, sign: str, most: int | None) -> Iterator[Row]:
    """Rows that hold something, each with the line that it begins in."""
    text = content.text if most is None else "\n".join(content.text.split("\n", most)[:most])
    lines = csv.reader(io.StringIO(text), delimiter=sign)
    begins = 1
    try:
        for cells in lines:
            texts = tuple(cell.strip() for cell in cells)
            if any(texts):
                yield Row(begins, texts)
            begins = lines.line_num + 1
    except csv.Error as error:
        line = lines.line_num
        raise NotReadableError("vocabulary.broken_csv", file=content.name, line=line) from error


def _outside(content: Content) -> list[Dropped]:
    """Lines of a document that stand in none of its tables."""
    inside = Counter(
        line.strip() for cells in content.rows for cell in cells for line in cell.split("\n")
    )
    dropped = []
    for number, line in enumerate(content.lines, 1):
        words = line.strip()
        if inside[words] > 0:
            inside[words] -= 1
        elif words:
            dropped.append(Dropped(line=number, text=words, reason=OUTSIDE))
    return dropped


SHAPE = Shape("table", "call", _likely, _read)
