"""What meeting programs export comes in whole: known answers, each with the programs it stands for."""

import pytest

from pipeline.errors import NotReadableError
from tests.unit.readers.meetings.known import KNOWN, TENCENT


@pytest.mark.parametrize(("text", "shape", "about", "turns"), KNOWN)
def test_a_layout_is_known_and_read(read, text, shape, about, turns):
    reading = read(text)
    assert reading.shape == shape
    assert [(one.speaker, one.start, one.text) for one in reading.segments] == turns
    assert (reading.title, reading.date) == about
    assert {one.reason for one in reading.dropped} <= {"notice of the program"}


@pytest.mark.parametrize(("text", "shape", "about", "turns"), KNOWN)
def test_a_word_file_of_the_same_lines_reads_the_same(read, document, text, shape, about, turns):
    if shape == "markdown":
        pytest.skip("nobody writes marks of Markdown into Word")
    reading = read(document(text.replace("０", "0").replace("９", "9")))
    assert [(one.speaker, one.start, one.text) for one in reading.segments] == turns
    assert (reading.shape, reading.title, reading.date) == (shape, *about)


def test_what_a_program_wrote_about_the_call_is_told_and_is_no_turn(read):
    reading = read(
        "智能纪要：库存会 2026年6月18日\n\n总结\n讨论了库存。\n章节\n00:00 开场\n05:00 库存\n待办\n张工：导出表格\n"
        "张工：再看一下\n\n文字记录\n\n张工 00:00:01\n大家好。\n\n李梅 00:00:05\n你好。\n\n张工 00:00:09\n在。\n\n"
        "会议待办\n李梅：发报价\n"
    )
    assert [one.text for one in reading.segments] == ["大家好。", "你好。", "在。"]
    assert {one.reason for one in reading.dropped} == {"summary of the program"}
    assert [one.line for one in reading.dropped] == [1, 3, 4, 5, 6, 7, 8, 9, 10, 23, 24]


def test_a_line_above_the_turns_that_nobody_understands_is_told_with_its_number(read):
    reading = read(f"内部资料\n请勿外传\n{TENCENT}")
    assert (reading.title, reading.date) == ("内部资料", "2026-06-15T15:02:00")
    assert [(one.line, one.text, one.reason) for one in reading.dropped] == [
        (2, "请勿外传", "outside any turn"),
        (3, "订单系统需求会", "outside any turn"),
    ]


def test_a_turn_without_words_is_told(read):
    reading = read(TENCENT.replace("行。", ""))
    assert len(reading.segments) == 2
    assert [(one.line, one.text, one.reason) for one in reading.dropped] == [
        (11, "王敏", "no words")
    ]


def test_two_recordings_behind_each_other_are_both_read(read):
    part = "".join(f"{'王敏' if n % 2 else '陈立'} 00:0{n}:00\n第{n}句。\n\n" for n in range(8))
    assert [one.start for one in read(part + part).segments] == [n * 60.0 for n in range(8)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "09:00 开场\n10:30 库存\n11:00 结束\n",
        "客户：华港\n日期：2026-06-15\n参会：张工、李梅\n\n1. 要导出，10:30 前\n2. 金额大于 5000：王总批\n",
        "我们约在 10:30\n不见不散\n",
        "The export opens at 10:30\nand closes at 18:00\n",
    ],
)
def test_text_that_only_holds_times_or_colons_is_no_call(read, text):
    assert _kind(read, text) != "call"


def _kind(read, text: str) -> str | None:
    try:
        return read(text).kind
    except NotReadableError:
        return None
