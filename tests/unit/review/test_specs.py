"""Edits, answers and approvals of specs."""

import pytest

from pipeline import review
from pipeline.errors import InputError
from pipeline.models.hashing import spec_hash
from pipeline.models.review import Voice


def test_a_spec_needs_answers_while_a_blocking_question_is_open(desk):
    assert desk.spec.status == "needs_answers"
    desk.do(review.propose(desk.spec, "answer", field="q2", after="主管和财务"), desk.spec)
    question = desk.spec.open_questions[1]
    assert (question.answer, question.answered_by, question.answered_at) == (
        "主管和财务",
        "陈立",
        desk.AT,
    )
    assert desk.spec.status == "draft"


def test_the_clients_yes_alone_does_not_approve(desk):
    voice = Voice(who="吴总", side="client", role="财务总监", channel="邮件")
    desk.do(review.approve(desk.spec, voice=voice), desk.spec)
    assert (desk.spec.review, desk.spec.status) == ("draft", "needs_answers")
    desk.do(review.approve(desk.spec), desk.spec)
    assert (desk.spec.review, desk.spec.status) == ("approved", "confirmed")
    assert [(one.who, one.side, one.channel) for one in desk.spec.approvals] == [
        ("吴总", "client", "邮件"),
        ("陈立", "us", "test"),
    ]
    assert {one.content_hash for one in desk.spec.approvals} == {spec_hash(desk.spec)}


def test_an_edit_voids_both_sides_yes_and_a_slip_of_the_pen_only_ours(desk):
    desk.do(review.approve(desk.spec, voice=Voice(who="吴总", side="client")), desk.spec)
    desk.do(review.approve(desk.spec), desk.spec)
    slip = review.propose(desk.spec, "erratum", field="limits[0]", after="单次5万行")
    desk.do(slip, desk.spec)
    assert (desk.spec.review, desk.spec.limits[0].origin) == ("draft", "stated")
    desk.do(review.approve(desk.spec), desk.spec)
    assert desk.spec.status == "confirmed"
    desk.set(desk.spec, "limits[0]", "单次八万行")
    assert (desk.spec.review, desk.spec.limits[0].origin) == ("draft", "inferred")
    desk.do(review.approve(desk.spec), desk.spec)
    assert desk.spec.status == "approved"


@pytest.mark.parametrize("after", ["单次八万行", "单次不超过五万行", None])
def test_a_slip_of_the_pen_changes_no_number_and_no_negation(desk, after: str | None):
    edit = review.propose(desk.spec, "erratum", field="limits[0]", after=after)
    with pytest.raises(InputError, match="erratum_changes_substance"):
        desk.apply(edit, desk.spec)
