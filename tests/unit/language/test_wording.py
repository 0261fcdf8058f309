"""Words that only look weak, and words that only look strong."""

import pytest

from pipeline.language.openings import openings
from pipeline.language.wording import WEAKNESSES, bare_number, weak_words, weight
from pipeline.words.loader import table

FINE = [
    "客户等级为 A、B、C", "同等价格优先", "平等对待", "两数相等", "编码等于旧编号", "等待审核的单据", "二等品另放",
    "请客户稍等。", "等三个字段都填完再保存", "部分发货后状态不变", "及时率大于 95%", "智能手机扫码", "合理用药审查",
    "稳定性试验样品", "取绝对值", "上下架由商品专员做", "左右两侧各一排", "不少于 30 分钟", "超过 100% 时不保存",
    "退货单由主管审核后过账", "单据须经财务经理审批", "单据被主管退回", "元/吨", "是/否", "TCP/IP", "GB/T 2828",
    "/api/v2/orders", "应付发票和应收单据", "按钮叫“尽快处理”", "选项为“一些”", "更新日期和更改人", "更多筛选",
    "系统自动把状态改为已失效", "对应的应急预案", "速动比率", "问的是：发货单导出到…：没有数据怎么办",
    "the answer to Export the shipping li…: no rows",
    "Something shall appear", "At most 5 rows", "The most recent price", "as needed by the ward",
    "The order shall be approved by the manager", "The record will be archived by the nightly job",
    "The on-time rate", "fast-moving items", "the quick ratio", "simple interest", "good receipt", "24 items/day",
    "The field is disabled", "TCP/IP", "yes/no", "The button \"Fast\" opens the list", "as soon as the order is saved",
    "The user will see the list", "how many rows are open", "many-to-many",
]  # fmt: skip


@pytest.mark.parametrize("text", FINE)
def test_what_only_looks_weak_is_left_alone(text: str):
    assert weak_words(text) == ()


@pytest.mark.parametrize("text", [
    "SAP 4.7", "接口连 SAP 4.7", "3PL 仓库", "HTTP 404", "GB/T 2828.1", "ISO 9001", "2026-03-01", "3 月 5 日",
    "10%", "5000 元", "EUR 10", "科目 6602", "the account 6602", "12-digit code", "A4", "4 columns", "合同 3.4",
    "1.8 m", "a score from 0 to 100", "状态为 2", "第 3 步", "T0001", "at 02:00",
])  # fmt: skip
def test_a_number_that_is_a_name_a_code_or_has_a_unit_is_left_alone(text: str):
    assert bare_number(text) is None


@pytest.mark.parametrize(("text", "word"), [
    ("超过 50000 时总监审批", "50000"), ("三千以上要审批", "三千"), ("amounts above 5000 need a yes", "5000"),
    ("up to twenty, above that it comes to me", "twenty"),
])  # fmt: skip
def test_a_number_of_nobody_knows_what_is_named(text: str, word: str):
    found = bare_number(text)
    assert found is not None
    assert found.word == word


@pytest.mark.parametrize(
    "text", ["不要自动结账", "半自动设备", "自动化产线", "非实时接口", "通知书打印"]
)
def test_what_does_not_promise_anything_opens_nothing(text: str):
    assert list(openings(text)) == []


def test_a_text_that_tells_the_trigger_needs_no_other():
    (opening,) = openings("每天 02:00 系统自动结账")
    trigger, failure = opening.groups
    assert trigger.is_given("每天 02:00 系统自动结账")
    assert not failure.is_given("每天 02:00 系统自动结账")
    assert not trigger.is_given("系统自动结账")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_its_words_and_a_client_is_asked_in_words(language):
    words = table("pipeline.words", language)
    assert all(f"lint.{kind}.reason" in words for kind in WEAKNESSES)
    samples = [text for kind in WEAKNESSES for text in SAMPLES.get(kind, ())]
    for weak in (weak for text in samples for weak in weak_words(text)):
        assert f"lint.use.{weak.advice}" in words
        assert weight(weak.kind).said is None or f"lint.ask.{weak.advice}" in words


SAMPLES = {
    "vague": [
        "方便 快速 美观 合理 稳定 灵活 优化 打通",
        "easy fast modern adequate robust flexible optimised seamless",
    ],
    "vague_time": ["及时，适时", "timely, eventually"],
    "escape": ["尽量，待定", "if possible, TBD"],
    "open_list": ["诸如"],
    "unbounded": ["大量 大部分 大约 定期 相关", "several mostly approximately regularly relevant"],
    "open_range": ["一定范围"],
    "compare": ["更快"],
    "absolute": ["永远"],
    "agreed": ["按约定"],
}


def test_the_samples_reach_every_list():
    reached = {
        weak.kind for texts in SAMPLES.values() for text in texts for weak in weak_words(text)
    }
    assert reached >= SAMPLES.keys()
