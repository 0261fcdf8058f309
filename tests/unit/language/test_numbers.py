from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numbers import find_numbers


def said(text: str) -> list[tuple[str, str | None]]:
    return [(f"{one.value.normalize():f}", one.unit) for one in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一次最多五万条", [("1", "次"), ("50000", "条")]),
        ("50,000 行", [("50000", "条")]),
        ("5万条", [("50000", "条")]),
        ("1.5 亿元", [("150000000", "元")]),
        ("五千", [("5000", None)]),
        ("两千八左右", [("2800", None)]),
        ("日均一千九", [("1900", None)]),
        ("一千一百个", [("1100", "个")]),
        ("三千零五块", [("3005", "元")]),
        ("一百二十万", [("1200000", None)]),
        ("一亿两千万", [("120000000", None)]),
        ("两个小时", [("2", "小时")]),
        ("一个半小时", [("1.5", "小时")]),
        ("两个半月", [("2.5", "月")]),
        ("一年半", [("1.5", "年")]),
        ("半年以内", [("0.5", "年")]),
        ("半个小时", [("0.5", "小时")]),
        ("一半是空的", [("0.5", None)]),
        ("百分之三", [("3", "%")]),
        ("百分百", [("100", "%")]),
        ("三分之一", [("0.333333", None)]),
        ("八成", [("80", "%")]),
        ("零点八左右", [("0.8", None)]),
        ("二点一", [("2.1", None)]),
        ("三百来条", [("300", "条")]),
        ("四十多万", [("400000", None)]),
        ("十几个 cost center", [("10", "个")]),
        ("两个T", [("2", "TB")]),
        ("三百块", [("300", "元")]),
        ("五千人民币", [("5000", "元")]),
        ("五百欧", [("500", "欧元")]),
        ("统一五千条", [("5000", "条")]),
        ("五十多岁", [("50", "岁")]),
        ("５０条，１０％", [("50", "条"), ("10", "%")]),
        ("3%", [("3", "%")]),
        ("20w 条", [("200000", "条")]),
        ("三个工作日", [("3", "工作日")]),
    ],
)
def test_chinese_numbers_have_their_value_and_unit(text: str, expected: list[tuple[str, str]]):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty thousand rows", [("20000", "row")]),
        ("one hundred", [("100", None)]),
        ("a hundred and eighty gigabytes", [("180", "GB")]),
        ("twenty-five hundred feet", [("2500", "foot")]),
        ("nine thousand four hundred live customers", [("9400", None)]),
        ("a dozen users", [("12", "user")]),
        ("half a dozen", [("6", None)]),
        ("two and a half hours", [("2.5", "hour")]),
        ("half an hour", [("0.5", "hour")]),
        ("an hour and a half", [("1.5", "hour")]),
        ("half a million", [("500000", None)]),
        ("ten percent", [("10", "%")]),
        ("ten per cent", [("10", "%")]),
        ("two hundred and fifty bucks", [("250", "dollar")]),
        ("$4,100 a month", [("4100", "dollar")]),
        ("$1.5 million", [("1500000", "dollar")]),
        ("RMB 200,000", [("200000", "yuan")]),
        ("180 GB", [("180", "GB")]),
        ("5k rows", [("5000", "row")]),
        ("sixty-odd", [("60", None)]),
        ("two point one percent", [("2.1", "%")]),
        ("the eighteen-digit one", [("18", "digit")]),
        ("a nine-day-late invoice", [("9", "day")]),
        ("asked twice", [("2", "time")]),
        ("one file", [("1", "file")]),
        ("3 working days", [("3", "workday")]),
    ],
)
def test_english_numbers_have_their_value_and_unit(text: str, expected: list[tuple[str, str]]):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一两百公斤", [("100", "公斤"), ("200", "公斤")]),
        ("三四盒", [("3", "盒"), ("4", "盒")]),
        ("四五百行", [("400", "条"), ("500", "条")]),
        ("七八十个", [("70", "个"), ("80", "个")]),
        ("十二三家", [("12", "家"), ("13", "家")]),
        ("三到五万条", [("30000", "条"), ("50000", "条")]),
        ("5-10分钟", [("5", "分钟"), ("10", "分钟")]),
        ("60 to 80 hours", [("60", "hour"), ("80", "hour")]),
        ("one or two days", [("1", "day"), ("2", "day")]),
    ],
)
def test_a_range_gives_both_ends_in_the_shared_unit(text: str, expected: list[tuple[str, str]]):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("八点半交班", [("8.5", "点")]),
        ("下午三点", [("15", "点")]),
        ("三点二十", [("3.3333", "点")]),
        ("17:30 前", [("17.5", "o'clock")]),
        ("half past four", [("4.5", "o'clock")]),
        ("6 p.m.", [("18", "o'clock")]),
        ("Four thirty.", [("4.5", "o'clock")]),
        ("at six in the evening", [("18", "o'clock")]),
        ("three o'clock", [("3", "o'clock")]),
    ],
)
def test_a_time_of_day_is_a_number_of_hours(text: str, expected: list[tuple[str, str]]):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一键导出", "试一下", "一起", "一定要", "不一样", "一直", "一些", "有一点", "万一不行", "十分重要",
        "三方系统", "二维码", "一旦", "一目了然", "千万别", "统一", "唯一", "一般", "几十个", "好几百条",
        "十二月三十一号", "周一到周五", "星期三", "九几年的磨床", "一次性", "礼拜五", "2025-12-31",
        "no one", "the one that stays", "one of them", "just a second", "by the 24th", "next Friday",
        "T0001", "版本 v12", "单号 A3-77", "3.2.1", "h5 页面",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_is_none(text: str):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("第二个审批人", 2), ("the second factor", 2), ("a second approver", 2), ("the 3rd try", 3)],
)
def test_an_ordinal_is_marked_as_one(text: str, value: int):
    (one,) = find_numbers(text)

    assert (one.value, one.ordinal) == (value, True)


