"""What a client asks for is neither swallowed by another ask nor withdrawn by a word about it."""

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.models.draft import Draft

Read = Callable[..., Draft]

POSTPONED = (
    "王敏: 还有，客户的身份证号在列表里别显示全，只留后四位。",
    "刘工: 好的，后四位。导出里也要脱敏吗？",
    "王敏: 导出也要。",
    "李姐: 系统现在太慢了，打开订单列表要十几秒，能不能三秒以内？",
    "刘工: 我们回去看一下，可能要加索引，我让张三周四之前给个结论。",
    "李姐: 微信公众号推送给客户那个，上次说的，还做不做？",
    "刘工: 上次说要八万块，您这边没批。",
    "李姐: 那先不做了，等明年再说。",
    "王敏: 税率从百分之十三改成百分之九，只针对农产品，别的不动。",
    "刘工: 好，农产品百分之九。什么时候生效？",
    "王敏: 下个月1号。",
)


def cited(item: Any) -> set[str]:
    return {segment for citation in item.citations for segment in citation.segments}


def test_a_word_that_puts_one_thing_off_withdraws_no_other(read: Read):
    asks = read(*POSTPONED).asks
    assert [ask.citations[0].segments[0] for ask in asks] == ["0", "3", "8"]
    assert {ask.status for ask in asks} == {"live"}


def test_what_was_put_off_stands_under_the_question_it_answers(read: Read):
    (question,) = read(*POSTPONED).questions
    assert cited(question) == {"5", "7"}


def test_a_person_who_is_told_to_do_it_owns_it(read: Read):
    action = next(one for one in read(*POSTPONED).actions if "4" in cited(one))
    assert (action.owner, action.due_verbatim) == ("张三", "周四之前")


@pytest.mark.parametrize(
    "line",
    [
        "Cleo: What about SSO? We use Okta. We talked about it in January.",
        "Cleo: Labels: print them on Zebra printers, not the laser ones.",
        "Cleo: I would also like a weekly report by email, every Monday at 7 am.",
        "Cleo: Could you maybe also look at the search? It takes 20 seconds, should be under two.",
        "Cleo: We need approval by the director above 1.500.",
    ],
)
def test_a_wish_on_another_subject_is_an_ask_of_its_own(read: Read, line: str):
    never, other = read("Cleo: Please never delete records without asking me.", line).asks
    assert (cited(never), cited(other)) == ({"0"}, {"1"})


def test_a_summary_read_back_and_confirmed_is_a_decision(read: Read):
    draft = read(
        "Uma: So let me confirm: over 250 euros or electronics, Jack approves.", "Cleo: Correct."
    )
    assert [one.text for one in draft.decisions] == ["Over 250 euros or electronics, Jack approves"]
    assert not draft.actions


def test_a_bare_date_is_told_after_the_question_it_answers(read: Read):
    draft = read(
        "王敏: 税率改成百分之九，只针对农产品。",
        "刘工: 农产品百分之九，什么时候生效？",
        "王敏: 再下个月，税务局还没发文。",
        "刘工: 那就是1月1号？",
        "王敏: 对，1月1号。",
    )
    assert [one.text for one in draft.decisions] == ["农产品百分之九，什么时候生效：1月1号"]


def test_a_promise_keeps_no_date_that_was_turned_down(read: Read):
    (action,) = read(
        "Cleo: Can the system block negative stock?",
        "Uma: Yes, that's a setting already. I'll turn it on by Thursday.",
        "Cleo: Don't turn it on before the 14th, we have the audit.",
        "Uma: Okay, after the 14th then.",
    ).actions
    assert (action.text, action.due_verbatim) == ("Turn it on", "after the 14th")
    assert action.due_date is None


def test_a_soft_promise_is_kept_as_a_weak_one(read: Read):
    (action,) = read("刘工: 9月15号应该问题不大，我尽量争取。").actions
    assert action.weak


@pytest.mark.parametrize(
    "line",
    ["Cleo: And half of them are wrong.", "Cleo: Don't include the name, that's GDPR."],
)
def test_a_fact_about_today_and_a_rule_are_no_risk(read: Read, line: str):
    assert not read(line).risks


def test_a_minus_is_no_dash(read: Read):
    (ask,) = read("王敏: -20度要报警，我们需要这个功能。").asks
    assert ask.text.startswith("-20度")


def test_a_greeting_is_no_evidence(read: Read):
    (ask,) = read(
        "Cleo: Good morning. Let me start with what hurts most.",
        "Cleo: Reception copies every appointment by hand.",
        "Cleo: Can we just have a one click export?",
    ).asks
    assert cited(ask) == {"1", "2"}
