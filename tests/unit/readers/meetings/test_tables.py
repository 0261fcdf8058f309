"""Tables of turns: CSV, TSV, Excel and tables in Word, with headings in Chinese and English."""

import datetime as dt
import io
import time

import pytest
from openpyxl import Workbook

from pipeline.errors import NotReadableError

SHEETS = [
    '发言人,开始时间,结束时间,内容\n张工,00:00:01,00:00:04,"大家好，\n开始吧"\n李梅,00:00:05.500,00:00:06,好\n',
    "Start (s);Speaker;Text\n1;张工;大家好，开始吧\n5.5;李梅;好\n",
    "start_ms\tend_ms\tspeaker\ttext\n1000\t2500\t张工\t大家好，开始吧\n5500\t6000\t李梅\t好\n",
    "说话人|时间（毫秒）|发言内容\n张工|1000|大家好，开始吧\n李梅|5500|好\n",
    "序号,姓名,时间,文本\n1,张工,0:01,大家好，开始吧\n2,李梅,0:05.5,好\n".replace(
        "大家好，", '"大家好，'
    ).replace("吧", '吧"'),
    "Timestamp,Name,Transcript\n00:01 - 00:04,张工,大家好，开始吧\n00:05.5 - 00:07,李梅,好\n",
]
SPOKEN = [("张工", 1.0, "大家好，开始吧"), ("李梅", 5.5, "好")]


def told(reading):
    return [(one.speaker, one.start, one.text) for one in reading.segments]


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("text", SHEETS)
def test_headings_say_who_what_and_when(read, text):
    reading = read(text)
    assert (reading.shape, told(reading)) == ("table", SPOKEN)
    assert reading.dropped == ()


def test_a_csv_cell_may_hold_lines_and_the_end_is_read(read):
    reading = read('speaker,start,end,text\nA,0:01,0:04,"one\ntwo"\nB,0:05,0:06,\n')
    assert (reading.segments[0].text, reading.segments[0].end) == ("one two", 4.0)
    assert [(one.line, one.text, one.reason) for one in reading.dropped] == [
        (4, "B 0:05 0:06", "no words")
    ]


def test_numbers_are_thousandths_where_seconds_would_be_hours_apart(read):
    rows = "".join(f"A,{n * 2500},words {n}\n" for n in range(1, 5))
    assert [one.start for one in read(f"speaker,start,text\n{rows}").segments] == [2.5, 5, 7.5, 10]


def test_days_with_a_time_count_from_the_first(read):
    reading = read("发言人,时间,内容\n张工,2026-06-15 15:02:10,开始\n李梅,2026-06-15 15:02:40,好\n")
    assert told(reading) == [("张工", 0, "开始"), ("李梅", 30, "好")]
    assert reading.date == "2026-06-15T15:02:10"


def test_rows_without_a_heading_are_read_where_time_and_name_are_plain(read):
    text = "00:00:01\t张工\t大家好\n00:00:05\t李梅\t你好：在吗\n00:00:09\t张工\t在\n"
    assert told(read(text)) == [("张工", 1, "大家好"), ("李梅", 5, "你好：在吗"), ("张工", 9, "在")]


def test_excel_times_are_read_however_the_cell_keeps_them(read):
    rows = [
        ["发言人", "开始时间", "内容"],
        ["张工", dt.time(0, 0, 1), "一"],
        ["李梅", dt.timedelta(hours=25, seconds=2), "二"],
        ["张工", "00:00:03", "三"],
        ["张工", 4, "四"],
    ]
    assert [one.start for one in read(workbook(rows)).segments] == [1, 90_002, 3, 4]


def test_parts_of_a_day_are_read_as_excel_counts(read):
    rows = [["Speaker", "Start", "Text"], ["A", 1 / 86400, "one"], ["B", 90 / 86400, "two"]]
    assert [one.start for one in read(workbook(rows)).segments] == [1, 90]


def test_of_several_sheets_the_one_with_a_heading_is_read(read):
    reading = read(
        workbook(
            [["库存会"], ["2026-06-15"], [], ["发言人", "时间", "内容"], ["张工", "0:01", "一"]],
            [["说明", "本表由王敏整理"], ["版本", 3]],
        )
    )
    assert told(reading) == [("张工", 1, "一")]
    assert (reading.title, reading.date) == ("库存会", "2026-06-15")
    assert [(one.line, one.text) for one in reading.dropped] == [
        (1, "说明 本表由王敏整理"),
        (2, "版本 3"),
    ]


def test_a_merged_cell_names_the_speaker_of_the_rows_below(read):
    rows = [
        ["发言人", "时间", "内容"],
        ["张工", "0:01", "一"],
        [None, None, "二"],
        [None, "0:09", "三"],
    ]
    assert [one.speaker for one in read(workbook(rows)).segments] == ["张工", "张工", None]


def test_a_table_in_a_word_file_is_read_and_the_text_around_it_told(read, document):
    rows = [
        ["时间", "发言人", "发言内容"],
        ["00:00:01", "张工", "大家好"],
        ["00:00:05", "李梅", "好"],
    ]
    reading = read(document("会议记录\n以下为全文", rows))
    assert (reading.shape, told(reading)) == ("table", [("张工", 1, "大家好"), ("李梅", 5, "好")])
    assert [one.text for one in reading.dropped] == ["会议记录", "以下为全文"]


def test_a_broken_quote_says_its_line(read):
    with pytest.raises(NotReadableError) as caught:
        read('speaker,start,text\nA,0:01,"' + "x" * 200_000 + "\n")
    assert caught.value.code == "vocabulary.broken_csv"


def test_a_workbook_without_turns_is_no_transcript(read):
    with pytest.raises(NotReadableError) as caught:
        read(workbook([["订单号", "金额"], ["A1", 3]]))
    assert caught.value.code == "unknown_shape"


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_in_seconds(read):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["发言人", "时间（秒）", "内容"])
    for number in range(100_000):
        sheet.append([f"张{number % 5}", number, f"第 {number} 句"])
    stream = io.BytesIO()
    book.save(stream)
    began = time.process_time()
    reading = read(stream.getvalue())
    assert len(reading.segments) == 100_000
    assert time.process_time() - began < 30
