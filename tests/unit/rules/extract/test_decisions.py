"""What was settled, for now, put off or turned down, and what was only said politely."""

from typing import Any

import pytest

Read = Any


@pytest.mark.parametrize(
    ("state", "lines"),
    [
        ("agreed", ["刘工: 那上线改到八月一号，确认哈？", "王敏: 八月一号，确认。"]),
        ("agreed", ["刘工: 字段口径以谁的为准？", "王敏: 以财务的为准，不争了。"]),
        ("agreed", ["王敏: 按月太久了，按周对账。", "赵工: 我没意见。"]),
        ("agreed", ["赵工: 五千以上我批。", "王敏: 五千太低了，一万吧。", "赵工: 这个可以。"]),
        ("tentative", ["王敏: 那暂时先按六月底，回头我再跟老板确认。"]),
        ("tentative", ["王敏: 先拿两家店试一个月看看。"]),
        ("deferred", ["王敏: 多币种这期先不做，明年出海再说。"]),
        ("deferred", ["王敏: 等陈总下周回来再定吧。"]),
        ("rejected", ["刘工: 我建议发短信通知。", "王敏: 短信就不用了，页面上能下载就行。"]),
        ("rejected", ["刘工: 我们还有个智能导诊机器人模块。", "王敏: 不要，大厅已经够吵了。"]),
        ("agreed", ["Uma: So the pilot starts on the fourth of May, agreed?", "Cleo: Yes, agreed."]),
        ("agreed", ["Cleo: Fine. I can live with that, let's do that."]),
        ("agreed", ["Carl: Nothing goes live before the audit, that must stay.", "Uma: Agreed, hands off."]),
        ("tentative", ["Cleo: Let's say five hundred for now."]),
        ("tentative", ["Cleo: Pencil it in, we'll see how it goes."]),
        ("deferred", ["Cleo: Park it until he is back."]),
        ("deferred", ["Cleo: Multi-currency can wait until next year."]),
        ("rejected", ["Uma: I suggest we send a text message.", "Cleo: No text message please."]),
        ("rejected", ["Uma: We also offer a chatbot module.", "Cleo: No thanks."]),
    ],
)  # fmt: skip
def test_a_decision_has_the_state_it_was_given(read: Read, state: str, lines: list[str]):
    (decision,) = read(*lines).decisions
    assert decision.state == state


@pytest.mark.parametrize(
    "lines",
    [
        ["刘工: 常用的可以置顶。", "王敏: 嗯，看看再说吧。"],
        ["刘工: 还能放作业指导书。", "王敏: 哦，听着不错。"],
        ["刘工: 三天从什么时候算？", "王敏: 从送到那天吧。"],
        ["王敏: 好，那说ERP。"],
        ["Uma: We could add an assistant.", "Cleo: We'll see."],
        ["Uma: How many rows?", "Cleo: About five hundred."],
        ["Cleo: Okay, can you hear me now?"],
    ],
)
def test_politeness_and_answers_decide_nothing(read: Read, lines: list[str]):
    assert read(*lines).decisions == ()


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Uma: I suggest we send a text message.", "Cleo: No text message please."], "Send a text message"),
        (["Uma: I suggest we send a text message.", "Cleo: No text message please, a link is enough."], "Send a text message (a link is enough)"),
        (["刘工: 我建议导出完了发个短信。", "王敏: 短信就不用了，页面上能下载就行。"], "导出完了发个短信（页面上能下载就行）"),
    ],
)  # fmt: skip
def test_a_no_tells_what_was_proposed_and_why_not(read: Read, lines: list[str], text: str):
    (decision,) = read(*lines).decisions
    assert (decision.text, decision.state) == (text, "rejected")
    assert decision.by in ("Cleo", "王敏")


def test_a_yes_takes_its_words_from_the_proposal(read: Read):
    (decision,) = read(
        "刘工: 好，那就定下来，五千以下自动通过。", "王敏: 可以，就这么定。"
    ).decisions
    assert decision.text == "五千以下自动通过"
