"""Correcting what was heard: versions, events, what turns stale, and who was first."""

import pytest

from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.review import verify
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service import review, transcripts

SAID = (
    ("s1", "甲", "导出订单"),
    ("s2", "乙", "发方案"),
    ("s3", "甲", "五万顶天了"),
)


@pytest.fixture
def call(house, meeting):
    segments = tuple(
        Segment(id=uid, index=at, start=at * 4, end=at * 4 + 4, speaker=who, text=text)
        for at, (uid, who, text) in enumerate(SAID)
    )
    transcript = Transcript(engine=EngineName(name="x"), segments=segments)
    return house.tools.store.save_transcript(meeting, transcript)


@pytest.fixture
def now(house, meeting, call):
    return lambda version=None: house.tools.store.transcript(meeting, version)


def test_a_corrected_turn_is_a_new_version_and_the_old_one_stays(house, meeting, chen, now, ask):
    made = transcripts.correct(
        chen, house, meeting, "s1", field="text", before="导出订单", after="导出订单表"
    )
    assert (made.version, made.segment("s1").text) == (2, "导出订单表")
    assert now() == made
    assert now(1).segment("s1").text == "导出订单"
    (event,) = review.history(chen, house, meeting, "segment")
    assert (event.entity_uid, event.body.version) == ("s1", 1)
    assert ask().stale == ("segment_corrected:s1",)
    assert ask().evidence[0].transcript_version == 1


def test_of_two_who_correct_the_same_the_second_sees_both_texts(house, meeting, chen, wang, now):
    transcripts.correct(chen, house, meeting, "s3", field="text", before=SAID[2][2], after="八万")
    with pytest.raises(ConflictError, match="changed_since_seen") as refused:
        transcripts.correct(
            wang, house, meeting, "s3", field="text", before=SAID[2][2], after="六万"
        )
    told = refused.value.params
    assert (told["yours"], told["theirs"], told["who"]) == ("六万", "八万", chen.name)
    with pytest.raises(ConflictError, match="changed_since_seen"):
        transcripts.split(wang, house, meeting, "s3", at=2, before=SAID[2][2])
    assert now().version == 2


def test_a_speaker_is_renamed_in_every_turn_at_once(house, meeting, chen, now, ask):
    made = transcripts.rename(
        chen, house, meeting, "甲", field="speaker", before="甲", after="吴总", turn="s1"
    )
    assert [one.speaker for one in made.segments] == ["吴总", "乙", "吴总"]
    assert made.version == 2
    assert len(review.history(chen, house, meeting, "segment")) == 2
    assert ask().stale == ()  # another name, the same words


def test_a_side_is_set_for_every_turn_of_a_speaker(house, meeting, chen, call, ask):
    made = transcripts.rename(
        chen, house, meeting, "甲", field="side", before="unknown", after="client", turn="s3"
    )
    assert [one.side for one in made.segments] == ["client", "unknown", "client"]
    assert ask().stale == ()  # nobody knew it before
    transcripts.correct(chen, house, meeting, "s1", field="side", before="client", after="us")
    assert ask().stale == ("segment_corrected:s1",)
    with pytest.raises(NotFoundError, match="turn_gone"):
        transcripts.rename(chen, house, meeting, "丙", field="side", before="us", after="client")


def test_a_split_makes_two_turns_and_the_record_holds(house, meeting, chen, now):
    made = transcripts.split(chen, house, meeting, "s3", at=2, before="五万顶天了")
    assert [(one.id, one.text) for one in made.segments[2:]] == [
        ("s3.1", "五万"),
        ("s3.2", "顶天了"),
    ]
    assert made.segments[2].end == made.segments[3].start == 9.6
    with pytest.raises(NotFoundError, match="turn_gone"):
        transcripts.correct(chen, house, meeting, "s3", field="text", before="x", after="y")
    assert verify(review.history(chen, house, meeting)) == ()


def test_what_does_not_fit_leaves_no_version_and_no_event(house, meeting, chen, now):
    with pytest.raises(InputError, match="split_leaves_nothing"):
        transcripts.split(chen, house, meeting, "s3", at=0, before="五万顶天了")
    with pytest.raises(InputError, match="edit_value_invalid"):
        transcripts.correct(chen, house, meeting, "s3", field="text", before=SAID[2][2], after=" ")
    with pytest.raises(InputError, match="field_not_editable"):
        transcripts.correct(chen, house, meeting, "s3", field="id", before="s3", after="s9")
    assert now().version == 1
    assert review.history(chen, house, meeting) == ()


def test_an_undo_takes_back_decisions_not_corrections(house, meeting, chen, ask, edit, call):
    edit(ask(), "reject")
    transcripts.correct(chen, house, meeting, "s2", field="text", before="发方案", after="发报价")
    review.undo(chen, house, meeting)
    assert ask().review == "draft"
