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


@pytest.mark.parametrize(
    ("asked", "kind", "lines", "fit"),
    [
        (
            "药品追溯码要上传医保，走医保结算",
            "function",
            ["医保结算接口，不含追溯码上传"],
            "integration",
        ),
        ("库存调整要审批", "config", ["库存调整由任何人做，无审批步骤"], "custom"),
        ("库存调整的原因要改成下拉", "config", ["库存调整由任何人做，原因为下拉"], "config"),
        ("追溯记录要留十五年", "nfr", ["工单派工"], "process"),
        ("车辆轨迹要保留一年", "nfr", ["轨迹查询页面，默认保留 180 天"], "config"),
        ("The back of the hall is too slow, the wi-fi drops", "nfr", ["Pick list"], "process"),
        ("The screen takes ten seconds to respond", "nfr", ["Pick list"], "custom"),
    ],
)
def test_the_line_about_it_decides_with_its_kind(make, asked: str, kind: str, lines, fit: str):
    language = "zh" if not asked.isascii() else "en"
    call = make(language, ("client", asked), capabilities=lines)
    spec = call.specify(call.ask(asked, asked, kind=kind))
    assert spec.fit == fit
    assert spec.fit_line in (None, *lines)


def test_without_a_line_the_reason_is_said_and_no_line_is_made_up(make):
    call = make("zh", ("client", "想做个会员积分"), capabilities=["工单派工"])
    spec = call.specify(call.ask("会员积分", "会员积分"))
    assert spec.fit_line is None
    assert any("请对照清单" in one for one in spec.feasibility)
