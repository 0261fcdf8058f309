"""Transcripts that somebody else made come in whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotReadableError
from pipeline.readers.reader import TranscriptReader

VTT = """WEBVTT

NOTE made by a tool

1
00:00:01.000 --> 00:00:03.500
<v 王敏>能不能给我们来个一键导出？</v>

2
00:00:04.000 --> 00:00:06.000
财务催得很。

00:00:07.000 --> 00:00:08.250
<v 陈立>导成&nbsp;Excel <i>吗</i>？</v>
"""
SRT = """1
00:00:01,000 --> 00:00:03,500
Susan: Can we have a one click export?

2
00:00:04,000 --> 00:00:06,000
The accountant keeps asking.
3
00:00:07,000 --> 00:00:08,000
Alex: Sure.
at 10:30
4
00:00:09,000 --> 00:00:10,000
Susan: Thanks.

5
00:00:10,000 --> 00:00:11,000
Alex: Bye.
"""


def read(text: str | bytes, name: str = "call"):
    data = text if isinstance(text, bytes) else text.encode()
    return TranscriptReader().read(data, name=name)


def test_vtt_voices_become_speakers_and_a_continuation_inherits_its_speaker():
    reading = read(VTT)
    assert reading.shape == "vtt"
    assert [(one.speaker, one.text) for one in reading.segments] == [
        ("王敏", "能不能给我们来个一键导出？"),
        ("王敏", "财务催得很。"),
        ("陈立", "导成\xa0Excel 吗？"),
    ]
    assert (reading.segments[2].start, reading.segments[2].end) == (7.0, 8.25)
    assert reading.dropped == ()


def test_srt_names_before_a_colon_are_speakers_when_they_come_back():
    reading = read(SRT)
    assert reading.shape == "srt"
    assert [one.speaker for one in reading.segments] == ["Susan", "Susan", "Alex", "Susan", "Alex"]
    assert reading.segments[2].text == "Sure. at 10:30"


def test_turns_carry_their_project_and_their_date():
    call = {
        "title": "Export",
        "date": "2026-03-18",
        "lang": "en",
        "project": {"client": "Harbour", "system": "Desk", "industry": "x", "extra": 1},
        "participants": [{"name": "Susan", "side": "client", "role": "manager"}],
        "turns": [{"id": 7, "speaker": "Susan", "start": 0.0, "end": 1.0, "text": "Hello."}],
        "gold": {},
    }
    reading = read(json.dumps(call))
    assert reading.project is not None
    assert reading.project.participants[0].side == "client"
    assert (reading.date, reading.languages, reading.title) == ("2026-03-18", ("en",), "Export")


def test_a_turn_without_text_is_kept_as_dropped():
    reading = read('{"turns": [{"speaker": "A", "text": "yes"}, {"speaker": "B", "text": " "}]}')
    assert len(reading.segments) == 1
    assert reading.dropped[0].line == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-le"])
def test_every_usual_encoding_gives_the_same_words(encoding):
    assert read(VTT.encode(encoding)).segments == read(VTT).segments


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_do_not_matter(ends):
    assert read(VTT.replace("\n", ends)).segments == read(VTT).segments


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"  \n", "empty_file"),
        (b"hello there", "unknown_shape"),
        (b"[00:00 hello", "unknown_shape"),
        (b"client: A\nsystem: B", "unknown_shape"),
        (b"[1, 2]", "unknown_shape"),
        (b"[1, 2", "broken_json"),
        (b'{"turns": [', "broken_json"),
        (b'{"other": 1}', "unknown_shape"),
        (b'{"turns": []}', "no_turns"),
        (b'{"turns": [{"speaker": "A", "start": "soon", "text": "x"}]}', "wrong_value"),
        (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n\n", "no_turns"),
        (bytes(range(128, 256)) * 8, "unknown_encoding"),
    ],
)
def test_what_cannot_be_read_is_named(data, code):
    with pytest.raises(NotReadableError) as caught:
        read(data, "call.vtt")
    assert caught.value.code == code
    assert caught.value.params["file"] == "call.vtt"


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(data):
    try:
        reading = read(data)
    except NotReadableError:
        return
    assert reading.segments


SPOKEN = st.text(
    st.characters(codec="utf-8", exclude_characters="<>&:：\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
                  exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]),
    min_size=1,
    max_size=30,
)  # fmt: skip


@given(st.lists(SPOKEN.filter(lambda text: not text.isdigit()), min_size=1, max_size=20))
def test_no_spoken_line_of_a_vtt_is_lost(lines):
    cues = [
        f"00:{n // 60:02d}:{n % 60:02d}.000 --> 00:{n // 60:02d}:{n % 60:02d}.900\n{line}"
        for n, line in enumerate(lines)
    ]
    reading = read("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    assert [one.text for one in reading.segments] == lines


def cue(text: str, *, header: str = "", point: str = ",") -> str:
    return f"{header}1\n00:00:01{point}000 --> 00:00:02{point}000\n{text}\n"


def test_an_srt_keeps_what_only_looks_like_a_tag():
    text = "{\\an8}<b>金额</b><5000的直接通过，<font color=red>>5000</font>的<主管>审批。"
    assert read(cue(text)).segments[0].text == "金额<5000的直接通过，>5000的<主管>审批。"


def test_a_vtt_loses_its_cue_tags_only():
    text = "<v.loud 王丽>金额<5000的<c.red>直接</c><00:00:01.500>通过，>5000的<主管>&amp;审批。</v>"
    only = read(cue(text, header="WEBVTT\n\n", point=".")).segments[0]
    assert (only.speaker, only.text) == ("王丽", "金额<5000的直接通过，>5000的<主管>&审批。")


def test_control_characters_go_and_the_visible_rest_stays():
    reading = read(cue("A\x1b[31m: red\x1b[0m\x00\x07 &#27;x"))
    assert reading.segments[0].text == "red[0m x"
    assert reading.segments[0].speaker == "A[31m"


def test_a_broken_cue_keeps_its_words_with_their_line_and_names_still_count():
    reading = read(
        "1\n00:00:05,000 --> 00:00:01,000\nA: hello, we need an export\n\n"
        "2\n99:99:99,000 --> xx\nB: and a report\n\n"
        "3\n00:00:10,000 --> 00:00:12,000\n\n\n4\nno times here\nC: please add the fee\n"
    )
    assert [(one.speaker, one.text) for one in reading.segments] == [
        ("A", "hello, we need an export")
    ]
    assert (7, "B: and a report") in [(one.line, one.text) for one in reading.dropped]
    assert (15, "C: please add the fee") in [(one.line, one.text) for one in reading.dropped]


def test_a_spoken_line_right_above_a_timing_of_an_srt_is_told():
    reading = read(cue("A: yes") + "\nB: no\n00:00:03,000 --> 00:00:04,000\nA: so\n")
    assert [one.text for one in reading.dropped] == ["B: no"]


def test_names_of_one_letter_count_when_most_lines_have_one():
    lines = ["A: yes", "B: no", "well"]
    reading = read("\n".join(cue(line) for line in lines))
    assert [one.speaker for one in reading.segments] == ["A", "B", "B"]


TIMED = '{"turns": [{"text": "a", "start": 0, "end": 1}, {"text": "b", "start": %s, "end": %s}]}'


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("NaN", "5", "turns[1].start"),
        ("2", "1e400", "turns[1].end"),
        ("-Infinity", "5", "turns[1].start"),
        ("-5", "5", "turns[1].start"),
        ("5", "4", "turns[1].end"),
        ("1", "1e300", "turns[1].end"),
        ("1", "9" * 5000, "turns[1].end"),
        ('"soon"', "5", "turns[1].start"),
    ],
)
def test_a_time_that_is_none_names_its_turn(start: str, end: str, field: str):
    with pytest.raises(NotReadableError) as caught:
        read(TIMED % (start, end))
    assert (caught.value.code, caught.value.params["field"]) == ("wrong_value", field)


def test_times_of_our_own_transcript_are_checked_too():
    segments = [{"id": "s0001", "index": 0, "text": "a", "start": 3, "end": 2}]
    with pytest.raises(NotReadableError) as caught:
        read(json.dumps({"engine": {"name": "x"}, "segments": segments}))
    assert caught.value.params["field"] == "segments[0].end"


@pytest.mark.parametrize("date", ['"2026-02-30"', '"soon"', "20260230", "true", '"2026"'])
def test_a_day_that_does_not_exist_is_named(date: str):
    with pytest.raises(NotReadableError) as caught:
        read(f'{{"date": {date}, "turns": [{{"text": "a"}}]}}')
    assert (caught.value.code, caught.value.params["field"]) == ("wrong_value", "date")


@pytest.mark.parametrize("date", ["2026-03-18", "2026-03-18T10:00:00+08:00"])
def test_a_day_that_exists_is_kept(date: str):
    assert read(f'{{"date": "{date}", "turns": [{{"text": "a"}}]}}').date == date


def test_half_a_character_never_gets_in():
    reading = read(
        r'{"project": {"client": "\ud800"}, "turns": [{"speaker": "\udc00A", "text": "x\ud83d"}]}'
    )
    assert (reading.segments[0].speaker, reading.segments[0].text) == ("\ufffdA", "x\ufffd")
    assert reading.project is not None
    assert reading.project.client == "\ufffd"


def test_escapes_in_json_lose_their_control_characters():
    only = read(r'{"turns": [{"speaker": "A\u001b", "text": "re\u0000d\n2"}]}').segments[0]
    assert (only.speaker, only.text) == ("A", "red\n2")


@pytest.mark.parametrize("text", ["[" * 200_000, '{"turns": ' * 50_000, "[" * 900 + "]" * 900])
def test_deep_nesting_is_refused(text: str):
    with pytest.raises(NotReadableError):
        read(text)


def test_a_zone_of_a_call_must_exist():
    with pytest.raises(NotReadableError) as caught:
        read('{"project": {"time_zone": "Mars/Olympus"}, "turns": [{"text": "a"}]}')
    assert caught.value.params["field"] == "project.time_zone"


def test_our_own_text_reads_back():
    reading = read("[00:00:01] 王丽: 要导出\n\n[00:01:05] 陈立: 好。\n[01:00:00] : 嗯\n")
    assert reading.shape == "txt"
    assert [(one.start, one.speaker, one.text) for one in reading.segments] == [
        (1.0, "王丽", "要导出"),
        (65.0, "陈立", "好。"),
        (3600.0, None, "嗯"),
    ]
