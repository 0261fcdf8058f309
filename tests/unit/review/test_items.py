"""Edits and decisions on items: nobody's is lost, and no yes outlives what it was said to."""

from collections.abc import Callable

import pytest

from pipeline import review
from pipeline.errors import ConflictError, InputError
from pipeline.models.hashing import item_hash
from pipeline.models.review import Edit


def test_without_edits_the_draft_holds(desk):
    assert [item.text for _, item in desk.minutes.items()] == ["先做", "导出订单", "发方案"]
    assert not desk.minutes.reviewed
    assert desk.ask == desk.ASK.with_(content_hash=item_hash(desk.ASK))


def test_an_edit_changes_one_value_and_is_visible(desk):
    desk.set(desk.ask, "text", "批量导出订单")
    assert (desk.ask.text, desk.ask.edited, desk.ask.review) == ("批量导出订单", True, "draft")
    assert desk.ask.content_hash == item_hash(desk.ask)
    assert desk.draft.asks[0].text == "导出订单"


def test_an_edit_of_what_somebody_else_changed_meanwhile_is_refused_with_both_texts(desk):
    mine = review.propose(desk.ask, "set", field="text", after="我的写法")
    desk.set(desk.ask, "text", "别人的写法")
    with pytest.raises(ConflictError, match="changed_since_seen") as refused:
        desk.apply(mine, desk.ask)
    assert (refused.value.params["yours"], refused.value.params["theirs"]) == (
        "我的写法",
        "别人的写法",
    )


def test_two_edits_of_different_fields_do_not_meet(desk):
    mine = review.propose(desk.ask, "set", field="priority", after="must")
    desk.set(desk.ask, "text", "别人的写法")
    desk.do(mine, desk.ask)
    assert (desk.ask.text, desk.ask.priority) == ("别人的写法", "must")


def test_an_edit_of_something_else_is_a_fault_of_ours(desk):
    with pytest.raises(ValueError, match="i1"):
        desk.apply(review.approve(desk.ask), desk.minutes.actions[0])


def test_a_yes_holds_until_the_content_changes(desk):
    desk.do(review.approve(desk.ask), desk.ask)
    assert desk.ask.review == "approved"
    desk.set(desk.ask, "text", "批量导出订单")
    assert (desk.ask.review, desk.ask.stale) == ("draft", ("changed_since_approval",))
    desk.do(review.approve(desk.ask), desk.ask)
    assert (desk.ask.review, desk.ask.stale) == ("approved", ())


def test_a_yes_does_not_come_back_with_the_old_text(desk):
    desk.do(review.approve(desk.ask), desk.ask)
    desk.set(desk.ask, "text", "批量导出订单")
    desk.set(desk.ask, "text", "导出订单")
    assert desk.ask.review == "draft"


def test_a_yes_to_what_changed_meanwhile_is_refused(desk):
    mine = review.approve(desk.ask)
    desk.set(desk.ask, "text", "别人的写法")
    with pytest.raises(ConflictError, match="approval_outdated") as refused:
        desk.apply(mine, desk.ask)
    assert refused.value.params["theirs"] == "别人的写法"


@pytest.mark.parametrize(
    ("decide", "state"),
    [
        (review.reject, "rejected"),
        (review.needs_client, "needs_client"),
        (review.approve, "approved"),
    ],
)
def test_a_decision_says_why_and_can_be_taken_back(desk, decide: Callable[..., Edit], state: str):
    desk.do(decide(desk.ask, reason="重复了"), desk.ask)
    assert desk.ask.review == state
    assert desk.events[-1].body is not None
    assert (desk.events[-1].body.reason, desk.events[-1].actor, desk.events[-1].at) == (
        "重复了",
        desk.CHEN,
        desk.AT,
    )
    desk.do(review.reopen(desk.ask), desk.ask)
    assert desk.ask.review == "draft"


def test_what_no_words_prove_is_not_approved_together_with_others(desk):
    items = [item for _, item in desk.minutes.items()]
    with pytest.raises(InputError, match="bulk_approval_refused") as refused:
        review.approve_many(items)
    assert refused.value.params["items"] == "D1"
    for edit, item in zip(review.approve_many(items[1:]), items[1:], strict=True):
        desk.do(edit, item)
    assert desk.ask.review == "approved"
    desk.do(review.approve(items[0]), items[0])
    assert desk.minutes.reviewed


def test_what_is_stale_is_not_approved_together_with_others(desk):
    desk.do(review.approve(desk.ask), desk.ask)
    desk.set(desk.ask, "text", "批量导出订单")
    with pytest.raises(InputError, match="bulk_approval_refused"):
        review.approve_many([desk.ask])


def test_minutes_are_reviewed_when_everything_is_decided_and_holds(desk):
    for _, item in desk.minutes.items():
        desk.do(review.approve(item) if item.id != "T1" else review.reject(item), item)
    assert desk.minutes.reviewed
    desk.set(desk.ask, "text", "批量导出订单")
    assert not desk.minutes.reviewed
    assert not review.effective(desk.DRAFT.with_(asks=(), actions=(), decisions=()), ()).reviewed


@pytest.mark.parametrize("field", ["evidence", "review", "id", "rules[0]", None])
def test_only_named_fields_can_be_set(desk, field: str | None):
    with pytest.raises(InputError, match="field_not_editable"):
        review.propose(desk.ask, "set", field=field, after="x")


def test_an_operation_that_makes_no_sense_is_refused(desk):
    with pytest.raises(InputError, match="edit_not_possible"):
        review.propose(desk.ask, "progress", after="done")
    with pytest.raises(InputError, match="edit_not_possible"):
        review.propose(desk.ask, "answer", field="q1", after="x")


def test_progress_leaves_a_yes_as_it_is(desk):
    action = desk.minutes.actions[0]
    desk.do(review.approve(action), action)
    action = desk.minutes.actions[0]
    desk.do(review.propose(action, "progress", after="done"), action)
    assert desk.minutes.actions[0].progress == "done"
    assert desk.minutes.actions[0].review == "approved"
    with pytest.raises(InputError, match="edit_value_invalid"):
        desk.apply(
            review.propose(action, "progress", after="nearly").with_(before="done"),
            desk.minutes.actions[0],
        )


def test_an_uncited_turn_is_settled_for_each_of_its_cues(desk):
    turn = desk.minutes.coverage.uncited[0]
    desk.do(review.propose(turn, "cover", after={"state": "attached", "item": "A1"}), turn)
    first, second = desk.minutes.coverage.uncited
    assert (first.state, first.item, second.state) == ("attached", "A1", "open")


def test_the_summary_can_be_edited(desk):
    desk.set(desk.minutes, "summary.client", "谈了导出。")
    assert desk.minutes.summary.client == "谈了导出。"
