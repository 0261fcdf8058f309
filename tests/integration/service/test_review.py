"""What a face may ask of review: edit, approve, take back, look up."""

import pytest

from pipeline import review as stage
from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.review import Edit, Voice
from pipeline.service import meetings, review


@pytest.fixture
def view(house, meeting, chen):
    return lambda: meetings.view(chen, house, meeting)


@pytest.fixture
def ask(view):
    return lambda: view().minutes.asks[0]


@pytest.fixture
def spec(view):
    return lambda: view().specs[0]


@pytest.fixture
def edit(house, meeting, chen):
    """Proposes on what is given, and keeps it."""

    def make(on, operation="set", field=None, after=None, *, actor=chen, reason=None):
        proposed = stage.propose(on, operation, field=field, after=after, reason=reason)
        return review.edit(actor, house, meeting, proposed)

    return make


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
    with pytest.raises(ConflictError, match="approval_outdated"):
        review.edit_many(chen, house, meeting, yes[::-1])
    assert [item.review for _, item in view().minutes.items()] == ["draft"] * 3
    yes = [stage.approve(item) for _, item in view().minutes.items() if item.id != "D1"]
    assert [one.review for one in review.edit_many(chen, house, meeting, yes)] == ["approved"] * 2
    assert len(review.history(chen, house, meeting)) == 3


def test_what_is_stale_and_any_spec_is_looked_at_by_itself(house, meeting, chen, ask, spec, edit):
    edit(ask(), "approve")
    edit(ask(), "set", "text", "批量导出订单")
    for on in (ask(), spec()):
        with pytest.raises(InputError, match="bulk_approval_refused"):
            review.edit_many(chen, house, meeting, [stage.approve(on)])


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
