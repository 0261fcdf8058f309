"""What a face may ask of review: edit, approve, take back, look up."""

import pytest

from pipeline import review as stage
from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.review import Edit
from pipeline.service import review


def test_what_was_edited_comes_back_as_it_is_now(view, ask, spec, edit):
    assert edit(ask(), "set", "text", "批量导出订单") == ask()
    assert edit(spec(), "set", "limits[1]", "十分钟内") == spec()
    assert edit(spec(), "answer", "q1", "orders.xlsx") == spec()
    turn = view().minutes.coverage.uncited[0]
    after = {"state": "attached", "item": ask().id}
    assert edit(turn, "cover", after=after) == view().minutes.coverage.uncited[0]
    assert (
        edit(view().minutes, "set", "summary.client", "谈了导出。").summary.client == "谈了导出。"
    )
    now = view()
    assert (ask().text, spec().limits[1].value) == ("批量导出订单", "十分钟内")
    assert now.minutes.coverage.uncited[0].state == "attached"
    assert now.minutes.summary.client == "谈了导出。"


def test_an_edit_that_does_not_fit_leaves_no_event(house, meeting, chen, ask, edit):
    with pytest.raises(InputError, match="edit_value_invalid"):
        edit(ask(), "set", "priority", "at once")
    with pytest.raises(NotFoundError, match="edit_target_gone") as gone:
        review.edit(
            chen,
            house,
            meeting,
            stage.propose(ask(), "set", field="text", after="我写的").with_(entity_uid="nobody"),
        )
    assert gone.value.params["yours"] == "我写的"
    mine = stage.propose(ask(), "set", field="text", after="x").with_(undoes="e1")
    with pytest.raises(InputError, match="edit_not_possible"):
        review.edit(chen, house, meeting, mine)
    assert review.history(chen, house, meeting) == ()


def test_a_no_is_not_overruled_by_a_yes_that_had_not_seen_it(house, meeting, chen, wang, ask, edit):
    yes = stage.approve(ask())
    edit(ask(), "reject", reason="没说过", actor=wang)
    with pytest.raises(ConflictError, match="changed_since_seen") as refused:
        review.edit(chen, house, meeting, yes)
    params = refused.value.params
    assert (params["yours"], params["theirs"], params["who"]) == ("approved", "rejected", "王敏")
    review.edit(chen, house, meeting, stage.approve(ask()))
    assert ask().review == "approved"


def test_two_who_say_yes_to_the_same_agree(house, meeting, chen, wang, ask):
    first, second = stage.approve(ask()), stage.approve(ask())
    review.edit(chen, house, meeting, first)
    review.edit(wang, house, meeting, second)
    assert ask().review == "approved"


def test_several_are_approved_together_or_none(house, meeting, chen, view, ask, edit):
    items = [item for _, item in view().minutes.items()]
    with pytest.raises(InputError, match="bulk_approval_refused") as refused:
        review.edit_many(chen, house, meeting, [stage.approve(one) for one in items])
    assert refused.value.params["items"] == "D1", "no words prove it"
    yes = [stage.approve(one) for one in items[1:]]
    edit(ask(), "set", "text", "批量导出订单")
    with pytest.raises(ConflictError, match="bulk_outdated") as refused:
        review.edit_many(chen, house, meeting, yes[::-1])
    assert refused.value.params["items"] == "A1 (陈立)"
    assert [item.review for _, item in view().minutes.items()] == ["draft"] * 3
    edit(ask(), "approve")
    yes = [stage.approve(item) for _, item in view().minutes.items() if item.id != "D1"]
    assert [one.review for one in review.edit_many(chen, house, meeting, yes)] == ["approved"] * 2
    assert len(review.history(chen, house, meeting)) == 4


def test_what_is_stale_and_any_spec_is_looked_at_by_itself(house, meeting, chen, ask, spec, edit):
    edit(ask(), "approve")
    edit(ask(), "set", "text", "批量导出订单")
    for on in (ask(), spec()):
        with pytest.raises(InputError, match="bulk_approval_refused"):
            review.edit_many(chen, house, meeting, [stage.approve(on)])


def test_history_says_who_did_what_when_and_why(house, meeting, chen, wang, ask, spec, edit):
    edit(spec(), "set", "title", "导出")
    edit(ask(), "set", "text", "批量导出订单", reason="口误")
    edit(ask(), "reject", actor=wang)
    first, second = review.history(chen, house, meeting, "item", ask().uid)
    assert (first.actor, first.body.before, first.body.after, first.body.reason) == (
        chen,
        "导出订单",
        "批量导出订单",
        "口误",
    )
    assert (second.actor, second.operation) == (wang, "reject")
    assert first.at <= second.at
    assert len(review.history(chen, house, meeting)) == 3


def test_the_record_outlives_the_words(house, meeting, chen, ask, edit):
    edit(ask(), "set", "text", "批量导出订单")
    house.tools.store.delete_meeting(meeting)
    assert review.check(chen, house, meeting) == ()
    assert [one.body for one in house.tools.store.edits(meeting)] == [None]
    with pytest.raises(NotFoundError, match="meeting_not_found"):
        review.check(chen, house, "nobody")


def test_whoever_tampers_with_the_record_is_found(house, meeting, chen, ask, edit):
    edit(ask(), "set", "text", "批量导出订单")
    edit(ask(), "set", "text", "一键导出")
    with house.tools.store._sessions.engine.begin() as raw:
        raw.exec_driver_sql("DROP TRIGGER edit_event_no_update")
        raw.exec_driver_sql("UPDATE edit_event SET at = '2020' WHERE seq = 1")
    (broken,) = review.check(chen, house, meeting)
    assert broken.uid == review.history(chen, house, meeting)[0].uid


def test_edits_of_anything_else_are_refused_and_not_lost_in_silence(house, meeting, chen):
    edit = Edit(entity="project", entity_uid="p", operation="set", field="client", after="我写的")
    with pytest.raises(InputError, match="edit_not_possible"):
        review.edit(chen, house, meeting, edit)
