"""What is written as a subtitle or as text reads back as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.exporters.subtitles import write_transcript
from pipeline.models.reading import Reading
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.readers.reader import TranscriptReader

Turn = tuple[str | None, str]
HARD = (
    "金额<5000的直接通过，>5000的主管审批。",
    "a <b and c> d <i>e</i> <font color=red> {\\an8} <v Tom> <00:00:01.000>",
    "00:00:01,000 --> 00:00:02,000",
    "R&D &amp; &lt; &#58; &copy &notit;",
    "时间：上午9点 10:30",
    ": : x",
    "one\n\ntwo\nNOTE three",
    "42",
    "WEBVTT",
    "- {x}",
    "-20度要报警  两个空格",
)
KEPT = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")
WORDS = (
    (st.sampled_from(HARD) | st.text(KEPT | st.sampled_from("<>&:：;#b/\n -"), max_size=40))
    .map(str.strip)
    .filter(bool)
)
NAME = (
    (
        st.sampled_from(["王丽", "A", "3号", "A:B", "<v Tom>", "R&amp;D", "10:30", "-"])
        | st.text(KEPT, max_size=30)
    )
    .map(str.strip)
    .filter(bool)
)
TURNS = st.lists(st.tuples(st.none() | NAME, WORDS), min_size=1, max_size=8)


def again(turns: list[Turn], suffix: str, *, timed: bool = True) -> Reading:
    segments = tuple(
        Segment(
            id=f"s{place + 1:04d}",
            index=place,
            start=place * 1.25 if timed else None,
            end=place * 1.25 + 0.5 if timed else None,
            speaker=speaker,
            text=text,
        )
        for place, (speaker, text) in enumerate(turns)
    )
    transcript = Transcript(engine=EngineName(name="test"), segments=segments)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"call{suffix}"
        write_transcript(transcript, path)
        return TranscriptReader().read(path.read_bytes(), name=path.name)


def told(reading: Reading) -> list[Turn]:
    return [(one.speaker, one.text) for one in reading.segments]


@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
@settings(max_examples=40, deadline=None)
@given(turns=TURNS)
@example(turns=[(None, text) for text in HARD])
@example(turns=[("王丽", text) for text in HARD])
@example(turns=[("王丽", "好"), (None, "好：的"), ("3号", "嗯")])
@example(turns=[(None, "时间：上午"), (None, "时间：下午")])
def test_cues_keep_speaker_words_and_milliseconds(turns: list[Turn], suffix: str):
    reading = again(turns, suffix)
    assert told(reading) == turns
    assert [one.start for one in reading.segments] == [n * 1.25 for n in range(len(turns))]
    assert [one.end for one in reading.segments] == [n * 1.25 + 0.5 for n in range(len(turns))]
    assert reading.dropped == ()


@settings(max_examples=40, deadline=None)
@given(turns=TURNS)
@example(turns=[("王丽", text) for text in HARD])
def test_text_keeps_speaker_words_in_one_line_and_the_second(turns: list[Turn]):
    reading = again(turns, ".txt")
    assert told(reading) == [(speaker, " ".join(text.split())) for speaker, text in turns]
    assert [one.start for one in reading.segments] == [n * 5 // 4 for n in range(len(turns))]


def test_text_without_times_reads_back_when_its_lines_have_names():
    turns = [("王丽", "我们要导出：Excel。"), ("A:B", "好。"), (None, "嗯。")]
    assert told(again(turns, ".txt", timed=False)) == turns


def test_json_keeps_everything():
    turns = [("王丽", text) for text in HARD]
    assert told(again(turns, ".json")) == turns


@pytest.mark.parametrize("suffix", [".vtt", ".srt", ".txt"])
def test_no_control_character_reaches_the_disk(suffix: str):
    assert told(again([("A\x1b[31m", "red\x1b[0m\x07")], suffix)) == [("A[31m", "red[0m")]


def test_plain_text_beyond_a_hundred_hours_keeps_its_time():
    segment = Segment(id="s0001", index=0, start=360_001, end=360_002, speaker="A", text="hi")
    transcript = Transcript(engine=EngineName(name="test"), segments=(segment,))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "call.txt"
        write_transcript(transcript, path)
        assert path.read_text(encoding="utf-8") == "[100:00:01] A: hi\n"
        assert TranscriptReader().read(path.read_bytes(), name="x").segments[0].start == 360_001
