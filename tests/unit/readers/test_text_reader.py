"""Transcripts that somebody else made come in whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotReadableError
from pipeline.readers.text_reader import TextReader

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
    return TextReader().read(data, name=name)


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
