"""Every example of docs/reference/vocabulary.md is read as the page says."""

import re
from pathlib import Path

import pytest

from pipeline.readers.vocabulary.reader import VocabularyReader

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "vocabulary.md"
EXAMPLES = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"))


def test_there_is_an_example_of_each_shape():
    assert [shape for shape, _ in EXAMPLES] == ["sql", "csv", "yaml", "yaml", "text"]


@pytest.mark.parametrize("text", [text for shape, text in EXAMPLES if shape != "text"])
def test_an_example_of_tables_is_read(text: str):
    told = VocabularyReader().dictionary(text.encode(), name="example")
    assert [one.entity for one in told.entities] == ["销售订单"]
    assert told.entities[0].fields[0].label == "订单号"
    assert told.findings == ()


def test_the_example_of_lines_is_read():
    told = VocabularyReader().lines(EXAMPLES[-1][1].encode(), "scope", name="example")
    assert told.lines == ("1. 订单列表按客户、日期筛选", "2. 库存查询")
