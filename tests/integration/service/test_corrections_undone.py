"""A correction taken back: what was heard is there again, exactly, and what rests on it holds."""

import pytest

from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.correcting import corrected
from pipeline.models.transcript import EngineName, Segment, Transcript, Word
from pipeline.service import review, transcripts

SAID = (("s1", "甲", "导出订单"), ("s2", "乙", "发方案"), ("s3", "甲", "五万顶天了"))


def turn(at: int, uid: str, who: str, text: str) -> Segment:
    words = (Word(start=at * 4, end=at * 4 + 3, text=text, probability=0.5),)
    sure = {"avg_logprob": -0.4, "no_speech_prob": 0.1, "words": words}
    return Segment(id=uid, index=at, start=at * 4, end=at * 4 + 4, speaker=who, text=text, **sure)


@pytest.fixture
def call(house, meeting):
    segments = tuple(turn(at, *one) for at, one in enumerate(SAID))
    transcript = Transcript(engine=EngineName(name="x"), segments=segments)
    return house.tools.store.save_transcript(meeting, transcript)


@pytest.fixture
def now(house, meeting, call):
    return lambda: house.tools.store.transcript(meeting)


@pytest.fixture
def write(house, meeting, chen):
    def written(uid, before, after, *, actor=chen):
        fields = {"field": "text", "before": before, "after": after}
        return transcripts.correct(actor, house, meeting, uid, **fields)

    return written


@pytest.fixture
def last(house, meeting, chen):
    return lambda: review.history(chen, house, meeting, "segment")[-1].uid


@pytest.fixture
def undo(house, meeting, chen, last):
    return lambda uid=None, actor=chen: review.undo(actor, house, meeting, uid or last())


def test_the_words_come_back_with_what_the_recogniser_knew(
    house, meeting, chen, call, now, write, undo, ask
):
    write("s1", "导出订单", "导出订单表")
    assert ask().stale == ("segment_corrected:s1",)
    (made,) = undo()
    assert made == now()
    assert (made.version, made.segments) == (3, call.segments)
    assert ask().stale == ()
    first, back = review.history(chen, house, meeting, "segment")
    assert (back.body.undoes, back.body.before, back.body.after) == (
        first.uid,
        "导出订单表",
        "导出订单",
    )
    assert review.check(chen, house, meeting) == ()
    with pytest.raises(InputError, match="undone_already"):
        undo(first.uid)


def test_a_correction_that_was_taken_back_can_be_made_again_by_name(call, now, write, undo, ask):
    write("s1", "导出订单", "导出订单表")
    mended = now().segments
    undo()
    undo()
    assert now().segments == mended
    assert ask().stale == ("segment_corrected:s1",)


def test_a_name_for_all_turns_goes_back_as_one(house, meeting, chen, call, now, undo, last):
    transcripts.rename(
        chen, house, meeting, "甲", field="speaker", before="甲", after="吴总", turn="s1"
    )
    made = review.history(chen, house, meeting, "segment")
    undo(made[0].uid)
    assert now().segments == call.segments
    assert now().version == 3
    undo(last())
    assert [one.speaker for one in now().segments] == ["吴总", "乙", "吴总"]


def test_a_side_goes_back(house, meeting, chen, call, now, undo):
    transcripts.correct(chen, house, meeting, "s2", field="side", before="unknown", after="client")
    undo()
    assert now().segments == call.segments


def test_a_joined_turn_has_its_own_name_again_and_what_cites_it_holds(
    house, meeting, chen, call, now, undo, ask
):
    transcripts.split(chen, house, meeting, "s1", at=2, before="导出订单")
    assert ask().stale == ("segment_corrected:s1",)
    undo()
    assert now().segments == call.segments
    assert ask().stale == ()
    made = transcripts.split(chen, house, meeting, "s1", at=1, before="导出订单")
    assert [one.id for one in made.segments[:2]] == ["s1.3", "s1.4"], "no id is given twice"
    assert review.check(chen, house, meeting) == ()


def test_a_split_taken_back_can_be_made_again_with_the_same_names(
    house, meeting, chen, call, now, undo
):
    made = transcripts.split(chen, house, meeting, "s1", at=2, before="导出订单")
    undo()
    undo()
    assert now().segments == made.segments
    undo()
    assert now().segments == call.segments


def test_what_somebody_changed_since_stays_and_both_texts_are_told(
    wang, chen, now, write, undo, house, meeting
):
    write("s1", "导出订单", "导出订单表")
    (first,) = review.history(chen, house, meeting, "segment")
    write("s1", "导出订单表", "导出所有订单", actor=wang)
    with pytest.raises(ConflictError, match="changed_since_seen") as refused:
        undo(first.uid)
    told = refused.value.params
    assert (told["yours"], told["theirs"], told["who"]) == ("导出订单", "导出所有订单", "王敏")
    assert now().segment("s1").text == "导出所有订单"


