"""What the specs lane sends, on a real database."""

from typing import Any

import pytest

from pipeline import review as stage
from pipeline.handoff import check
from pipeline.lint import lint
from pipeline.models.spec import OpenQuestion
from pipeline.service import review, specs
from ui.outbox import obey


@pytest.fixture
def send(house, meeting, chen, spec):
    """One command about the spec, as the browser makes it; its answer."""

    def make(operation: str = "set", *, actor=chen, op="edit", **more: Any):
        command = {"id": "c1", "op": op, **more}
        if op == "edit":
            command |= {"entity": "spec", "uid": spec().uid, "operation": operation}
        return obey(actor, house, meeting, [command], "zh")["c1"]

    return make


@pytest.fixture
def bases(house, chen, view, spec):
    """What the spec may be compared with."""

    def found():
        meeting = view().meeting.uid
        drafts = specs.drafts(chen, house, meeting)[spec().uid]
        return tuple(specs.bases_of(spec(), drafts, review.history(chen, house, meeting, "spec")))

    return found


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("title", "订单导出", "订单批量导出"),
        ("goal", "少抄", "不用手抄"),
        ("limits[1]", "半小时内", "十分钟内"),
        ("limits[2]", None, "只导当天的"),
        ("data_fields[0].label", "订单号", "单号"),
        ("data_fields[0].name", None, "so_order.order_no"),
        ("data_fields[0].required", None, True),
        ("data_fields[1]", None, {"label": "金额"}),
        ("permissions[0]", None, {"role": "财务"}),
        ("acceptance[0]", None, {"given": "", "when": "点导出", "then": "", "kind": "happy"}),
        ("assumptions", [], ["按月导"]),
        ("effort", {"days": None, "by": None}, {"days": 3, "by": None}),
        ("open_questions[0].question", "文件名？", "文件名怎么取？"),
        ("open_questions[0].blocking", False, True),
        ("scope.verdict", "unclear", "in"),
        ("kind", "function", "report"),
    ],
)
def test_every_value_of_the_page_is_written_as_the_browser_sends_it(send, field, before, after):
    answer = send(field=field, before=before, after=after)
    assert answer.ok, answer.message
    assert answer.events
    assert answer.hash


def test_what_somebody_writes_is_an_assumption(send, spec):
    send(field="goal", before="少抄", after="不用手抄")
    assert (spec().goal.value, spec().goal.origin) == ("不用手抄", "inferred")


def test_an_entry_taken_out_comes_back_with_an_undo(send, spec):
    answer = send(field="limits[0]", before="单次五万行", after=None)
    assert [one.value for one in spec().limits] == ["半小时内"]
    assert send(op="undo", events=answer.events).ok
    assert {one.value: one.origin for one in spec().limits} == {
        "半小时内": "inferred",
        "单次五万行": "stated",
    }


def test_an_answer_is_kept_with_who_gave_it_and_who_noted_it(send, spec):
    said = {"answer": "orders.xlsx", "who": "吴总", "side": "client"}
    assert send("answer", field="q1", before=None, after=said).ok
    asked = spec().open_questions[0]
    assert (asked.answer, asked.answered_by, asked.answered_side, asked.noted_by) == (
        "orders.xlsx",
        "吴总",
        "client",
        "陈立",
    )
    again = send("answer", field="q1", before=None, after="x.csv")
    assert (again.ok, again.theirs, again.yours) == (False, "orders.xlsx", "x.csv")
    same = send("answer", field="q1", before=None, after=said)
    assert same.ok, "its answer was lost on the way"


def test_the_same_answer_of_somebody_else_is_not_taken_for_ones_own(send, wang):
    said = {"answer": "orders.xlsx", "who": "吴总", "side": "client"}
    assert send("answer", field="q1", before=None, after=said, actor=wang).ok
    answer = send("answer", field="q1", before=None, after=said | {"who": "李经理"})
    assert (answer.ok, answer.theirs, answer.yours) == (False, "orders.xlsx", "orders.xlsx")


def test_an_answer_becomes_a_value_and_goes_with_it(send, spec):
    said = {"answer": "orders.xlsx", "who": None, "side": "us"}
    before = spec()
    answer = send("answer", field="q1", before=None, after=said)
    (rule,) = spec().rules
    assert (rule.value, rule.origin) == ("文件名：orders.xlsx", "answered")
    assert (spec().open_questions[0].answered_by, spec().open_questions[0].noted_by) == (
        "陈立",
        None,
    )
    other = send("answer", field="q1", before="orders.xlsx", after={"answer": "单.xlsx"})
    assert [one.value for one in spec().rules] == ["文件名：单.xlsx"]
    assert send(op="undo", events=other.events).ok
    assert [one.value for one in spec().rules] == ["文件名：orders.xlsx"]
    assert spec().open_questions[0].answered_by == "陈立"
    assert send(op="undo", events=answer.events).ok
    assert spec().content_hash == before.content_hash


