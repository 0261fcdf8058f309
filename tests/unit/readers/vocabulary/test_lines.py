"""Capabilities and contract lines, from text, lists and tables."""

import pytest

from pipeline.errors import NotReadableError
from pipeline.readers.vocabulary.reader import VocabularyReader


def lines(content, kind="scope", name="file.txt"):
    data = content.encode() if isinstance(content, str) else content
    return VocabularyReader().lines(data, kind, name=name)


def test_text_keeps_its_numbering_and_loses_its_bullets():
    told = lines(
        "# 合同范围\n\n1. 订单导出\n2.3 报表：按月\n- 库存查询\n* [x] 调拨\n---\n（四）培训\n"
    )
    assert told.lines == ("1. 订单导出", "2.3 报表：按月", "库存查询", "调拨", "（四）培训")


def test_gb18030():
    assert lines("第一条 订单导出\n".encode("gb18030")).lines == ("第一条 订单导出",)


def test_a_table_loses_its_heading(book):
    rows = [("编号", "功能"), ("3.1", "订单导出"), (4, "库存查询")]
    assert lines(book({"s": rows})).lines == ("3.1 订单导出", "4 库存查询")
    text = "编号,功能\n3.1,订单导出\n"
    assert lines(text, name="x.csv").lines == ("3.1 订单导出",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("scope:\n  - 订单导出\ncapabilities:\n  - 筛选\n", ("订单导出",)),
        ('["订单导出", {"no": "2", "text": "培训"}]', ("订单导出", "2 培训")),
        ("scope: 订单导出\n", ("scope: 订单导出",)),
    ],
)
def test_lists(text, found):
    assert lines(text).lines == found


def test_twice_and_too_long_are_named():
    told = lines("甲\n乙\n甲\n" + "长" * 600 + "\n")
    assert told.lines == ("甲", "乙", "长" * 500)
    assert [(one.code, one.line) for one in told.findings] == [("line_twice", 3), ("line_cut", 4)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        ("# 只有标题\n", "vocabulary.no_lines"),
        ("\n".join(map(str, range(3000))), "vocabulary.too_many_lines"),
        ("[]", "vocabulary.no_lines"),
    ],
)
def test_what_holds_no_line_says_so(content, code):
    with pytest.raises(NotReadableError) as caught:
        lines(content)
    assert caught.value.code == code
