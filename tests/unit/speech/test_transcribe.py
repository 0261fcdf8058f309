"""The stage: batches are kept at once, a second run goes on, and lines become people."""

import pytest

from pipeline.errors import NotReadableError
from pipeline.models.job import Progress
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from pipeline.models.speech import HeardBatch, HeardSegment
from pipeline.models.transcript import Dropped, Word
from pipeline.transcribe import hotwords
from tests.unit.speech.scripted import BOTH, CLIENT, MEETING, TALK, US, Scripted, batch, run


def test_both_lines_are_one_conversation_in_order_of_time():
    made = run(Scripted(*TALK))
    assert [(one.id, one.index, one.text) for one in made.segments] == [
        ("s0001", 0, "Hello."),
        ("s0002", 1, "Good morning."),
        ("s0003", 2, "Go on."),
        ("s0004", 3, "Fine."),
    ]
    assert made.engine.name == "scripted"
    assert made.languages == ("en",)


def test_each_line_is_a_person_on_a_side():
    made = run(Scripted(*TALK))
    assert [(one.speaker, one.side) for one in made.segments[:2]] == [
        ("Alex", "us"),
        ("Susan", "client"),
    ]


def test_our_line_may_be_the_second():
    made = run(Scripted(*TALK, ours=1))
    assert [(one.speaker, one.side) for one in made.segments[:2]] == [
        ("Susan", "client"),
        ("Alex", "us"),
    ]


def test_a_side_with_several_people_has_a_side_but_no_name():
    third = Participant(name="Tom", side="client")
    made = run(Scripted(*TALK), Project(participants=(US, CLIENT, third)))
    assert [(one.speaker, one.side) for one in made.segments[:2]] == [
        ("Alex", "us"),
        ("Speaker 2", "client"),
    ]


def test_without_people_on_both_sides_nobody_is_put_on_one():
    made = run(Scripted(*TALK), Project(participants=(CLIENT,)))
    assert {(one.speaker, one.side) for one in made.segments} == {
        ("Speaker 1", "unknown"),
        ("Speaker 2", "unknown"),
    }


def test_on_one_channel_nobody_is_told_apart():
    made = run(Scripted(TALK[0], channels=1))
    assert {(one.speaker, one.side) for one in made.segments} == {(None, "unknown")}


def test_every_batch_is_kept_before_the_next_is_heard():
    kept: dict[str, HeardBatch] = {}
    with pytest.raises(NotReadableError):
        run(Scripted(*TALK, breaks_at=2), done=kept)
    assert list(kept) == ["0:a", "1:a"]


def test_a_second_run_hears_only_what_is_left():
    kept: dict[str, HeardBatch] = {}
    with pytest.raises(NotReadableError):
        run(Scripted(*TALK, breaks_at=2), done=kept)
    again = Scripted(*TALK)
    made = run(again, done=kept)
    assert again.heard == ["0:b"]
    assert made == run(Scripted(*TALK))


def test_what_was_left_out_is_in_the_transcript_in_order_of_time():
    late = Dropped(start=50.0, end=60.0, text="", reason="breaks off")
    early = Dropped(start=2.0, end=3.0, text="谢谢观看", reason="stock phrase")
    made = run(Scripted(*TALK, batch("end", dropped=(late, early))))
    assert made.dropped == (early, late)


def test_silence_is_a_transcript_without_segments():
    nobody = Dropped(start=0.0, end=60.0, text="", reason="nobody speaks")
    made = run(Scripted(batch("end", dropped=(nobody,))))
    assert made.segments == ()
    assert made.dropped == (nobody,)


def test_progress_is_what_both_lines_are_heard_to_and_never_runs_backwards():
    told: list[Progress] = []
    run(Scripted(*TALK), told=told)
    assert [one.done for one in told] == [0.0, 0.0, 4.0, 4.0]
    assert {one.total for one in told} == {60}
    assert [one.said and one.said.text for one in told] == [None, "Go on.", "Go on.", "Fine."]


def test_what_was_kept_is_done_from_the_start_and_no_piece_of_this_run():
    sure = [one.with_(heard_to=to) for one, to in zip(TALK, (0.0, 4.0, 10.0), strict=True)]
    told: list[Progress] = []
    run(Scripted(*sure), done={one.key: one for one in sure[:2]}, told=told)
    assert [one.done for one in told] == [4.0, 4.0, 4.0, 10.0]
    assert [one.hearing.pieces for one in told if one.hearing] == [0, 0, 0, 1]


def test_a_complaint_names_the_file_as_it_was_given():
    with pytest.raises(NotReadableError) as caught:
        run(Scripted(*TALK, breaks_at=0))
    assert caught.value.params == {"file": "call.mp3"}


def test_hotwords_are_the_projects_own_names_and_terms_without_repeats():
    orders = Entity(
        entity="order", table="so", fields=(DictionaryField(name="no", label="order number"),)
    )
    project = Project(
        system="Cloud Order",
        participants=(US, CLIENT),
        data_dictionary=(orders,),
        glossary={"order": "a sale", "SLA": "promise"},
    )
    assert hotwords(project) == ("Alex", "Susan", "Cloud Order", "order", "SLA", "order number")


def test_a_hotword_is_one_line_of_words_that_somebody_can_say():
    hostile = {"a\nb\tc": "", "x" * 10_000: "", "\x1b[31mred": "", " ": "", "审批单": ""}
    assert hotwords(Project(glossary=hostile)) == ("a b c", "[31mred", "审批单")


def test_the_languages_of_a_call_go_before_those_of_the_project():
    for spoken, of_call, asked in [
        ((), (), ()),
        (("zh", "en", "yue"), (), ("zh", "en", "yue")),
        (("zh",), ("en",), ("en",)),
    ]:
        ears = Scripted(*TALK)
        meeting = MEETING.with_(languages=of_call)
        run(ears, BOTH.with_(spoken=spoken), meeting=meeting)
        assert ears.languages == asked


def chinese(text: str, language: str | None = "zh", words: tuple[str, ...] = ()) -> HeardSegment:
    timed = tuple(Word(start=1 + at, end=2 + at, text=one) for at, one in enumerate(words))
    return HeardSegment(start=1, end=9, text=text, channel=0, language=language, words=timed)


def test_chinese_is_written_as_the_project_says():
    ears = Scripted(batch("0:a", chinese("以后的头发"), chinese("OK, Excel 8,500", "en")))
    made = run(ears, BOTH.with_(characters="taiwan"))
    assert [one.text for one in made.segments] == ["以後的頭髮", "OK, Excel 8,500"]
    assert run(ears, BOTH.with_(characters="as_heard")).segments[0].text == "以后的头发"


def test_japanese_is_not_written_as_chinese():
    made = run(Scripted(batch("0:a", chinese("国会図書館", "ja"))), BOTH.with_(characters="taiwan"))
    assert made.segments[0].text == "国会図書館"


def test_words_keep_their_times_and_are_written_as_in_the_sentence():
    heard = chinese("皇后的头发以后", words=("皇", "后", "的", "头", "发", "以", "后"))
    made = run(Scripted(batch("0:a", heard)), BOTH.with_(characters="taiwan"))
    (one,) = made.segments
    assert "".join(word.text for word in one.words) == one.text == "皇后的頭髮以後"
    assert [word.start for word in one.words] == [word.start for word in heard.words]
