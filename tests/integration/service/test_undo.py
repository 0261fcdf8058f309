"""An edit taken back: what was there before is there again, and nobody else's words go."""

import pytest

from pipeline import review as stage
from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.review import Voice
from pipeline.service import review


def test_an_edit_is_taken_back_by_another_event(house, meeting, chen, ask, edit):
    edit(ask(), "set", "text", "批量导出订单")
    (now,) = review.undo(chen, house, meeting)
    assert (now, now.text) == (ask(), "导出订单")
    made, back = review.history(chen, house, meeting, "item", ask().uid)
    assert (back.body.before, back.body.after, back.body.undoes) == (
        "批量导出订单",
        "导出订单",
        made.uid,
    )
    assert review.check(chen, house, meeting) == ()


def test_each_undo_goes_one_step_further_back(house, meeting, chen, ask, edit):
    for text in ("一", "二", "三"):
        edit(ask(), "set", "text", text)
    for text in ("二", "一", "导出订单"):
        review.undo(chen, house, meeting)
        assert ask().text == text
    with pytest.raises(NotFoundError, match="nothing_to_undo"):
        review.undo(chen, house, meeting)


def test_an_undo_can_be_taken_back_by_name_and_nothing_twice(house, meeting, chen, ask, edit):
    edit(ask(), "set", "text", "批量导出订单")
    review.undo(chen, house, meeting)
    made, back = review.history(chen, house, meeting)
    with pytest.raises(InputError, match="undone_already"):
        review.undo(chen, house, meeting, made.uid)
    review.undo(chen, house, meeting, back.uid)
    assert ask().text == "批量导出订单"
    review.undo(chen, house, meeting)
    assert ask().text == "导出订单"


def test_only_ones_own_last_edit_is_taken_back(house, meeting, chen, wang, ask, edit):
    edit(ask(), "set", "text", "批量导出订单")
    edit(ask(), "set", "priority", "must", actor=wang)
    review.undo(chen, house, meeting)
    assert (ask().text, ask().priority) == ("导出订单", "must")


def test_what_somebody_changed_since_is_not_taken_back(house, meeting, chen, wang, ask, edit):
    edit(ask(), "set", "text", "批量导出订单")
    edit(ask(), "set", "text", "王敏的写法", actor=wang)
    with pytest.raises(ConflictError, match="changed_since_seen") as refused:
        review.undo(chen, house, meeting)
    params = refused.value.params
    assert (params["yours"], params["theirs"], params["who"]) == ("导出订单", "王敏的写法", "王敏")
    assert ask().text == "王敏的写法"


@pytest.mark.parametrize(
    ("path", "after"),
    [
        ("goal", "不用抄了"),
        ("goal", None),
        ("limits[0]", "单次八万行"),
        ("limits[1]", None),
        ("limits[2]", "只限工作日"),
        ("data_fields[0]", {"label": "单号", "name": None, "type": None}),
        ("data_fields[0].label", "单号"),
        ("data_fields[0].example", "SO-1"),
        ("title", "导出"),
        ("not_for", ["王敏"]),
    ],
)
def test_a_value_of_a_spec_comes_back_with_its_origin_and_evidence(
    house, meeting, chen, spec, edit, path, after
):
    before = spec()
    edit(spec(), "set", path, after)
    assert spec().content_hash != before.content_hash
    review.undo(chen, house, meeting)
    assert spec().content_hash == before.content_hash, "origin and evidence are content"


def test_a_row_keeps_what_somebody_else_wrote_into_it(house, meeting, chen, wang, spec, edit):
    edit(spec(), "set", "data_fields[0]", {"label": "单号", "name": None, "type": None})
    edit(spec(), "set", "data_fields[0].example", "SO-1", actor=wang)
    review.undo(chen, house, meeting)
    row = spec().data_fields[0]
    assert (row.label, row.origin, row.example.value) == ("订单号", "stated", "SO-1")


def test_an_origin_does_not_come_back_where_the_row_says_something_else(
    house, meeting, chen, wang, spec, edit
):
    edit(spec(), "set", "data_fields[0].label", "单号")
    edit(spec(), "set", "data_fields[0].name", "so.no", actor=wang)
    review.undo(chen, house, meeting)
    row = spec().data_fields[0]
    assert (row.label, row.name, row.origin) == ("订单号", "so.no", "inferred")


@pytest.mark.parametrize("first", ["draft", "reject", "needs_client", "approve"])
@pytest.mark.parametrize("then", ["approve", "reject", "needs_client", "reopen"])
def test_a_decision_taken_back_leaves_what_was_decided_before(
    house, meeting, chen, ask, spec, edit, first, then
):
    for on in (spec, ask):  # a spec nobody worked on goes with its ask
        if first != "draft":
            edit(on(), first)
        before = on()
        edit(on(), then)
        review.undo(chen, house, meeting)
        assert on() == before


