"""The page of formats shows every layout that can be read, and its example is read as it says."""

import csv
import io
import re
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pytest

from pipeline.models.transcript import UNDERSTOOD
from pipeline.readers.content import opened
from pipeline.readers.reader import TranscriptReader, known
from pipeline.readers.shape import NONE

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "formats.md"
EXAMPLE = re.compile(
    r"^### `(?P<name>\w+)`\n\n(?P<about>[^\n]+)\n\n```(?P<form>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Example(NamedTuple):
    form: str
    text: str

    def files(self, shape: str) -> list[tuple[str, bytes]]:
        """The example as the files it comes in: as text, in Word, as a workbook."""
        plain = self.text.encode()
        if known()[shape].likely(opened(plain, name="example")) == NONE:
            return [("docx", in_word(self.text))]
        return [("text", plain), *([("xlsx", in_sheet(self.text))] if self.form == "csv" else [])]


def in_word(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in text.rstrip("\n").split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def in_sheet(text: str) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in csv.reader(io.StringIO(text)):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def examples() -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for one in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8")):
        found.setdefault(one["name"], []).append(Example(one["form"], one["text"]))
    return found


@pytest.mark.parametrize("shape", sorted(known()))
def test_its_one_example_is_read_as_it_and_whole(shape):
    shown = examples().get(shape, [])
    assert len(shown) == 1, "one section with one example"
    for form, data in shown[0].files(shape):
        reading = TranscriptReader().read(data, name=f"example.{form}")
        assert (form, reading.shape) == (form, shape)
        assert len(reading.segments) >= 2, form
        assert [one for one in reading.dropped if one.reason not in UNDERSTOOD] == [], form


def test_the_table_names_what_has_an_example():
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index("| name | who writes it") :].split("\n\n", 1)[0]
    assert sorted(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == sorted(examples())
