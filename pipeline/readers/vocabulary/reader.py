"""Which shape a file has is told from its content; each shape has a module of its own."""

import re
from typing import Any

from pipeline.errors import NotReadableError
from pipeline.language.normalise import visible
from pipeline.models.vocabulary import Kind, Lines, Vocabulary
from pipeline.readers.encoding import decode
from pipeline.readers.packed import ZIP
from pipeline.readers.vocabulary import lines
from pipeline.readers.vocabulary.csv_file import read_rows, separator
from pipeline.readers.vocabulary.ddl import read_ddl
from pipeline.readers.vocabulary.gathering import Gathering
from pipeline.readers.vocabulary.openapi import is_openapi, read_schemas
from pipeline.readers.vocabulary.project_form import read_tables
from pipeline.readers.vocabulary.sheets import read_sheet
from pipeline.readers.vocabulary.sql_text import looks_sql
from pipeline.readers.vocabulary.structured import load_json, load_yaml
from pipeline.readers.vocabulary.workbook import read_workbook
from pipeline.readers.workbook import OLE

LARGEST = 10_000_000
"""Bytes."""
_OPENS_JSON = re.compile(r"\s*[\[{]")
_OPENAPI = re.compile(r"(?m)^[\"']?(?:openapi|swagger)[\"']?\s*:")
_YAML = re.compile(r"(?:-\s|[\"']?[\w\u4e00-\u9fff][^,;\t|\n]{0,80}?:(?:\s|\Z))")
"""How the first line begins that is neither empty nor a comment: `- x`, `key: x`."""


class VocabularyReader:
    """Reads data dictionaries, and lists of what a product can do or a contract covers."""

    def dictionary(self, data: bytes, *, name: str) -> Vocabulary:
        """The tables and columns of YAML, JSON, OpenAPI, XLSX, CSV or SQL.

        Raises:
            NotReadableError: empty, too large, in no known encoding or shape, or without a table.
        """
        _check_size(data, name)
        if data.startswith((ZIP, OLE)):
            gathering = Gathering(name, "xlsx")
            for sheet in read_workbook(data, name=name):
                read_sheet(sheet.name, sheet.rows, gathering)
            return gathering.done()
        text = visible(decode(data, name=name))
        if _OPENS_JSON.match(text):
            return _of_value(load_json(text, name=name), name, "json")
        if not _OPENAPI.search(text) and looks_sql(text):
            return read_ddl(text, name=name)
        if _is_yaml(text):
            return _of_value(load_yaml(text, name=name), name, "yaml")
        gathering = Gathering(name, "csv")
        stem = re.split(r"[\\/]", name)[-1].rpartition(".")[0] or name
        read_sheet(stem, read_rows(text, name=name), gathering)
        return gathering.done()

    def lines(self, data: bytes, kind: Kind, *, name: str) -> Lines:
        """The lines of TXT, Markdown, CSV, XLSX, YAML or JSON.

        Raises:
            NotReadableError: empty, too large, in no known encoding, or without a line.
        """
        _check_size(data, name)
        if data.startswith((ZIP, OLE)):
            rows = [row for sheet in read_workbook(data, name=name) for row in sheet.rows]
            return lines.lines_of_rows(rows, name=name, shape="xlsx")
        text = visible(decode(data, name=name))
        if _OPENS_JSON.match(text) and not text.lstrip().startswith(("[ ]", "[x]", "[X]")):
            value = load_json(text, name=name)
            return lines.lines_of_value(value, kind, name=name, shape="json")
        if _holds(text, kind):
            value = load_yaml(text, name=name)
            return lines.lines_of_value(value, kind, name=name, shape="yaml")
        if name.lower().endswith((".csv", ".tsv")) and separator(text):
            rows = read_rows(text, name=name)
            return lines.lines_of_rows(rows, name=name, shape="csv")
        return lines.lines_of_text(text, name=name, shape="text")


def _check_size(data: bytes, name: str) -> None:
    if len(data) > LARGEST:
        most = LARGEST // 1_000_000
        raise NotReadableError("vocabulary.too_large", file=name, most=most)


def _is_yaml(text: str) -> bool:
    told = (line for line in text.split("\n", 500) if line.strip() and line[0] not in "#%")
    first = next((line for line in told if line.rstrip() != "---"), "")
    return _YAML.match(first) is not None


def _holds(text: str, kind: Kind) -> bool:
    """Whether it is a project file: text of a contract has colons of its own."""
    return re.search(rf"(?m)^{kind}\s*:\s*(?:\[|#|$)", text) is not None


def _of_value(value: Any, name: str, shape: str) -> Vocabulary:  # noqa: ANN401 - foreign value
    if is_openapi(value):
        gathering = Gathering(name, "openapi", whole=True)
        read_schemas(value, gathering)
    else:
        gathering = Gathering(name, shape)
        read_tables(value, gathering)
    return gathering.done()
