"""Cues of every maker: who speaks is told as the file tells it, and nothing is said twice."""

from pipeline.models.reading import Reading
from pipeline.readers.reader import TranscriptReader

ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:01.000 --> 00:00:03.000 align:start position:0%
{space}
so<00:00:01.500><c> the</c><00:00:02.000><c> report</c>

00:00:03.000 --> 00:00:03.010 align:start position:0%
so the report


00:00:03.010 --> 00:00:05.000 align:start position:0%
so the report
must<00:00:03.500><c> load</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
must load


00:00:05.010 --> 00:00:06.000 align:start position:0%
must load
must<00:00:05.500><c> load</c>

00:00:20.000 --> 00:00:21.000 align:start position:0%
must load
""".format(space=" ")


def read(text: str, shape: str | None = None) -> Reading:
    return TranscriptReader().read(text.encode(), name="file", shape=shape)


def told(reading: Reading) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in reading.segments]


def srt(*lines: str) -> str:
    return "\n".join(
        f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{line}\n" for n, line in enumerate(lines, 1)
    )


def test_captions_that_roll_hold_each_line_once_and_a_word_said_twice_twice():
    reading = read(ROLLING)
    assert [one.text for one in reading.segments] == [
        "so the report",
        "must load",
        "must load",
        "must load",
    ]
    assert [one.start for one in reading.segments] == [1.0, 3.01, 5.01, 20.0]
    assert reading.dropped == ()


def test_lines_that_come_back_in_other_captions_were_said_again():
    assert [text for _, text in told(read(srt("对。", "对。")))] == ["对。", "对。"]


def test_a_name_may_hold_a_colon_when_all_its_lines_agree():
    reading = read(srt("Ruth: hi", "Tom: Sales: yes", "well", "Ruth: Note: that", "Tom: Sales: no"))
    assert told(reading) == [
        ("Ruth", "hi"),
        ("Tom: Sales", "yes"),
        ("Tom: Sales", "well"),
        ("Ruth", "Note: that"),
        ("Tom: Sales", "no"),
    ]


def test_two_voices_in_one_cue_are_two_turns():
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v 周敏>先看报表</v>\n<v.loud 陈立>好的。"
    reading = read(text)
    assert told(reading) == [("周敏", "先看报表"), ("陈立", "好的。")]
    assert {(one.start, one.end) for one in reading.segments} == {(1.0, 3.0)}


def test_what_stands_before_the_only_voice_of_a_cue_is_said_by_it():
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n- <v 周敏>先看报表</v> 好"
    assert told(read(text)) == [("周敏", "- 先看报表 好")]


def test_two_known_names_in_one_cue_are_two_turns():
    reading = read(srt("A: yes", "B: no", "A: and then\nB: never\nat 10:30"))
    assert told(reading)[2:] == [("A", "and then"), ("B", "never at 10:30")]


def test_a_vtt_without_its_first_line_still_tells_who_speaks():
    reading = read("00:00:01.000 --> 00:00:03.000\n<v 周敏>先看报表</v>\n\n"
                   "00:00:04.000 --> 00:00:05.000\n好\n")  # fmt: skip
    assert reading.shape == "vtt"
    assert told(reading) == [("周敏", "先看报表"), ("周敏", "好")]


def test_cues_with_a_point_but_no_first_line_are_read():
    assert told(read("00:01.000 --> 00:02.000\n好\n")) == [(None, "好")]


def test_sbv_keeps_its_times_and_its_names():
    reading = read(
        "0:00:01.000,0:00:03.500\nRuth: one[br]two\n\n0:01:04.000,0:01:03.000\nRuth: x\n"
    )
    assert reading.shape == "sbv"
    assert told(reading) == [("Ruth", "one two"), ("Ruth", "x")]
    assert [(one.start, one.end) for one in reading.segments] == [(1.0, 3.5), (64.0, 64.0)]


def test_a_number_that_is_said_in_an_sbv_is_not_the_number_of_a_cue():
    assert [text for _, text in told(read("0:00:01.000,0:00:02.000\n42\n0:00:03.000,0:00:04.000\nx"))] == [
        "42",
        "x",
    ]  # fmt: skip


def test_cues_below_other_text_are_read_and_the_text_is_told():
    reading = read("x\n" * 60 + srt("y"))
    assert told(reading) == [(None, "y")]
    assert [one.text for one in reading.dropped] == ["x"] * 60


def test_blank_lines_within_a_cue_lose_nothing():
    reading = read(srt("A: one") + "\ntwo\n\n" + "9\n00:00:09,000 --> 00:00:10,000\nA: three\n")
    assert [text for _, text in told(reading)] == ["one", "three"]
    assert [one.text for one in reading.dropped] == ["two"]
