"""Corrections stay on the words they were made for."""

import pytest

from pipeline.errors import InputError
from pipeline.models.actor import Actor
from pipeline.models.correcting import Turns, corrected, halves_of
from pipeline.models.review import Edit, EditEvent, chain
from pipeline.models.transcript import EngineName, Segment, Transcript, Word


def heard(*texts: str, **more) -> Transcript:
    return Transcript(
        engine=EngineName(name="x"),
        segments=tuple(
            Segment(id=f"s{at}", index=at, start=at * 10, end=at * 10 + 10, text=text, **more)
            for at, text in enumerate(texts)
        ),
    )


def event(operation: str, before, after, *, uid: str = "s0", field: str | None = None) -> EditEvent:
    edit = Edit(
        entity="segment",
        entity_uid=uid,
        operation=operation,
        field=field,
        before=before,
        after=after,
    )
    return chain(
        edit,
        after=None,
        uid="e",
        salt="",
        actor=Actor(id="t", name="T", via="test"),
        at="",
        project="p",
        meeting="m",
    )


def split(before: str, at: int, uid: str = "s0") -> EditEvent:
    return event("split", before, {"at": at, "ids": [f"{uid}.1", f"{uid}.2"]}, uid=uid)


def texts(transcript: Transcript) -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in transcript.segments]


def test_what_was_heard_again_is_corrected_again():
    made = corrected(heard("五万", "好"), [event("set", "五万", "八万", field="text")])
    assert texts(made) == [("s0", "八万"), ("s1", "好")]


def test_words_that_were_heard_otherwise_are_left_alone():
    made = corrected(heard("六万"), [event("set", "五万", "八万", field="text")])
    assert texts(made) == [("s0", "六万")]
    assert corrected(heard(), [split("五万顶天", 2)]) == heard()


def test_a_split_gives_both_halves_new_ids_and_shares_the_time():
    made = corrected(heard("导哪些？全部。", "好"), [split("导哪些？全部。", 4)])
    assert texts(made) == [("s0.1", "导哪些？"), ("s0.2", "全部。"), ("s1", "好")]
    first, second, _ = made.segments
    assert (first.start, first.end, second.start, second.end) == (0, 5.714, 5.714, 10)
    assert [one.index for one in made.segments] == [0, 1, 2]


def test_halves_are_corrected_and_split_further():
    made = corrected(
        heard("甲乙丙"),
        [
            split("甲乙丙", 1),
            split("乙丙", 1, uid="s0.2"),
            event("set", None, "王总", uid="s0.2.1", field="speaker"),
        ],
    )
    assert texts(made) == [("s0.1", "甲"), ("s0.2.1", "乙"), ("s0.2.2", "丙")]
    assert made.segments[1].speaker == "王总"


def test_the_recognisers_words_tell_when_the_second_half_begins():
    words = (Word(start=0, end=1, text=" so"), Word(start=8, end=9, text=" yes"))
    made = corrected(heard("so yes", words=words), [split("so yes", 2)])
    assert made.segments[0].end == made.segments[1].start == 8
    assert [len(one.words) for one in made.segments] == [1, 1]


def test_a_person_is_never_unsure_of_what_they_wrote():
    made = corrected(heard("五万", avg_logprob=-2.0), [event("set", "五万", "八万", field="text")])
    assert made.segments[0].avg_logprob is None


def test_a_turn_without_times_has_halves_without_times():
    bare = heard("甲乙")
    bare = bare.with_(segments=(bare.segments[0].with_(start=None, end=None),))
    made = corrected(bare, [split("甲乙", 1)])
    assert [(one.start, one.end) for one in made.segments] == [(None, None)] * 2


@pytest.mark.parametrize("at", [0, 2, -1, 9])
def test_no_half_is_empty(at):
    with pytest.raises(InputError, match="split_leaves_nothing"):
        Turns(heard("甲乙")).correct(split("甲乙", at).body)


def test_ids_are_never_given_twice():
    segment = heard("甲").segments[0]
    assert halves_of(segment, ["s0"]) == ["s0.1", "s0.2"]
    assert halves_of(segment, ["s0.1", "s0.2"]) == ["s0.3", "s0.4"]
