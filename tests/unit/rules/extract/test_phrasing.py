"""Items read like a sentence of the minutes: words are cut, never added."""

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.language import cues
from pipeline.models.draft import Draft

Read = Any
Bundled = Callable[..., Draft]


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        (
            "zh",
            [
                "一键导出，加上订单状态",
                "订单审批自动一点：三千以下自动通过",
                "库存要和金蝶ERP每天同步一次",
                "缺货的时候最好能提醒采购",
                "手机App查订单",
                "客户手机号要脱敏",
            ],
        ),
        (
            "en",
            [
                "One click export, add the dentist name as well",
                "Refund approval more automatic: change it to below fifty dollars",
                "Invoices must sync to Xero every night",
                "Reminder for patients the day before their visit",
                "Mobile app for the dentists",
                "Phone numbers must be masked",
            ],
        ),
    ],
)
def test_an_ask_is_one_clause_after_all_corrections(
    bundled: Bundled, language: str, asks: list[str]
):
    assert [one.text for one in bundled(language).asks] == asks


@pytest.mark.parametrize(
    ("language", "decisions"),
    [
        ("zh", ["导出完成以后发短信通知（页面上能下载就行）", "五千以下自动通过", "那App先不做了", "暂时先按六月底", "审批：三千以下自动通过"]),
        (
            "en",
            [
                "Send a text message when the export is done (a download link on the page is enough)",
                "Below one hundred it passes automatically",
                "Plan for the end of June for now",
                "Refunds: change it to below fifty dollars",
            ],
        ),
    ],
)  # fmt: skip
def test_a_decision_says_what_it_is_about(bundled: Bundled, language: str, decisions: list[str]):
    assert [one.text for one in bundled(language).decisions] == decisions


@pytest.mark.parametrize(
    ("language", "actions"),
    [
        ("zh", ["下周三之前给你答复", "六月底应该可以，尽量安排", "回头再跟老板确认", "培训安排", "周五之前把纪要发给您"]),
        (
            "en",
            [
                "Give you an answer by next Wednesday",
                "The end of June should be fine, I will try my best",
                "Confirm with my boss",
                "Arrange the training",
                "Send the minutes by Friday",
            ],
        ),
    ],
)  # fmt: skip
def test_who_does_it_stands_in_its_own_column(bundled: Bundled, language: str, actions: list[str]):
    assert [one.text for one in bundled(language).actions] == actions


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("刘工: 没有文档我们没法估工期，这是一个风险。", "没有文档没法估工期"),
        ("Uma: Without that document we cannot estimate the work, that is a risk.", "Without that document we cannot estimate the work"),
    ],
)  # fmt: skip
def test_a_risk_is_not_called_a_risk_once_more(read: Read, line: str, text: str):
    (risk,) = read(line).risks
    assert risk.text == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["刘工: 哦，金蝶那边有没有API文档？", "王敏: 不清楚。"], "金蝶那边有没有API文档？"),
        (
            ["Uma: So is there an API document?", "Cleo: I am not sure."],
            "Is there an API document?",
        ),
    ],
)
def test_a_question_keeps_its_mark(read: Read, lines: list[str], text: str):
    (question,) = read(*lines).questions
    assert question.text == text


@pytest.mark.parametrize(
    ("lines", "owner", "text"),
    [
        (["刘工: 赵工，你把字段映射表补一下，下周一之前。", "赵工: 好。"], "赵工", "把字段映射表补一下"),
        (["Uma: Carl, can you finish the mapping sheet by Monday?", "Carl: Will do."], "Carl", "Finish the mapping sheet by Monday"),
    ],
)  # fmt: skip
def test_what_somebody_was_told_to_do_is_theirs(
    read: Read, lines: list[str], owner: str, text: str
):
    (action,) = read(*lines).actions
    assert (action.owner, action.side, action.text) == (owner, "client", text)


@pytest.mark.parametrize(
    ("lines", "weak"),
    [
        (["王敏: 文档我要问厂商，不一定有。", "王敏: 我下周三之前给你答复。"], False),
        (["王敏: 回头我再跟老板确认。"], True),
        (["Cleo: I have to ask our accountant, I am not sure there is one.", "Cleo: I will give you an answer by next Wednesday."], False),
        (["Uma: That should be fine, I will send it on Friday."], True),
    ],
)  # fmt: skip
def test_only_a_soft_promise_is_weak(read: Read, lines: list[str], weak: bool):
    (action,) = read(*lines).actions
    assert action.weak is weak


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_was_said(bundled: Bundled, language: str):
    """Of asks, promises and risks no word, and in Chinese no pair of characters, is new."""
    draft = bundled(language)
    for item in (*draft.asks, *draft.actions, *draft.risks):
        said = cues.plain(" ".join(one.quote for one in item.citations))
        words = cues.plain(item.text).replace(":", " ").replace(",", " ").split()
        missing = [word for word in words if word not in said] if language == "en" else []
        new = [char for char in item.text if char not in "，：；（）" and char.lower() not in said]
        assert not missing if language == "en" else not new


def test_a_number_heard_about_another_matter_changes_no_ask(read: Read):
    draft = read(
        "Cleo: I want the drivers to have the run on a screen.",
        "Uma: Anything else?",
        "Carl: Refunds need a second look, make it three.",
    )
    assert all("three" not in ask.text for ask in draft.asks if "run on a screen" in ask.text)
