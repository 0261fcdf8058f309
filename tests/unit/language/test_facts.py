import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.facts import facts
from pipeline.language.support import unsupported


def missing(value: str, other: str, terms: tuple[str, ...] = ()) -> list[str]:
    return [fact.text for fact in facts(value, terms).missing_in(facts(other, terms))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("最多五万条", "50,000 行以内"),
        ("半年", "6个月"),
        ("两个小时", "120 分钟"),
        ("百分之十且二十万人民币", "Ten percent and two hundred thousand RMB"),
        ("十四个", "十四个 tab"),
        ("五点前", "下午17:00前"),
        ("a fortnight", "两周"),
        ("$500", "five hundred dollars"),
        ("给我一个文件", "给我文件"),
        ("first, export it", "export it"),
    ],
)
def test_the_same_facts_in_other_words_are_equal(one: str, other: str):
    assert missing(one, other) == []


@pytest.mark.parametrize(
    ("value", "evidence", "lost"),
    [
        ("最多五千条", "最多五万条", ["五千条"]),
        ("三天内", "五天内", ["三天"]),
        ("$500", "€500", ["$500"]),
        ("五百欧", "五百人民币", ["五百欧"]),
        ("24小时", "24天", ["24小时"]),
        ("下周三", "下周四", ["下周三"]),
        ("by Friday", "by Thursday", ["Friday"]),
        ("不能改", "能改", ["不"]),
        ("never merge", "merge", ["never"]),
        ("T0001", "T0002", ["T0001"]),
        ("第二审批人", "第三审批人", ["第二"]),
        ("上午交班", "下午交班", ["上午"]),
    ],
)
def test_a_changed_fact_is_missing(value: str, evidence: str, lost: list[str]):
    assert missing(value, evidence) == lost


def test_a_date_is_held_by_a_fuller_one_but_not_the_reverse():
    assert missing("周五", "下周五") == []
    assert missing("下周五", "周五") == ["下周五"]
    assert missing("12月31号", "2025年12月31日") == []


def test_terms_are_names_that_must_occur():
    terms = ("订单号", "金额", "SO")

    assert missing("订单号和金额", "要有订单号", terms) == ["金额"]
    assert missing("SO number", "also number", terms) == ["SO"]


@given(st.text(alphabet="不能导出五万条3天下周三能5%a b，T1 no two"))
def test_every_text_holds_its_own_facts(text: str):
    mine = facts(text)

    assert mine.missing_in(mine) == ()
    assert not mine.differ_from(facts(text))


@pytest.mark.parametrize(
    ("value", "evidence"),
    [
        ("导出上限五万条", ["能导出就行", "不要太多，五万条以内"]),
        (
            "超过一百万必须有第二审批人",
            ["Manual journals over one million must have a second approver."],
        ),
        ("谁都不能改，错了红字冲", ["麻精的记录谁都不能改，错了只能红字冲。"]),
        ("Quotes allowed with banner", ["Let me quote and block the order. Big red banner."]),
    ],
)
def test_a_value_in_other_words_is_supported(value: str, evidence: list[str]):
    assert unsupported(value, evidence) == ()


@pytest.mark.parametrize(
    ("value", "evidence"),
    [
        ("导出上限五千条", ["五万条以内"]),
        ("记录谁都能改", ["麻精的记录谁都不能改。"]),
        ("quotes are allowed", ["Quotes are not allowed."]),
        ("周四导出", ["周三导出"]),
    ],
)
def test_a_flipped_value_is_unsupported(value: str, evidence: list[str]):
    assert unsupported(value, evidence)


def test_the_glossary_may_supply_a_number_but_not_a_negation():
    assert unsupported("保存三年", ["按规定保存"], glossary=["规定：保存三年"]) == ()
    assert unsupported("不能导出", ["可以导出"], glossary=["不能改"])


def test_a_term_nobody_said_is_unsupported():
    lost = unsupported("导出订单号和客户名", ["导出客户名"], terms=["订单号", "客户名"])

    assert [fact.text for fact in lost] == ["订单号"]


def test_twenty_degrees_are_not_twenty_below_zero():
    assert facts("20度要报警").differ_from(facts("-20度要报警"))
    assert not facts("零下二十度要报警").differ_from(facts("-20度要报警"))
