"""XLSX of a dictionary: its sheets, with errors that say what to hand in instead."""

from pipeline.errors import NotReadableError
from pipeline.readers import workbook
from pipeline.readers.workbook import Sheet

MOST_ROWS = 60_000
_CODES = {
    "old_office": "vocabulary.old_excel",
    "packed_unknown": "vocabulary.no_workbook",
    "packed_broken": "vocabulary.broken_excel",
    "packed_large": "vocabulary.unpacks_large",
    "too_many_rows": "vocabulary.too_many_rows",
}


def read_workbook(data: bytes, *, name: str) -> tuple[Sheet, ...]:
    """All visible and hidden sheets, in their order.

    Raises:
        NotReadableError: it is no workbook, a damaged one, or one that unpacks to too much.
    """
    try:
        return workbook.read_workbook(data, name=name, most_rows=MOST_ROWS)
    except NotReadableError as error:
        raise NotReadableError(_CODES.get(error.code, error.code), **error.params) from error