@pytest.mark.parametrize("text", ["五万条", "5万条", "50,000条", "50000 条", "５００００条"])
def test_one_amount_has_many_spellings(text: str):
    (one,) = find_numbers(text)

    assert (one.value, one.unit) == (Decimal(50_000), "条")


@pytest.mark.parametrize(
    "text", ["T3没有3.5%", "每月5号，5个", "第3条 3 条", "half of 3", "五五二十五"]
)
def test_mentions_keep_their_place(text: str):
    assert all(text[one.start : one.end] == one.text for one in find_numbers(text))


_ALPHABET = "零一二两三四五六七八九十百千万亿半点多几个条年月天第号分之百%成到0123456789.,:-$ kwone twohalf andthirty"


@given(st.text(alphabet=_ALPHABET))
def test_any_text_is_read_without_failing_and_mentions_are_in_order(text: str):
    found = find_numbers(text)

    assert all(text[one.start : one.end] == one.text for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@given(st.text())
def test_any_unicode_is_read_without_failing(text: str):
    find_numbers(text)


@given(st.integers(1, 99_999_999))
def test_digits_read_the_same_with_and_without_commas(number: int):
    plain, grouped = find_numbers(f"最多{number}条"), find_numbers(f"最多{number:,}条")

    assert [one.value for one in plain] == [one.value for one in grouped] == [number]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-20度要报警", [("-20", "度")]),
        ("－20度", [("-20", "度")]),
        ("零下二十度", [("-20", "度")]),
        ("零下20度到零下5度", [("-20", "度"), ("-5", "度")]),
        ("负二十", [("-20", None)]),
        ("低于-5度", [("-5", "度")]),
        ("温度-20度", [("-20", "度")]),
        ("-20到-10度", [("-20", "度"), ("-10", "度")]),
        ("minus 20 degrees", [("-20", "degree")]),
        ("negative twenty", [("-20", None)]),
        ("20 degrees below zero", [("-20", "degree")]),
        ("-$20", [("-20", "dollar")]),
        ("(-3%)", [("-3", "%")]),
        ("3-5天", [("3", "天"), ("5", "天")]),
        ("10元-20元", [("10", "元"), ("20", "元")]),
        ("华东-3号仓", [("3", "号")]),
        ("10 minus 5", [("10", None), ("5", None)]),
        ("负责20个", [("20", "个")]),
        ("- 20 rows", [("20", "row")]),
    ],
)
def test_below_zero_is_another_number(text: str, expected: list[tuple[str, str | None]]):
    assert said(text) == expected


def test_the_sign_is_part_of_what_was_said():
    for text in ("-20度", "零下二十度", "minus 20 degrees", "20 degrees below zero"):
        assert [one.text for one in find_numbers(text)] == [text]
