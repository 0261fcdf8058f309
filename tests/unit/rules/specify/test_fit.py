"""Fit and scope: against what the product does, and against what the contract says."""

import pytest


@pytest.mark.parametrize(
    ("language", "said", "ours", "fit"),
    [
        ("zh", "字号能不能大一点", "这个是打印模板，字号可以调，不用开发。", "config"),
        ("zh", "过号能不能往后三个位", "三个位的话可能得改代码。", "custom"),
        (
            "en",
            "Can it tell me what to count?",
            "Yes, that's standard, it's in the product.",
            "standard",
        ),
        ("en", "One list, in the order you walk", "It can already sort by that.", "config"),
    ],
)
def test_what_we_said_in_the_call_decides(make, language: str, said: str, ours: str, fit: str):
    call = make(
        language,
        ("client", said),
        ("us", ours),
        ("client", "好。" if language == "zh" else "Okay."),
    )
    spec = call.specify(call.ask(said, said))
    assert spec.fit == fit
    assert any(ours[:10] in one for one in spec.feasibility)


def test_an_interface_is_integration_whatever_the_product_does(make):
    call = make("en", ("client", "Orders have to sync with the ERP."), capabilities=["REST API"])
    assert call.specify(call.ask("Sync orders", "sync", kind="integration")).fit == "integration"


def test_what_the_contract_excludes_is_out_with_its_line(make):
    call = make(
        "zh",
        ("client", "我们想做一个手机App查订单。"),
        scope=["3.1 订单管理：查询、导出", "3.5 不包含移动端 App"],
    )
    scope = call.specify(call.ask("手机App查订单", "手机App")).scope
    assert (scope.verdict, scope.line) == ("out", "3.5 不包含移动端 App")


def test_what_we_called_outside_the_contract_is_out_without_a_line(make):
    call = make(
        "zh",
        ("client", "设备停机能不能自动采？"),
        ("us", "这块不在合同范围里，要另外报价。"),
        ("client", "要钱啊。"),
    )
    scope = call.specify(call.ask("停机采集", "设备停机", "另外报价")).scope
    assert (scope.verdict, scope.line) == ("out", None)


def test_without_a_fitting_line_the_scope_stays_unclear(make):
    call = make("en", ("client", "We need a loyalty card."), scope=["1 Appointment list"])
    assert call.specify(call.ask("Loyalty card", "loyalty")).scope.verdict == "unclear"


def test_a_verdict_of_the_minutes_is_kept(make):
    call = make("en", ("client", "We need a loyalty card."), scope=["1 Loyalty cards"])
    ask = call.ask("Loyalty card", "loyalty", scope={"verdict": "out", "line": "9"})
    assert call.specify(ask).scope.line == "9"
