"""Files with awkward names and words: which shape reads them, and that who, when and what is right."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook

from pipeline.models.reading import Reading
from pipeline.readers.reader import TranscriptReader
from tests.unit.readers.examples import examples

Turn = tuple[str | None, float | None, str]


def read(text: str) -> Reading:
    return TranscriptReader().read(text.encode(), name="file")


def turns(reading: Reading) -> list[Turn]:
    return [(one.speaker, one.start, one.text) for one in reading.segments]


def test_an_agenda_is_no_chat():
    agenda = (
        "工作坊\n09:00 开场，介绍\n09:30 财务说导出太慢\n10:00 茶歇\n10:15 讨论权限\n11:00 结束\n"
    )
    reading = read(agenda)
    assert reading.shape == "note"
    assert [one.text for one in reading.segments] == agenda.split("\n")[:-1]


@pytest.mark.parametrize(
    "text",
    [
        "库存\n现状：用表格\n期望：自动\n\n订单\n现状：手工导\n期望：一键\n\n财务\n现状：对账慢\n期望：快\n",
        "Stock\nToday: by hand\nWanted: counted\n\nOrders\nToday: typed\nWanted: one click\n\nFees\nToday: slow\nWanted: fast\n",
        "# 访谈\n- **现状**：用表格\n- **期望**：自动\n- **现状**：手工\n- **期望**：一键\n",
    ],
)
def test_labels_that_come_back_are_no_people(text: str):
    reading = read(text)
    assert reading.shape == "note"
    assert {one.speaker for one in reading.segments} == {None}


def test_a_numbered_list_is_no_call():
    assert read("1. 导出：要带金额\n2. 提醒：短信\n3. 打印：按仓库分开\n").shape == "note"


@pytest.mark.parametrize("names", [("客户", "我方"), ("Client", "Us")])
def test_two_sides_that_answer_each_other_speak(names: tuple[str, str]):
    a, b = names
    reading = read(f"{a}：导出要带金额。\n{b}：好的，周五给。\n{a}：还有短信。\n{b}：可以。\n")
    assert (reading.kind, [one.speaker for one in reading.segments]) == ("call", [a, b, a, b])


@pytest.mark.parametrize("names", [("主持人", "客户"), ("Host", "Client")])
def test_who_goes_by_a_part_in_the_call_speaks_where_a_time_stands_beside(names: tuple[str, str]):
    a, b = names
    reading = read(f"{a} 00:00:03\n大家好\n\n{b} 00:00:09\n先说导出\n\n{a} 00:00:20\n好\n")
    assert turns(reading) == [(a, 3.0, "大家好"), (b, 9.0, "先说导出"), (a, 20.0, "好")]


@pytest.mark.parametrize("colon", ["**：", "：**"])
def test_names_in_bold_are_names_without_the_marks(colon: str):
    reading = read(
        f"**王芳{colon}先说导出。\n\n**许立{colon}好，周五的**金额**要带。\n\n**王芳{colon}行。\n"
    )
    assert reading.shape == "markdown"
    assert turns(reading) == [
        ("王芳", None, "先说导出。"),
        ("许立", None, "好，周五的**金额**要带。"),
        ("王芳", None, "行。"),
    ]


def test_who_says_a_picture_in_a_call_is_in_no_chat():
    reading = read(
        "00:00:03 王芳：看导出\n00:00:09 许立：好\n00:00:15 王芳：[图片]\n00:00:20 许立：行\n"
    )
    assert reading.shape == "timed"
    assert turns(reading)[2] == ("王芳", 15.0, "[图片]")


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_long_speech_does_not_swallow_who_answers(gap: str):
    reading = read(gap.join(["王芳 00:00:03\n先说", "许立 00:30:09\n好", "王芳 00:30:20\n那行"]))
    assert turns(reading) == [
        ("王芳", 3.0, "先说"),
        ("许立", 1809.0, "好"),
        ("王芳", 1820.0, "那行"),
    ]


def test_two_long_speeches_are_two_turns():
    reading = read(
        "王芳 00:00:01\n" + "先说导出，" * 2_000 + "\n\n许立 00:20:09\n" + "好。" * 900 + "\n"
    )
    assert [(one.speaker, one.start) for one in reading.segments] == [
        ("王芳", 1.0),
        ("许立", 1209.0),
    ]


def test_a_message_a_line_is_not_taken_for_one_long_message():
    text = (
        "15/06/2026, 15:02 - Messages and calls are end-to-end encrypted.\n"
        "15/06/2026, 15:02 - Sue Hall: need an export\n15/06/2026, 15:03 - Ben Ott: ok, 10:30\n"
    )
    reading = read(text)
    assert reading.shape == "chat_lines"
    assert turns(reading) == [("Sue Hall", 0.0, "need an export"), ("Ben Ott", 60.0, "ok, 10:30")]


def test_rows_with_days_and_without_a_heading_are_a_table():
    rows = [("15:02", "王芳", "要导出"), ("15:03", "许立", "好"), ("15:04", "王芳", "行吧")]
    reading = read("".join(f"2026-06-15 {when}\t{who}\t{what}\n" for when, who, what in rows))
    assert turns(reading) == [
        ("王芳", 0.0, "要导出"),
        ("许立", 60.0, "好"),
        ("王芳", 120.0, "行吧"),
    ]


def test_rows_above_the_heading_of_a_chat_are_told():
    rows = "2026-06-15 15:02:11,王芳,要导出\n2026-06-15 15:03:11,许立,好\n"
    reading = read(f"群聊：项目群\n\n时间,发送人,消息\n{rows}")
    assert (reading.shape, reading.date) == ("chat_table", "2026-06-15T15:02:11")
    assert turns(reading) == [("王芳", 0.0, "要导出"), ("许立", 60.0, "好")]
    assert [(one.line, one.text) for one in reading.dropped] == [(1, "群聊：项目群")]


def test_what_a_heading_says_besides_is_told():
    above = [
        "需求会",
        "关键词：导出、金额",
        "参会人：王芳",
        "时长：10分钟",
        "日期：2026-06-15",
        "创建时间：2026-06-16",
    ]
    reading = read(
        "\n".join(above) + "\n\n王芳 00:00:03\n大家好\n\n许立 00:00:09\n好\n\n王芳 00:00:20\n行\n"
    )
    assert (reading.title, reading.date) == ("需求会", "2026-06-15")
    assert [one.text for one in reading.dropped] == [*above[1:4], above[5]]


def test_headings_of_notes_are_told():
    reading = read("会议纪要\n客户王总来访\n\n二、权限\n只给财务看\n")
    assert [one.text for one in reading.segments] == ["客户王总来访", "只给财务看"]
    assert [(one.line, one.text) for one in reading.dropped] == [(1, "会议纪要"), (4, "权限")]


_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _part(tag: str, lines: list[str]) -> str:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return f"<w:{tag} {_SPACE}>{paragraphs}</w:{tag}>"


def word(lines: list[str], **beside: str) -> Reading:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr("word/document.xml", _part("body", lines))
        for name, line in beside.items():
            parts.writestr(f"word/{name}.xml", _part("p", [line]))
    return TranscriptReader().read(stream.getvalue(), name="file")


def test_what_stands_beside_the_text_of_a_document_is_told_and_nobody_said_it():
    lines = ["王芳 00:00:03", "大家好", "许立 00:00:09", "好", "王芳 00:00:20", "行"]
    reading = word(lines, comments="问财务", footnotes="见合同", header1="机密")
    assert [one.text for one in reading.segments] == lines[1::2]
    assert [one.text for one in reading.dropped] == ["问财务", "见合同", "机密"]


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("head", [("时间", "发送人", "内容"), ("时间", "发言人", "发言内容")])
def test_no_row_of_a_workbook_is_lost(head: Sequence[str], place: int):
    rows = [head, ("2026-06-15 15:02:11", "王芳", "导出"), ("2026-06-15 15:03:00", "许立", "好")]
    rows.insert(place, ("走失的一格",))
    reading = TranscriptReader().read(workbook(rows), name="file")
    told = [one.text for one in (*reading.segments, *reading.dropped)] + [reading.title or ""]
    assert [one.speaker for one in reading.segments][:2] == ["王芳", "许立"]
    assert any("走失的一格" in text for text in told)


def test_a_document_loses_no_line_wherever_it_is_put():
    for name in ("headed", "timed", "feishu", "teams", "meet", "zoom", "named", "chat", "note"):
        lines = examples()[name].split("\n")
        for place in range(len(lines) + 1):
            reading = word(
                [escape(line) for line in [*lines[:place], "走失的一行", *lines[place:]]]
            )
            told = [one.text for one in (*reading.segments, *reading.dropped)]
            names = [one.speaker or "" for one in reading.segments]
            assert any("走失的一行" in text for text in [*told, *names, reading.title or ""])


def test_a_phone_that_puts_a_narrow_space_before_pm_is_read():
    reading = read(
        "[6/15/26, 3:02:11\u202fPM] Sue Hall: an export\n[6/15/26, 3:03:11\u202fPM] Ben Ott: ok\n"
    )
    assert (reading.shape, reading.date) == ("chat_lines", "2026-06-15T15:02:11")
    assert turns(reading) == [("Sue Hall", 0.0, "an export"), ("Ben Ott", 60.0, "ok")]