def test_halves_that_somebody_worked_on_are_not_joined(
    house, meeting, chen, wang, call, now, write, undo
):
    transcripts.split(chen, house, meeting, "s1", at=2, before="导出订单")
    (split,) = review.history(chen, house, meeting, "segment")
    write("s1.2", "订单", "定单", actor=wang)
    with pytest.raises(ConflictError, match="changed_since_seen") as refused:
        undo(split.uid)
    told = refused.value.params
    assert (told["yours"], told["theirs"], told["who"]) == ("导出订单", "导出 / 定单", "王敏")
    undo(actor=wang)
    undo(split.uid)
    assert now().segments == call.segments


def test_one_of_several_turns_that_somebody_changed_keeps_them_all(
    house, meeting, chen, wang, call, now, undo
):
    rename = {"field": "speaker", "before": "甲", "after": "吴总"}
    transcripts.rename(chen, house, meeting, "甲", turn="s1", **rename)
    uid = review.history(chen, house, meeting, "segment")[0].uid
    transcripts.correct(wang, house, meeting, "s3", field="speaker", before="吴总", after="王总")
    with pytest.raises(ConflictError):
        undo(uid)
    assert [one.speaker for one in now().segments] == ["吴总", "乙", "王总"]


def test_what_was_cited_between_is_stale_when_the_words_go_back(
    house, meeting, chen, call, write, undo, last, ask
):
    write("s1", "导出订单", "导出订单表")
    minutes = house.tools.store.draft_minutes(meeting)
    cited = minutes.asks[0].evidence[0].with_(transcript_version=2)
    newer = minutes.asks[0].with_(evidence=(cited,))
    house.tools.store.save_minutes(minutes.with_(asks=(newer,)))
    assert ask().stale == ()
    undo()
    assert ask().stale == ("segment_corrected:s1",)
    undo(last())
    assert ask().stale == ()


def test_what_rests_on_a_half_is_stale_when_it_is_joined(house, meeting, chen, call, undo, ask):
    transcripts.split(chen, house, meeting, "s1", at=2, before="导出订单")
    minutes = house.tools.store.draft_minutes(meeting)
    cited = minutes.asks[0].evidence[0].with_(transcript_version=2, segments=("s1.1",))
    newer = minutes.asks[0].with_(evidence=(cited,))
    house.tools.store.save_minutes(minutes.with_(asks=(newer,)))
    assert ask().stale == ()
    undo()
    assert ask().stale == ("segment_corrected:s1",)


def test_a_yes_taken_back_brings_no_reason_that_is_gone(
    house, meeting, chen, write, undo, call, ask, edit
):
    write("s1", "导出订单", "导出订单表")
    edit(ask(), "approve")
    undo()
    assert (ask().review, ask().stale) == ("approved", ())
    review.undo(chen, house, meeting)
    assert (ask().review, ask().stale) == ("draft", ())


def test_what_is_heard_again_knows_only_what_still_stands(house, meeting, chen, call, write, undo):
    write("s1", "导出订单", "导出订单表")
    transcripts.split(chen, house, meeting, "s3", at=2, before="五万顶天了")
    undo()
    events = house.tools.store.edits(meeting, entity="segment")
    again = corrected(call, events)
    assert [one.text for one in again.segments] == ["导出订单表", "发方案", "五万顶天了"]
    assert again.segments[2] == call.segments[2]


def test_a_turn_that_was_split_since_is_told_to_be_gone(house, meeting, chen, write, call, undo):
    write("s3", "五万顶天了", "八万顶天了")
    (first,) = review.history(chen, house, meeting, "segment")
    transcripts.split(chen, house, meeting, "s3", at=2, before="八万顶天了")
    with pytest.raises(NotFoundError, match="turn_gone"):
        undo(first.uid)


def test_words_and_decisions_are_taken_back_together_or_not_at_all(
    house, meeting, chen, wang, call, now, write, ask, edit
):
    write("s1", "导出订单", "导出订单表")
    edit(ask(), "set", "text", "批量导出")
    uids = [one.uid for one in review.history(chen, house, meeting)]
    edit(ask(), "set", "text", "王敏的写法", actor=wang)
    with pytest.raises(ConflictError):
        review.undo(chen, house, meeting, *uids)
    assert now().segment("s1").text == "导出订单表"
    review.undo(wang, house, meeting)
    review.undo(chen, house, meeting, *uids)
    assert (now().segments, ask().text) == (call.segments, "导出订单")
