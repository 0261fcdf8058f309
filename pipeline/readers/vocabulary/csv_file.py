"""CSV and TSV: text -> rows, with the separator told from the first lines."""

import csv
from itertools import islice

from pipeline.errors import NotReadableError
from pipeline.readers.rows import Row, rows_of

MOST_ROWS = 60_000
_SEPARATORS = ",\t;|"
_LOOKED_AT = 10
"""Lines that tell the separator."""


def separator(text: str) -> str | None:
    """What stands between the cells; None where nothing does."""
    head = [line for line in text.split("\n", 60)[:60] if line.strip()][:_LOOKED_AT]
    counted = [
        (sum(sign in line for line in head), sum(line.count(sign) for line in head), sign)
        for sign in _SEPARATORS
    ]
    lines, _, best = max(counted, key=lambda one: one[:2])
    return best if lines else None


def read_rows(text: str, *, name: str) -> list[Row]:
    """The rows that hold something, numbered as in the file as long as no cell spans lines.

    Raises:
        NotReadableError: too many rows, or a quote that never ends.
    """
    lines = csv.reader(text.split("\n"), delimiter=separator(text) or ",")
    try:
        rows = rows_of(islice(lines, MOST_ROWS + 1))
    except csv.Error as error:
        raise NotReadableError("vocabulary.broken_csv", file=name, line=lines.line_num) from error
    if len(rows) > MOST_ROWS:
        raise NotReadableError("vocabulary.too_many_rows", file=name, most=MOST_ROWS)
    return rows
