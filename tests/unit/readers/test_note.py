"""Notes come in line by line; files of programs do not come in as notes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import NotReadableError
from pipeline.models.reading import Reading
from pipeline.readers.reader import TranscriptReader


def read(text: str) -> Reading:
    return TranscriptReader().read(text.encode(), name="notes.txt")


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in reading.segments]


def test_a_voice_message_that_was_written_out_is_words():
    reading = read("汪敏 2026/6/15 15:02:11\n[语音] 转文字：要导出\n")
    assert said(reading) == [("汪敏", "[语音] 转文字：要导出")]


NOTES = """# 导出访谈
日期：2026-06-15

## 需求
- 汪总：导出要带金额
* 客户要求按月汇总
1. 希望能批量审核
（2）注意：保留 1.5 倍
-
- [ ] **许工**周五前给排期

下一步：
"""


def test_each_line_is_a_turn_and_labels_are_none():
    reading = read(NOTES)
    assert (reading.shape, reading.kind, reading.title) == ("note", "note", "导出访谈")
    assert said(reading) == [
        (None, "日期：2026-06-15"),
        ("汪总", "导出要带金额"),
        (None, "客户要求按月汇总"),
        (None, "希望能批量审核"),
        (None, "注意：保留 1.5 倍"),
        (None, "许工周五前给排期"),
    ]
    assert all(one.start is None for one in reading.segments)
    assert reading.date == "2026-06-15"
    assert [(one.line, one.text) for one in reading.dropped] == [(4, "需求"), (12, "下一步：")]


def test_a_heading_that_says_more_than_a_label_is_a_line():
    reading = read("## 订单导出\n- 要带金额\n- 按月汇总\n")
    assert said(reading)[0] == (None, "订单导出")


def test_english_notes_name_people_and_no_labels():
    reading = read(
        "Workshop at the bakery, 15 June 2026\n\nThe client wants the export to show\n"
        "amounts.\nAmy Reed: we need bulk approval.\nNote: two decimals\n- must show amount\n"
    )
    assert said(reading) == [
        (None, "Workshop at the bakery, 15 June 2026"),
        (None, "The client wants the export to show amounts."),
        ("Amy Reed", "we need bulk approval."),
        (None, "Note: two decimals"),
        (None, "must show amount"),
    ]
    assert reading.date == "2026-06-15"


def test_lines_that_all_begin_with_labels_are_notes_and_no_people():
    reading = read("时间：周一\n需求：导出要带金额\n风险：上线太赶")
    assert (reading.kind, {one.speaker for one in reading.segments}) == ("note", {None})


def test_rows_of_a_markdown_table_are_lines():
    reading = read("客户要的几样东西：\n| 什么 | 多急 |\n|---|---|\n| 导出带金额 | 月底前 |\n")
    assert said(reading)[-1] == (None, "导出带金额 · 月底前")


@pytest.mark.parametrize(
    "text",
    [
        "hello there",
        "导出",
        "client: A\nsystem: B\nparticipants:\n  - name: C\n    side: us\n",
        "[desk]\nport = 8000\nhost = local\n",
        "import os\n\ndef main():\n    print('hello there')\n    return 1\n",
        "CREATE TABLE so_order (\n  order_no varchar(20),\n  amount decimal(10,2)\n);\n",
        "订单号,金额,状态\n1,2,a\n3,4,b\n5,6,c\n",
        "INFO the server has started\nWARN the disk is nearly full\nERROR the disk is gone\n",
        "WEBVTT\n\nwords that somebody said here\n",
        "Amy at 0:01:02 said\nhello there how are you\nTom at 0:01:09 said\nfine thanks a lot\n",
        "aGVsbG8gdGhlcmUgYW5k" * 8,
    ],
)
def test_what_nobody_wrote_as_a_note_is_refused(text: str):
    with pytest.raises(NotReadableError) as caught:
        read(text)
    assert caught.value.code == "unknown_shape"


WORDS = st.lists(
    st.sampled_from(["客户要导出", "金额", "按月", "the client", "wants it"]),
    min_size=5,
    max_size=7,
)


@settings(max_examples=25)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=8))
def test_lines_come_back_in_their_order(lines: list[str]):
    text = "\n".join(f"- {line}" for line in lines)
    assert [one.text for one in read(text).segments] == lines