def test_an_answer_voids_the_yes_that_came_before_it(send, spec):
    assert send("approve", before=spec().content_hash).ok
    assert send("answer", field="q1", before=None, after={"answer": "orders.xlsx"}).ok
    assert (spec().review, spec().stale) == ("draft", ("changed_since_approval",))


@pytest.mark.parametrize("after", [{"answer": ""}, {"answer": "x", "side": "nobody"}, 5, ["x"]])
def test_what_is_no_answer_is_refused(send, spec, after):
    assert not send("answer", field="q1", before=None, after=after).ok
    assert spec().open_questions[0].answer is None


def test_nobody_says_for_the_service_what_was_asked(house, meeting, chen, spec):
    forged = OpenQuestion(id="q9", slot="other", question="可以不付钱吗？")
    edit = stage.propose(spec(), "answer", field="q1", after="可以").with_(asked=forged)
    review.edit(chen, house, meeting, edit)
    (event,) = review.history(chen, house, meeting, "spec")
    assert event.body.asked.question == "文件名？"


def test_a_yes_right_behind_an_edit_is_a_yes_to_what_it_made(house, meeting, chen, spec):
    on = spec()
    about = {"op": "edit", "entity": "spec", "uid": on.uid}
    edit = {"id": "c1", "operation": "set", "field": "goal", "before": "少抄", "after": "不用手抄"}
    yes = {"id": "c2", "operation": "approve", "before": on.content_hash, "follows": "c1"}
    answers = obey(chen, house, meeting, [about | edit, about | yes], "zh")
    assert [one.ok for one in answers.values()] == [True, True]
    assert (spec().review, spec().stale) == ("approved", ())


def test_both_texts_come_back_where_somebody_was_quicker(send, wang):
    send(field="title", before="订单导出", after="批量导出", actor=wang)
    answer = send(field="title", before="订单导出", after="一键导出")
    assert (answer.ok, answer.theirs, answer.yours) == (False, "批量导出", "一键导出")


def test_no_and_ask_the_client_are_kept_with_the_reason(send, spec, house, meeting, chen):
    assert send("needs_client", before="draft", reason="没人说过").ok
    assert spec().review == "needs_client"
    assert send("reject", before="needs_client", reason="不做").ok
    reasons = [one.body.reason for one in review.history(chen, house, meeting, "spec")]
    assert (spec().review, reasons) == ("rejected", ["没人说过", "不做"])


def test_an_edit_that_adds_an_error_closes_the_gate_and_one_that_mends_it_opens_it(send, spec):
    case = {"given": "有订单", "when": "点导出", "then": "得到文件", "kind": "happy"}
    assert send(field="acceptance", before=[], after=[case]).ok
    assert send("approve", before=spec().content_hash).ok
    assert check(spec()) == ()
    assert send(field="rules[0]", before=None, after="导出订单号、金额等").ok
    assert send("approve", before=spec().content_hash).ok
    assert [one.code for one in check(spec())] == ["lint_error"]
    assert send(field="rules[0]", before="导出订单号、金额等", after="导出订单号、金额").ok
    assert send("approve", before=spec().content_hash).ok
    assert check(spec()) == ()
    assert spec().findings == lint(spec())


def test_the_draft_stays_what_it_was(send, spec, bases):
    send(field="title", before="订单导出", after="批量导出")
    (base,) = bases()
    assert (base.since, base.old.title, base.new.title) == ("draft", "订单导出", "批量导出")


def test_changes_are_told_since_the_last_yes(send, bases):
    send(field="title", before="订单导出", after="批量导出")
    assert bases()[0].since == "draft"
    yes = send(
        "approve", before=bases()[0].new.content_hash, after={"who": "吴总", "side": "client"}
    )
    send(field="title", before="批量导出", after="一键导出")
    first, second = bases()
    assert (first.since, first.who, first.side) == ("approved", "吴总", "client")
    assert (first.old.title, first.new.title) == ("批量导出", "一键导出")
    assert (second.since, second.old.title) == ("draft", "订单导出")
    assert send(op="undo", events=yes.events).ok
    assert [one.since for one in bases()] == ["draft"]


def test_a_yes_to_a_draft_that_a_run_replaced_is_found_again(send, spec, bases, house, meeting):
    send("answer", field="q1", before=None, after={"answer": "a.xlsx", "side": "us"})
    send("approve", before=spec().content_hash)
    store = house.tools.store
    ask = store.minutes(meeting).asks[0]
    (draft,) = store.spec_drafts(meeting)[spec().uid]
    newer = draft.with_(title="订单导出（新）", open_questions=())
    store.save_spec(meeting, store.identify_spec(meeting, ask, newer))
    approved, first, run = bases()
    assert (approved.since, approved.old.title, approved.new.title) == (
        "approved",
        "订单导出",
        "订单导出（新）",
    )
    assert [one.value for one in approved.new.rules] == ["文件名：a.xlsx"]
    assert (first.since, first.old) == ("draft", draft)
    assert (run.since, run.old.title, run.new.title) == ("run", "订单导出", "订单导出（新）")
