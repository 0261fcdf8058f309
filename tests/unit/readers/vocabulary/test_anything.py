"""Whatever is handed in: a reading, or an error of ours that has a sentence in both languages."""

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pipeline.errors import DragomanError
from pipeline.readers.vocabulary.reader import VocabularyReader
from pipeline.words.loader import say

PIECES = st.sampled_from(
    [
        *"'\"`[](){},;:.-*#&!|<>=\\/\n\t \0$%@",
        "create table ",
        "CREATE TABLE `t` (a int comment '甲', ",
        "alter table t add ",
        "comment on column t.a is ",
        "exec sp_addextendedproperty ",
        "\nGO\n",
        "--",
        "/*",
        "*/",
        "varchar(20)",
        "not null",
        "表名,字段,中文名\n",
        "t,a,甲\n",
        "data_dictionary:\n",
        "- table: t\n  fields: [",
        "openapi: 3.0\ncomponents:\n  schemas: ",
        "&a ",
        "*a",
        "<<: ",
        "\ufeff",
        "\ud7ff",
        "scope:\n",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4),
        st.dictionaries(
            st.one_of(
                st.sampled_from(
                    [
                        "openapi",
                        "components",
                        "schemas",
                        "properties",
                        "allOf",
                        "$ref",
                        "type",
                        "data_dictionary",
                        "table",
                        "fields",
                        "name",
                        "label",
                        "synonyms",
                        "表名",
                    ]
                ),
                st.text(max_size=4),
            ),
            inside,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


def check(data: bytes, name: str) -> None:
    reader = VocabularyReader()
    for read in (
        lambda: reader.dictionary(data, name=name),
        lambda: reader.lines(data, "scope", name=name),
    ):
        try:
            told = read()
        except DragomanError as error:
            for language in ("zh", "en"):
                say(f"error.{error.code}", language, **error.params)
        else:
            for one in told.findings:
                for language in ("zh", "en"):
                    say(f"vocabulary.{one.code}", language, **one.params)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["x.sql", "x.csv", "x", ""]))
def test_any_text(text: str, name: str):
    check(text.encode("utf-8", "surrogatepass"), name)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0"])
)
def test_any_bytes(data: bytes, begins: bytes):
    check(begins + data, "x")


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_any_value(value: object):
    check(json.dumps(value).encode(), "x.json")


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(), st.integers(), st.sampled_from(["表名", "字段", "=1/0", "#N/A", "t"])
            ),
            max_size=5,
        ),
        max_size=6,
    ),
    st.integers(0, 4000),
    st.integers(0, 255),
)
def test_any_workbook_whole_and_damaged(rows: list[list[object]], place: int, byte: int):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    data = bytearray(stream.getvalue())
    check(bytes(data), "x.xlsx")
    data[place % len(data)] = byte
    check(bytes(data), "x.xlsx")
