"""JSON of speech recognisers: their words, times and numbers, leniently."""

import json
from typing import Any

import pytest

from pipeline.errors import NotReadableError
from pipeline.models.reading import Reading
from pipeline.models.transcript import Word
from pipeline.readers.reader import TranscriptReader


def read(data: Any, shape: str | None = None) -> Reading:
    return TranscriptReader().read(json.dumps(data).encode(), name="file", shape=shape)


def whisper(*segments: dict[str, Any], **more: Any) -> Reading:
    return read({"text": "", "segments": list(segments), **more})


def test_whisper_gives_text_without_its_space_and_how_sure_it_was():
    reading = whisper(
        {"start": 1.5, "end": 2, "text": " Hi.", "avg_logprob": -0.25, "no_speech_prob": 0.125},
        language="en",
    )
    only = reading.segments[0]
    assert (reading.shape, reading.languages) == ("whisper", ("en",))
    assert (only.text, only.start, only.end) == ("Hi.", 1.5, 2.0)
    assert (only.avg_logprob, only.no_speech_prob) == (-0.25, 0.125)


@pytest.mark.parametrize(
    ("language", "found"),
    [("zh", ("zh",)), ("Chinese", ("zh",)), ("en-US", ("en",)), ("fr", ()), (None, ()), (3, ())],
)
def test_the_language_is_one_of_ours_or_none(language: object, found: tuple[str, ...]):
    assert whisper({"start": 1, "text": "x"}, language=language).languages == found


def test_words_that_are_valid_are_kept_and_others_left_out():
    words = [
        {"word": " one", "start": 1.0, "end": 1.25, "probability": 0.5},
        {"word": "two", "start": 1.25, "end": 1.5, "score": 0.75},
        {"word": "2023"},
        {"word": "bad", "start": "x", "end": 2},
        {"word": " ", "start": 1, "end": 2},
        "odd",
        {"word": "late", "start": 5, "end": 4, "score": float("nan")},
    ]
    only = whisper({"start": 1, "end": 6, "text": " one two", "words": words}).segments[0]
    assert only.words == (
        Word(start=1.0, end=1.25, text="one", probability=0.5),
        Word(start=1.25, end=1.5, text="two", probability=0.75),
        Word(start=5.0, end=5.0, text="late"),
    )


def test_a_segment_without_a_speaker_has_that_of_most_of_its_words():
    words = [{"word": w, "speaker": who} for w, who in [("a", "S1"), ("b", "S2"), ("c", "S2")]]
    reading = whisper(
        {"start": 1, "end": 2, "text": "a b c", "words": [*words, {"word": "d"}]},
        {"start": 2, "end": 3, "text": "e", "speaker": "S3", "words": words},
        {"start": 3, "end": 4, "text": "f", "speaker": 0},
        {"start": 4, "end": 5, "text": "g", "speaker": {"id": "x", "name": "Ruth"}},
        {"start": 5, "end": 6, "text": "h"},
    )
    assert [one.speaker for one in reading.segments] == ["S2", "S3", "0", "Ruth", None]


def test_a_time_that_cannot_be_is_left_out_and_the_words_stay():
    reading = whisper(
        {"start": -1, "end": 2, "text": "a"},
        {"start": "1.5", "end": "2.5", "text": "b"},
        {"start": 3, "end": 1, "text": "c"},
        {"start": 1e99, "end": float("nan"), "text": "d"},
        {"start": True, "end": [], "text": "e"},
    )
    assert [(one.start, one.end) for one in reading.segments] == [
        (None, 2.0),
        (1.5, 2.5),
        (3.0, 3.0),
        (None, None),
        (None, None),
    ]


def test_what_says_nothing_is_told_and_what_has_only_words_is_said():
    reading = whisper(
        {"start": 1, "end": 2, "text": "  "},
        {"start": 2, "end": 3, "words": [{"word": "两"}, {"word": "个"}, {"word": " or"}]},
        {"start": 3, "end": 4, "words": [{"word": "three"}, {"word": "more"}]},
        "loose",  # type: ignore[arg-type]
    )
    assert [one.text for one in reading.segments] == ["两个or", "three more", "loose"]
    assert [(one.line, one.start, one.reason) for one in reading.dropped] == [(1, 1.0, "no text")]


@pytest.mark.parametrize("data", [{"text": "all of it"}, {"text": " all of it ", "segments": []}])
def test_an_answer_without_segments_is_one_turn(data: dict[str, Any]):
    assert [one.text for one in read(data).segments] == ["all of it"]


def test_a_bare_list_of_segments_is_read():
    assert read([{"start": 1, "end": 2, "text": "x"}]).shape == "whisper"


