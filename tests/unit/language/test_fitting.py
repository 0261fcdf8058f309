"""Which capability an ask comes under, and what we said about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import fitting

LINES = (
    "订单列表按门店、状态筛选",
    "订单两级审批流（主管、财务），审批条件可配置",
    "单个订单派单，不支持多选批量",
    "轨迹查询页面（手工录入节点），默认保留 180 天",
    "Quote PDF template in one language; currency at a manual rate",
    "Attachments stored up to 100 GB; email history import by mailbox",
)


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("订单审批流自动一点", 1),
        ("多个订单一次批量派单", 2),
        ("车辆轨迹保留一年", 3),
        ("A quote PDF in three languages", 4),
        ("Migrate the email history by mailbox", 5),
    ],
)
def test_the_line_that_names_most_of_the_ask_decides(asked: str, line: int):
    held = fitting.deciding(asked, (), LINES)
    assert held is not None
    assert held.line == LINES[line]


@pytest.mark.parametrize("asked", ["We need a loyalty card", "想做个会员积分", ""])
def test_no_line_decides_what_none_is_about(asked: str):
    assert fitting.deciding(asked, (), LINES) is None


def test_a_part_that_says_what_is_not_there_counts_only_where_it_is_asked_for():
    batch = fitting.deciding("订单派单要能批量", (), LINES)
    single = fitting.deciding("单个订单派单", (), ("订单派单；无车型校验",))
    assert batch is not None
    assert batch.lacks
    assert single is not None
    assert not single.lacks


def test_what_can_be_set_must_be_what_was_asked_for():
    """Templates of an import say nothing about reports of trouble on the road."""
    line = "订单录入、Excel 导入，导入模板可按客户配置列映射"
    held = fitting.deciding("司机上报在途异常，订单录入", (), (line,))
    assert held is not None
    assert not held.settable
    set_up = fitting.deciding("车辆轨迹保留一年", (), LINES)
    assert set_up is not None
    assert set_up.settable


@pytest.mark.parametrize(
    ("turns", "fit"),
    [
        (["这个是打印模板，不用开发。"], "config"),
        (["不用开发。", "不对，得开发。"], "custom"),
        (["That's standard, it's in the product."], "standard"),
        (["我们看看。"], None),
    ],
)
def test_what_we_said_last_counts(turns: list[str], fit: str | None):
    said = fitting.told(turns)
    assert (said and said.fit) == fit


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("这块不在合同范围里，要另外报价。", "out"),
        ("合同里没有这个。", "out"),
        ("这个在合同范围内。", "in"),
        ("That is not in the contract.", "out"),
        ("That is part of the contract.", "in"),
        ("合同下周签。", None),
    ],
)
def test_what_we_said_about_the_contract(text: str, verdict: str | None):
    assert fitting.contract([text]) == verdict


def test_another_system_is_set_up_and_never_just_there():
    said = fitting.told(["That's standard, it connects over SAML."])
    assert fitting.usual("integration", said) == "config"
    assert fitting.usual("custom", said) == "standard"


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=5))
def test_a_line_is_given_letter_by_letter_or_not_at_all(asked: str, lines: list[str]):
    held = fitting.deciding(asked, (), lines)
    assert held is None or (held.line in lines and held.share >= fitting.ENOUGH)
    found = fitting.one_of(asked, lines)
    assert found is None or found in lines
