"""The parts that layouts are read with: times, days, names, order, Markdown, rows."""

import pytest

from pipeline.readers.clock import seconds
from pipeline.readers.dated import find_date
from pipeline.readers.heading import read_heading
from pipeline.readers.labels import can_speak, is_name
from pipeline.readers.markdown import unmarked
from pipeline.readers.openings import flowing
from pipeline.readers.order import in_order


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0:14", 14),
        ("1:02:03", 3723),
        ("75:12", 4512),
        ("００：０１", 1),
        ("00:00:01,250", 1.25),
        ("00:05.5", 5.5),
    ],
)
def test_a_clock_is_seconds(text, told):
    assert seconds(text) == told


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026年6月15日 下午 3:02", "2026-06-15T15:02:00"),
        ("2026年06月15日 星期一 上午12:05", "2026-06-15T00:05:00"),
        ("2026/06/15 15:02", "2026-06-15T15:02:00"),
        ("2026-06-15 15:02:03 CST", "2026-06-15T15:02:03"),
        ("2026-06-15", "2026-06-15"),
        ("April 15, 2026, 2:00AM", "2026-04-15T02:00:00"),
        ("15 June 2026, 03:35pm", "2026-06-15T15:35:00"),
        ("Mon, Jun 15, 2026 at 12:30 PM", "2026-06-15T12:30:00"),
        ("Stock-20260615_133555-Meeting Recording", "2026-06-15T13:35:55"),
        ("会议时间：2026.6.5", "2026-06-05"),
        ("2026年2月30日", None),
        ("6/15/26", None),
        ("电话 13800138000", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text, iso):
    found = find_date(text)
    assert (found.iso if found else None) == iso


@pytest.mark.parametrize(
    "name",
    [
        "王敏",
        "说话人 1",
        "发言人",
        "Andrew: Marketing",
        "Grant, Susan (Harbour)",
        "+86 138 0013 8000",
        "3号桌",
        "A",
        "O'Neil-Smith",
    ],
)
def test_people_are_called_so(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "words",
    [
        "时间",
        "会议时间",
        "Date",
        "2026年6月15日",
        "好的。",
        "00:05 王敏",
        "时间：上午",
        "",
        "12",
        "x" * 61,
    ],
)
def test_nobody_is_called_so(words):
    assert not is_name(words)


def test_words_before_other_words_are_no_speaker():
    assert not can_speak("他说")
    assert can_speak("问")


def test_times_that_are_said_stand_out_of_the_order():
    assert in_order([1, 5, 630, 9, 12]) == {0, 1, 3, 4}
    assert in_order([1, 5, 9, 12, 0, 4, 8, 13]) == set(range(8))
    assert in_order([]) == frozenset()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("### **张工** [00:00:05]", "张工 [00:00:05]"),
        ("- **Susan** (0:05): Hello **all**", "Susan (0:05): Hello **all**"),
        ("**[0:05]** **张工**：大家**好**", "[0:05] 张工：大家**好**"),
        ("**Susan** *0:05*", "Susan 0:05"),
        ("> 2. __Susan__: Hi", "Susan: Hi"),
        ("-20 度要报警", "-20 度要报警"),
        ("3.5 万元", "3.5 万元"),
        ("我要 **加粗** 的字", "我要 加粗 的字"),
    ],
)
def test_marks_of_markdown_come_off_the_opening(line, told):
    assert unmarked(line) == told


def test_lines_of_a_turn_become_one():
    assert flowing(["金额，", "", "单位 ", "is", "USD", "---", "的 5"]) == "金额，单位is USD的 5"


def test_a_heading_gives_title_and_day_and_lists_are_understood():
    heading = read_heading(
        [
            "会议主题：库存会",
            "会议时间：2026-06-15 15:00",
            "时长：58分钟 29秒",
            "参会人：",
            "王敏",
            "陈立",
            "",
            "关键词: 库存",
            "随便一行",
        ]
    )
    assert (heading.title, heading.date) == ("库存会", "2026-06-15T15:00:00")
    assert [(one.line, one.reason) for one in heading.dropped] == [
        (3, "notice of the program"),
        (5, "notice of the program"),
        (6, "notice of the program"),
        (8, "notice of the program"),
        (9, "outside any turn"),
    ]