def test_what_was_stale_is_stale_again_when_the_yes_is_taken_back(house, meeting, chen, ask, edit):
    edit(ask(), "approve")
    edit(ask(), "set", "text", "批量导出订单")
    stale = ask().stale
    edit(ask(), "approve")
    assert (ask().stale, stale) == ((), ("changed_since_approval",))
    review.undo(chen, house, meeting)
    assert (ask().review, ask().stale) == ("draft", stale)


def test_a_yes_of_the_client_can_be_taken_back(house, meeting, chen, spec):
    voice = Voice(who="吴总", side="client", channel="微信")
    review.edit(chen, house, meeting, stage.approve(spec()))
    ours = spec()
    review.edit(chen, house, meeting, stage.approve(spec(), voice=voice))
    assert spec().status == "confirmed"
    review.undo(chen, house, meeting)
    assert spec() == ours


def test_a_yes_that_an_edit_voided_does_not_come_back_with_the_old_words(
    house, meeting, chen, ask, edit
):
    edit(ask(), "approve")
    edit(ask(), "set", "text", "批量导出订单")
    review.undo(chen, house, meeting)
    assert (ask().text, ask().review) == ("导出订单", "draft")


@pytest.mark.parametrize("first", ["draft", "reject"])
def test_a_yes_that_an_edit_voided_bars_no_way_back(house, meeting, chen, ask, edit, first):
    start = ask()
    if first != "draft":
        edit(ask(), first)
    edit(ask(), "approve")
    edit(ask(), "set", "text", "批量导出订单")
    for _ in range(2 if first == "draft" else 3):
        review.undo(chen, house, meeting)
    assert ask() == start.with_(edited=True)
    with pytest.raises(NotFoundError, match="nothing_to_undo"):
        review.undo(chen, house, meeting)


def test_two_yeses_that_an_edit_voided_bar_no_way_back(house, meeting, chen, ask, edit):
    start = ask()
    edit(ask(), "approve")
    edit(ask(), "approve")
    edit(ask(), "set", "text", "批量导出订单")
    review.undo(chen, house, meeting)
    review.undo(chen, house, meeting)
    assert (ask().review, ask().stale) == ("draft", ("changed_since_approval",))
    review.undo(chen, house, meeting)
    assert ask() == start.with_(edited=True)


def test_what_somebody_else_put_back_already_bars_no_way_back(
    house, meeting, chen, wang, ask, edit
):
    edit(ask(), "set", "priority", "could")
    edit(ask(), "set", "text", "批量导出订单")
    edit(ask(), "set", "text", "导出订单", actor=wang)
    review.undo(chen, house, meeting)
    review.undo(chen, house, meeting)
    assert (ask().text, ask().priority) == ("导出订单", "unknown")


def test_a_no_of_somebody_else_is_not_taken_back_with_the_yes_before_it(
    house, meeting, chen, wang, ask, edit
):
    edit(ask(), "approve")
    edit(ask(), "reject", actor=wang)
    with pytest.raises(ConflictError, match="changed_since_seen"):
        review.undo(chen, house, meeting)
    assert ask().review == "rejected"


def test_progress_answers_and_turns_are_taken_back(house, meeting, chen, wang, view, spec, edit):
    edit(view().minutes.actions[0], "progress", after="done")
    review.undo(chen, house, meeting)
    assert view().minutes.actions[0].progress == "open"
    edit(spec(), "answer", "q1", "orders.xlsx", actor=wang)
    before = spec()
    edit(spec(), "answer", "q1", "订单.xlsx")
    review.undo(chen, house, meeting)
    assert spec() == before
    turn = view().minutes.coverage.uncited[0]
    edit(turn, "cover", after={"state": "attached", "item": "A1"})
    review.undo(chen, house, meeting)
    assert view().minutes.coverage.uncited[0] == turn


def test_several_are_taken_back_together_or_none(house, meeting, chen, wang, view, edit):
    yes = [stage.approve(item) for _, item in view().minutes.items() if item.id != "D1"]
    review.edit_many(chen, house, meeting, yes)
    uids = [event.uid for event in review.history(chen, house, meeting)]
    edit(view().minutes.asks[0], "reject", actor=wang)
    with pytest.raises(ConflictError):
        review.undo(chen, house, meeting, *uids)
    assert view().minutes.actions[0].review == "approved"
    review.undo(wang, house, meeting)
    review.undo(chen, house, meeting, *uids)
    assert {item.review for _, item in view().minutes.items()} == {"draft"}