@pytest.mark.parametrize(
    "data", [{"text": "x", "other": 1}, {"segments": [{"text": "x"}]}, [1], []]
)
def test_other_json_is_not_taken_for_a_recognisers(data: Any):
    with pytest.raises(NotReadableError) as caught:
        read(data)
    assert caught.value.code == "unknown_shape"


@pytest.mark.parametrize("key", ["segments", "turns", "transcript"])
def test_meetspec_is_read_whatever_its_list_is_called(key: str):
    turn = {"start": "1.5", "end": 2, "speaker": "Ruth", "text": "x", "id": 7}
    reading = read({"schema": "meetspec/transcript/v1", "title": "Call", key: [turn], "more": {}})
    only = reading.segments[0]
    assert (reading.shape, reading.title) == ("meetspec", "Call")
    assert (only.start, only.end, only.speaker, only.text) == (1.5, 2.0, "Ruth", "x")


@pytest.mark.parametrize(
    "times",
    [
        {"offsets": {"from": 1500, "to": 62_250}},
        {"timestamps": {"from": "00:00:01,500", "to": "00:01:02,250"}},
    ],
)
def test_whisper_cpp_counts_in_milliseconds(times: dict[str, Any]):
    told = {"result": {"language": "zh"}, "transcription": [{"text": " 好", **times}]}
    reading = read(told)
    only = reading.segments[0]
    assert (reading.shape, reading.languages) == ("whisper_cpp", ("zh",))
    assert (only.text, only.start, only.end) == ("好", 1.5, 62.25)


def test_the_table_of_whisper_counts_in_milliseconds_and_keeps_every_line():
    text = "start\tend\ttext\n1500\t2500\tone\ttwo\nthree\n3000\t4000\t\n"
    reading = TranscriptReader().read(text.encode(), name="x")
    assert reading.shape == "whisper_tsv"
    assert [(one.start, one.end, one.text) for one in reading.segments] == [
        (1.5, 2.5, "one\ttwo\nthree")
    ]
    assert len(reading.dropped) == 1


def paragraph(*words: str, **told: Any) -> dict[str, Any]:
    said = [
        {"wid": str(n), "start_time": n, "end_time": n + 1, "text": w} for n, w in enumerate(words)
    ]
    return {"sentences": [{"sid": "0", "words": said}], **told}


@pytest.mark.parametrize("outer", ["minutes", "transcripts"])
def test_the_interfaces_of_tencent_give_a_turn_a_paragraph(outer: str):
    told = paragraph("先", "看", "ERP", "report", start_time=1500, end_time=2500)
    told["speaker_info"] = {"userid": "u7", "username": "周敏"}
    bare = paragraph("好", speaker_info={"userid": "u7"})
    reading = read({"errcode": 0, outer: {"paragraphs": [told, bare], "audio_detect": 1}})
    assert reading.shape == "tencent_api"
    assert [(one.speaker, one.text, one.start, one.end) for one in reading.segments] == [
        ("周敏", "先看ERP report", 1.5, 2.5),
        ("u7", "好", None, None),
    ]


def sentence(*words: str, rl: str = "0") -> dict[str, Any]:
    parts = [{"cw": [{"w": word, "wp": "n"}, {"w": "别的"}], "wb": 1, "we": 2} for word in words]
    return {"st": {"bg": "1500", "ed": "2500", "rl": rl, "rt": [{"ws": parts}]}}


def lattice(*sentences: dict[str, Any]) -> dict[str, Any]:
    return {"lattice": [{"json_1best": json.dumps(one)} for one in sentences]}


def test_the_answers_of_xfyun_are_read_at_every_depth():
    inner = lattice(sentence("先看", "报表", "。", rl="1"), sentence("好", rl="2"))
    wrapped = {"code": "000000", "content": {"orderResult": json.dumps(inner), "orderInfo": {}}}
    for told in (inner, wrapped):
        reading = read(told)
        assert reading.shape == "xfyun"
        assert [(one.speaker, one.text, one.start, one.end) for one in reading.segments] == [
            ("说话人 1", "先看报表。", 1.5, 2.5),
            ("说话人 2", "好", 1.5, 2.5),
        ]


def test_xfyun_names_nobody_where_it_told_nobody_apart():
    assert [one.speaker for one in read(lattice(sentence("a"), sentence("b"))).segments] == [
        None
    ] * 2


def test_the_older_list_of_xfyun_is_read():
    told = [{"bg": "0", "ed": "1500", "onebest": "大家好，", "speaker": "1"}]
    for data in (told, {"ok": 0, "data": json.dumps(told)}):
        only = read(data).segments[0]
        assert (only.speaker, only.text, only.start, only.end) == ("说话人 1", "大家好，", 0.0, 1.5)
