"""What is an ask of the client, and what only sounds like one."""

from typing import Any

import pytest

from pipeline.models.project import Project

Read = Any


def texts(draft: Any) -> list[str]:
    return [ask.text for ask in draft.asks]


@pytest.mark.parametrize(
    "line",
    [
        "王敏: 能不能给我们来个一键导出？",
        "王敏: 合同到期前三十天要自动提醒法务。",
        "王敏: 有个小事，打印出来的送货单上能不能带上客户的电话？",
        "王敏: 我们想把老系统里的客户档案都搬过来，大概八千条。",
        "王敏: 客服改价必须留痕，谁改的、改之前是多少。",
        "Cleo: Can we just have a one click export?",
        "Cleo: Contracts should trigger an alert to legal thirty days before they expire.",
        "Cleo: Could the delivery note carry the customer's phone number?",
        "Cleo: We want all the old customer records brought over, around eight thousand.",
        "Cleo: Branches mustn't see each other's data.",
    ],
)
def test_a_wish_of_the_client_is_an_ask(read: Read, line: str):
    (ask,) = read(line).asks
    assert ask.speaker == line.split(":")[0]
    assert ask.raw_quote in line


@pytest.mark.parametrize(
    "lines",
    [
        ["刘工: 我建议加一个看板。", "王敏: 再说吧。"],
        ["刘工: 您的意思是每个审批节点都要短信提醒？", "王敏: 对。"],
        ["刘工: 现在开票用的是哪家的盘？", "王敏: 百望的。"],
        ["王敏: 昨天我女儿说想要个平板。", "刘工: 哈哈。"],
        ["王敏: 能听到吗？", "刘工: 能听到。"],
        ["王敏: 老板想提前到六月底。"],
        ["王敏: 上次我们要了三个报表，后来没人看。"],
        ["Uma: Maybe we could add a dashboard.", "Cleo: Maybe."],
        ["Uma: So you want a text at every approval step?", "Cleo: Right."],
        ["Cleo: My daughter wants a pony, so good luck to all of us.", "Uma: Ha."],
        ["Cleo: Can you hear me?", "Uma: Yes."],
        ["Cleo: My boss wants the end of June."],
        ["Cleo: Last time we wanted three reports and nobody read them."],
    ],
)
def test_what_only_sounds_like_an_ask_is_none(read: Read, lines: list[str]):
    assert texts(read(*lines)) == []


@pytest.mark.parametrize(
    ("lines", "answers"),
    [
        (["王敏: 能不能来个导出？", "刘工: 导出哪些列？", "王敏: 必须有订单号和金额。"], ["0", "2"]),
        (["Cleo: Can we have an export?", "Uma: Which columns?", "Cleo: It must have the fee."], ["0", "2"]),
    ],
)  # fmt: skip
def test_an_answer_to_our_question_is_a_detail(read: Read, lines: list[str], answers: list[str]):
    (ask,) = read(*lines).asks
    assert [citation.segments[0] for citation in ask.citations] == answers


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 能不能一键导出订单？", "王敏: 另外，库存要每天跟财务系统同步。"],
        ["王敏: 能不能一键导出订单？", "王敏: 哦，客户手机号要脱敏。"],
        ["Cleo: Can we export the orders?", "Cleo: Also, stock must sync to the ledger daily."],
        ["Cleo: Can we export the orders?", "Cleo: And phone numbers must be masked."],
    ],
)
def test_a_new_subject_is_another_ask(read: Read, lines: list[str]):
    assert len(read(*lines).asks) == 2


def test_the_trouble_before_an_ask_is_its_pain(read: Read):
    (ask,) = read(
        "王敏: 客服每天要把订单抄到表格里，一抄就是两个小时。", "王敏: 能不能一键导出？"
    ).asks
    assert ask.pain == "客服每天要把订单抄到表格里，一抄就是两个小时"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("王敏: 还有，能不能给我们来个一键导出？", "一键导出"),
        ("王敏: 另外我们想做一个手机App查订单。", "手机App查订单"),
        ("Cleo: Second, we also need a reminder for patients.", "Reminder for patients"),
        ("Cleo: Can we just have a one click export?", "One click export"),
    ],
)
def test_the_text_is_the_wish_without_its_lead_in(read: Read, line: str, text: str):
    assert texts(read(line)) == [text]


@pytest.mark.parametrize(
    ("line", "kind", "priority"),
    [
        ("王敏: 库存必须和金蝶每天同步一次。", "integration", "must"),
        ("王敏: 最好能导出日报。", "report", "could"),
        ("王敏: 客户手机号要脱敏。", "permission", "unknown"),
        ("Cleo: Invoices must sync to Xero every night.", "integration", "must"),
        ("Cleo: It would be nice to have a monthly report.", "report", "could"),
        ("王敏: 订单审批太慢了，能不能自动一点？", "config", "unknown"),
        ("Cleo: Refund approval is far too slow, can it be more automatic?", "config", "unknown"),
        ("王敏: 不一定要快，能导出就行，我们想要一个导出。", "report", "unknown"),
    ],
)
def test_an_ask_has_a_kind_and_the_urgency_that_was_said(
    read: Read, line: str, kind: str, priority: str
):
    (ask,) = read(line).asks
    assert (ask.kind, ask.priority) == (kind, priority)


@pytest.mark.parametrize(
    ("line", "verdict", "scope"),
    [
        ("王敏: 我们想要订单导出。", "in", "3.1 订单：查询、导出"),
        ("Cleo: We would like mobile apps for the drivers.", "out", "2.5 Mobile apps are not part of it"),
        ("Cleo: We need a reminder for patients.", "unclear", None),
        ("Cleo: Refund approval is far too slow, can it be more automatic?", "in", "2.2 Refund approval rules"),
    ],
)  # fmt: skip
def test_the_contract_line_decides_the_scope(
    read: Read, line: str, verdict: str, scope: str | None
):
    (ask,) = read(line).asks
    assert (ask.scope.verdict, ask.scope.line) == (verdict, scope)


def test_speakers_nobody_knows_are_told_apart_by_how_they_talk(read: Read):
    nobody = Project(client="C", system="S")
    draft = read(
        "说话人1: 您说的导出是导成什么格式？我建议您这边先定字段。",
        "说话人2: 能不能给我们来个一键导出？",
        "说话人1: 我们系统支持按筛选导出，您看可以吗？",
        within=nobody,
    )
    assert [ask.speaker for ask in draft.asks] == ["说话人2"]
