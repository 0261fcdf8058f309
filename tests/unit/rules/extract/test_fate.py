"""Later beats earlier: what became of an ask or a decision by the end of the call."""

from typing import Any

import pytest

Read = Any


def cited(item: Any) -> list[str]:
    return [segment for citation in item.citations for segment in citation.segments]


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 我们想做一个手机App查订单。", "刘工: 合同里没有包括。", "王敏: 那先不做了，当我没说。"],
        ["王敏: 客户积分能不能跨店用？", "赵工: 总部不让的。", "王敏: 哦，那不做了。"],
        ["Cleo: We would like a mobile app.", "Uma: Not in the contract.", "Cleo: Then forget it, we do not need it."],
        ["Cleo: Could points be used across stores?", "Carl: Head office banned that.", "Cleo: Never mind then."],
    ],
)  # fmt: skip
def test_a_withdrawn_ask_stays_as_withdrawn(read: Read, lines: list[str]):
    (ask,) = read(*lines).asks
    assert ask.status == "withdrawn"
    assert cited(ask)[-1] == "2"


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 日报能不能一键导出？", "刘工: 日报右上角本来就有导出。", "王敏: 有了有了，早说嘛。"],
        ["Cleo: Can we have a daily report?", "Uma: That's already in the product.", "Cleo: Oh, nobody told me."],
    ],
)  # fmt: skip
def test_what_the_product_has_is_already_supported(read: Read, lines: list[str]):
    (ask,) = read(*lines).asks
    assert ask.status == "already_supported"


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 日报能不能一键导出？", "刘工: 系统支持导出，您要什么格式？", "王敏: 要Excel的。"],
        ["Cleo: Can we have a daily report?", "Uma: There is already a weekly one.", "Cleo: Weekly is useless to me."],
    ],
)  # fmt: skip
def test_our_word_alone_does_not_settle_that_it_is_there(read: Read, lines: list[str]):
    assert read(*lines).asks[0].status == "live"


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 能不能一键导出订单？", "王敏: 另外，库存要每天同步。", "赵工: 刚才那个导出我也要，一样的。"],
        ["Cleo: Can we export the orders?", "Cleo: Also, stock must sync daily.", "Carl: Back to the export, I also want that, same thing."],
    ],
)  # fmt: skip
def test_another_who_wants_the_same_makes_a_duplicate(read: Read, lines: list[str]):
    first, _, again = read(*lines).asks
    assert (again.status, again.duplicate_of) == ("duplicate", first.ref)


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 能不能一键导出订单？", "王敏: 另外，库存要每天同步。", "王敏: 刚才那个导出，还要加上订单状态。"],
        ["Cleo: Can we export the orders?", "Cleo: Also, stock must sync daily.", "Cleo: Oh, about the export, please add the status as well."],
    ],
)  # fmt: skip
def test_a_far_turn_joins_the_ask_it_comes_back_to(read: Read, lines: list[str]):
    export, sync = read(*lines).asks
    assert cited(export) == ["0", "2"]
    assert cited(sync) == ["1"]


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 金额五千以下自动通过。", "刘工: 好，那就定下来，五千以下自动通过。", "王敏: 可以，就这么定。", "王敏: 等一下，还是改成三千以下自动通过吧。", "刘工: 好，改成三千以下自动通过。"],
        ["Cleo: Refunds below one hundred pass automatically.", "Uma: Good, so we agree, below one hundred it passes.", "Cleo: Yes, agreed.", "Cleo: Wait, about the refunds, please change it to below fifty.", "Uma: Okay, changed to below fifty."],
    ],
)  # fmt: skip
def test_a_corrected_decision_supersedes_the_earlier_one(read: Read, lines: list[str]):
    earlier, later = read(*lines).decisions
    assert later.supersedes == earlier.ref
    assert earlier.supersedes is None
