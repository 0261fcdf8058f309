"""Two accounts of one call become one: every turn at its place, nothing said lost or invented."""

import pytest

from pipeline.join import join
from pipeline.models.transcript import Segment
from tests.unit.joining.conftest import (
    CALLS,
    PROJECT,
    SECOND,
    ZH,
    heard,
    told,
    transcript,
    without,
)


@pytest.mark.parametrize("call", ["zh", "en"])
@pytest.mark.parametrize("wrong", [0.0, 0.15, 0.3])
def test_the_named_turns_stand_where_they_were_said(call, wrong):
    joined = join(heard(call, wrong=wrong), told(call, zero=-30), project=PROJECT)
    turns = joined.transcript.segments
    assert joined.agreement.same
    assert [(one.speaker, one.text) for one in turns] == list(CALLS[call])
    assert joined.untimed == 0
    off = [abs((one.start or 0) - at * (SECOND + 1)) for at, one in enumerate(turns)]
    assert max(off) <= 1.6
    assert [one.index for one in turns] == list(range(len(turns)))


@pytest.mark.parametrize("call", ["zh", "en"])
def test_a_transcript_without_times_gets_those_of_the_recording(call):
    joined = join(heard(call), told(call, clocked=False), project=PROJECT)
    assert joined.untimed == 0
    assert not joined.agreement.clocked
    assert joined.transcript.segments[8].start == pytest.approx(8 * (SECOND + 1), abs=0.5)


@pytest.mark.parametrize("call", ["zh", "en"])
def test_what_only_the_recording_has_is_kept_as_its_own_turns(call):
    joined = join(heard(call), without(told(call), 4, 5), project=PROJECT)
    kept = [one for one in joined.transcript.segments if one.id.startswith("s")]
    assert [one.id for one in kept] == ["s0004"]
    assert kept[0].speaker is None
    assert kept[0].start == pytest.approx(4 * (SECOND + 1))
    assert joined.transcript.segments.index(kept[0]) == 4
    assert [one.whose for one in joined.agreement.missing] == ["ours"]


def test_what_was_said_before_the_other_begins_comes_first():
    joined = join(heard("zh"), without(told("zh"), 0, 1), project=PROJECT)
    assert [one.id for one in joined.transcript.segments[:2]] == ["s0000", "j2-0002"]
    assert len(joined.transcript.segments) == len(ZH) - 1


def test_a_part_of_a_heard_turn_is_kept_under_an_id_that_means_these_words():
    joined = join(heard("zh"), without(told("zh"), 5), project=PROJECT)
    part = next(one for one in joined.transcript.segments if one.id.startswith("s"))
    source = heard("zh").segment("s0004")
    start, end = map(int, part.id.split("-")[1:])
    assert part.text == source.text[start:end]
    assert part.text.startswith("这个要看设备")
    assert part.start == pytest.approx(5 * (SECOND + 1), abs=0.5)
    assert "".join(one.text for one in part.words) == part.text


def test_words_outside_the_recording_are_kept_without_a_time():
    short = heard("zh").with_(segments=heard("zh").segments[1:4])
    joined = join(short, told("zh"), project=PROJECT)
    times = [one.start for one in joined.transcript.segments]
    assert [one.text for one in joined.transcript.segments] == [text for _, text in ZH]
    assert times[:2] == [None, None]
    assert times[8:] == [None] * 4
    assert all(at is not None for at in times[2:8])


def test_a_turn_nobody_heard_is_placed_by_its_own_clock_between_neighbours_or_not_at_all():
    holed = heard("zh").with_(
        segments=tuple(one for at, one in enumerate(heard("zh").segments) if at not in (2,))
    )
    placed = join(holed, told("zh", zero=-30), project=PROJECT).transcript.segments[4]
    assert placed.start == pytest.approx(4 * (SECOND + 1), abs=1.5)
    blind = join(holed, told("zh", clocked=False), project=PROJECT).transcript.segments[4]
    assert blind.start is None
    cut = told("zh", zero=-30).segments
    jumped = [one.with_(start=one.start + 60) if one.index > 5 else one for one in cut]
    doubtful = join(holed, transcript(jumped), project=PROJECT).transcript.segments[4]
    assert doubtful.start is None


def test_what_was_said_at_the_same_time_is_found_in_another_order():
    turns = list(told("zh").segments)
    turns[4], turns[5] = turns[5], turns[4]
    joined = join(heard("zh"), transcript(turns), project=PROJECT)
    by_text = {one.text: one.start for one in joined.transcript.segments}
    assert by_text[ZH[4][1]] == pytest.approx(4 * (SECOND + 1), abs=0.5)
    assert by_text[ZH[5][1]] == pytest.approx(5 * (SECOND + 1), abs=0.5)
    assert len(joined.transcript.segments) == len(ZH)


def test_our_words_get_their_names():
    ours = heard("zh")
    one_each = transcript(
        [
            Segment(id=f"s{at}", index=at, start=at * 5.0, end=at * 5.0 + 4, text=text[:-1])
            for at, (_, text) in enumerate(ZH)
        ]
    )
    joined = join(one_each, told("zh"), text="ours", project=PROJECT)
    assert [one.speaker for one in joined.transcript.segments] == [name for name, _ in ZH]
    assert joined.transcript.segments[0].side == "client"
    assert [one.text for one in joined.transcript.segments] == [text[:-1] for _, text in ZH]
    mixed = join(ours, told("zh"), text="ours", project=PROJECT).transcript.segments
    assert {one.speaker for one in mixed} <= {"周岚", "何平"}


def test_two_recordings_keep_the_sound_of_the_first_and_the_words_of_both():
    first = heard("zh").with_(segments=heard("zh").segments[:5])
    second = heard("zh", late=-180)
    renamed = [one.with_(id=f"j2-{one.id}") for one in second.segments[1:]]
    joined = join(first, transcript(renamed, "faster_whisper"), text="ours", project=PROJECT)
    assert joined.agreement.begins == pytest.approx(180, abs=1)
    turns = joined.transcript.segments
    assert [one.id for one in turns[:5]] == [one.id for one in first.segments]
    assert [(one.id, one.start) for one in turns[5:]] == [("j2-s0010", None)]
