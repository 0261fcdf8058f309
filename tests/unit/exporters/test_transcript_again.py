"""What we write as a transcript we read as it was, whatever was said and whoever said it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.exporters.subtitles import write_transcript
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, EngineName, Segment, Transcript, Word
from pipeline.readers.reader import TranscriptReader

LOOKS_LIKE_MORE = (
    "张工 00:00:00",
    "张工 2026/6/15 15:02",
    "2026-06-15 15:02:11 张工",
    "[00:00:01] 张工: 好",
    "[--:--:--] x",
    "说话人 1 00:03",
    "2026年6月15日 下午 3:00|1小时 2分钟 3秒",
    "关键词:",
    "文字记录:",
    "—————  2026-06-15  —————",
    "## 张工 00:00:03",
    "- [ ] 待办",
    "1. 第一",
    "| a | b |",
    "speaker,start,end,text",
    "start\tend\ttext",
    "0:00:01.000,0:00:02.000",
    "00:00:01.000 --> 00:00:02.000",
    "WEBVTT",
    "NOTE x",
    '{"segments": []}',
    "[1, 2]",
    "<html>",
    "<!doctype html>",
    "时间：上午 10:30",
    "A: B: C: d",
    "one\n\ntwo\n\n3\n00:00:01,000 --> 00:00:02,000\nx",
    "R&D &amp; &lt;b&gt; &#58; &copy",
    "3",
    ": x",
    "-",
)
LOOKS_LIKE_MORE_NAMES = (
    *(
        "susan",
        "owner",
        "A",
        "3",
        "²",
        "3号 产线",
        "WEBVTT",
        "NOTE",
        "STYLE",
        "Kind",
        "1",
        "-",
        "#",
    ),
    *(
        "{a",
        "[x]",
        "[00:00:01]",
        "10:30",
        "张工 00:00:00",
        "2026/6/15 15:02",
        "A: B",
        "王：丽",
        "<v Tom>",
    ),
    *("R&amp;D", "a\tb", "a\nb", "a,b", '"a"', "|", "周" * 60, "x" * 60, "&#58;", "a  b"),
)
PLAIN = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")
WORDS = (st.sampled_from(LOOKS_LIKE_MORE) | st.text(PLAIN | st.sampled_from("<>&:：;#\n -"), max_size=30)).map(str.strip).filter(bool)  # fmt: skip
LETTERED = st.text(PLAIN, max_size=20).map(str.strip).filter(lambda name: name[:1].isalnum())
"""A line that begins with a dot is one of a list, and nobody is called so."""
NAME = st.sampled_from(LOOKS_LIKE_MORE_NAMES) | LETTERED
TIME = st.none() | st.integers(0, 3_600_000_000 - 1).map(lambda ms: ms / 1000)
SEGMENT = st.tuples(st.none() | NAME, WORDS, TIME)
SEGMENTS = st.lists(SEGMENT, min_size=1, max_size=6)
Turn = tuple[str | None, str, float | None]
QUICK = settings(max_examples=40, deadline=None)
DEEP = settings(max_examples=500, deadline=None)


def again(turns: list[Turn], suffix: str, *, shape: str | None = None) -> Reading:
    segments = tuple(
        Segment(
            id=f"s{place + 1:04d}",
            index=place,
            start=start,
            end=None if start is None else start + 0.25,
            speaker=speaker,
            text=text,
        )
        for place, (speaker, text, start) in enumerate(turns)
    )
    return read(Transcript(engine=EngineName(name="test"), segments=segments), suffix, shape=shape)


def read(transcript: Transcript, suffix: str, *, shape: str | None = None) -> Reading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"call{suffix}"
        write_transcript(transcript, path)
        return TranscriptReader().read(path.read_bytes(), name=path.name, shape=shape)


def in_a_line(text: str) -> str:
    return " ".join(text.split())


def check_text(turns: list[Turn]) -> None:
    for shape in (None, "txt"):
        reading = again(turns, ".txt", shape=shape)
        assert reading.shape == "txt"
        assert reading.dropped == ()
        assert [(one.speaker, one.text, one.start) for one in reading.segments] == [
            (name, in_a_line(text), None if start is None else float(int(start)))
            for name, text, start in turns
        ]


def check_cues(turns: list[Turn], suffix: str) -> None:
    timed = [(name, text, start or 0.0) for name, text, start in turns]
    for shape in (None, suffix[1:]):
        reading = again(list(timed), suffix, shape=shape)
        assert reading.shape == suffix[1:]
        assert reading.dropped == ()
        assert [(one.speaker, one.text, one.start, one.end) for one in reading.segments] == [
            (name, text, start, round(start + 0.25, 3)) for name, text, start in timed
        ]


@QUICK
@given(turns=SEGMENTS)
@example(turns=[(None, text, None) for text in LOOKS_LIKE_MORE])
@example(turns=[(None, text, 1.0) for text in LOOKS_LIKE_MORE])
@example(turns=[(name, "好", None) for name in LOOKS_LIKE_MORE_NAMES])
@example(turns=[("susan", "张工 00:00:00", None), ("susan", "hello", None)])
@example(turns=[("周" * 60, "好", 1.0), (None, "好", None)])
@example(turns=[("&amp;" * 12, "好", None)])
@example(turns=[("A", "时间：上午", 1.0), ("A", "时间：下午", 2.0)])
def test_text_comes_back_with_names_words_and_seconds(turns: list[Turn]):
    check_text(turns)


@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
@QUICK
@given(turns=SEGMENTS)
@example(turns=[(None, text, 1.0) for text in LOOKS_LIKE_MORE])
@example(turns=[("周敏", text, 1.0) for text in LOOKS_LIKE_MORE])
@example(turns=[(name, "好", 1.0) for name in LOOKS_LIKE_MORE_NAMES])
@example(turns=[("A", "时间：上午 10:30", 1.0), ("A", "时间：下午 2:30", 2.0)])
def test_cues_come_back_with_names_words_and_milliseconds(turns: list[Turn], suffix: str):
    check_cues(turns, suffix)


@pytest.mark.slow
@pytest.mark.timeout(900)
@DEEP
@given(turns=SEGMENTS)
def test_everything_comes_back_on_a_long_look(turns: list[Turn]):
    check_text(turns)
    check_cues(turns, ".vtt")
    check_cues(turns, ".srt")


def test_json_comes_back_with_all_it_holds():
    whole = Transcript(
        date="2026-06-15",
        languages=("zh",),
        engine=EngineName(name="whisper", model="small"),
        segments=(
            Segment(
                id="s0007",
                index=0,
                start=1.5,
                end=2.25,
                speaker="A: B",
                side="client",
                text="one\n\n张工 00:00:00",
                channel=1,
                avg_logprob=-0.5,
                no_speech_prob=0.25,
                words=(Word(start=1.5, end=2.0, text="one", probability=0.5),),
            ),
            Segment(id="s0001", index=1, text="WEBVTT"),
        ),
        dropped=(Dropped(start=3.0, end=4.0, line=None, text="谢谢观看", reason="silence"),),
    )
    reading = read(whole, ".json")
    assert (reading.segments, reading.dropped) == (whole.segments, whole.dropped)
    assert (reading.date, reading.languages) == (whole.date, whole.languages)


def test_an_end_that_is_not_known_is_the_start():
    segment = Segment(id="s0001", index=0, start=5.0, text="x")
    reading = read(Transcript(engine=EngineName(name="t"), segments=(segment,)), ".vtt")
    assert (reading.segments[0].start, reading.segments[0].end) == (5.0, 5.0)


@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
def test_cues_without_times_are_refused(suffix: str):
    with pytest.raises(InputError):
        again([("A", "x", 1.0), ("A", "y", None)], suffix)


@pytest.mark.parametrize("suffix", [".vtt", ".srt", ".txt"])
def test_a_segment_without_words_is_not_written(suffix: str):
    turns: list[Turn] = [("A", " ", 1.0), ("\x07", "x", 2.0)]
    assert [(one.speaker, one.text) for one in again(turns, suffix).segments] == [(None, "x")]
