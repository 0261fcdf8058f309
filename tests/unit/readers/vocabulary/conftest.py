"""What stands in a file, as short text to compare with."""

import io
from collections.abc import Callable, Sequence

import pytest
from openpyxl import Workbook

from pipeline.models.vocabulary import Vocabulary
from pipeline.readers.vocabulary.reader import VocabularyReader

Read = Callable[..., Vocabulary]


@pytest.fixture
def read() -> Read:
    """A file as a vocabulary, by its text or its bytes."""

    def _read(content: str | bytes, name: str = "file") -> Vocabulary:
        data = content.encode() if isinstance(content, str) else content
        return VocabularyReader().dictionary(data, name=name)

    return _read


@pytest.fixture
def book() -> Callable[..., bytes]:
    """A workbook of sheets by name, each a list of rows; ranges to merge behind the name."""

    def _book(
        sheets: dict[str, Sequence[Sequence[object]]], merge: dict[str, Sequence[str]] | None = None
    ) -> bytes:
        made = Workbook()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
            for area in (merge or {}).get(name, ()):
                sheet.merge_cells(area)
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()

    return _book
