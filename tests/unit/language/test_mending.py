"""Known mishearings in a text: what is found, what is left alone, and that it stays so."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.mending import Mending, changed, changes
from pipeline.models.correction import Correction


def mended(text: str, *rules: Correction) -> str:
    return changed(text, Mending(rules).places(text))


def rule(heard: str, meant: str, *not_in: str) -> Correction:
    return Correction(heard=heard, meant=meant, not_in=not_in)


ORDER = rule("定单", "订单", "决定单独", "确定单位")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("先导出定单，再导出定单号", "先导出订单，再导出订单号"),
        ("我们决定单独做，定单以后再说", "我们决定单独做，订单以后再说"),
        ("确定单位和定单", "确定单位和订单"),
        ("定 单先发", "订单先发"),
        ("定\n单先发", "定\n单先发"),
        ("订单没问题", "订单没问题"),
    ],
)
def test_a_chinese_word_is_put_right_unless_a_longer_one_holds_it(text, after):
    assert mended(text, ORDER) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Oder list, ODER, oder", "Order list, ORDER, order"),
        ("border and oders and oder_no stay", "border and oders and oder_no stay"),
        ("把oder导出", "把order导出"),
        ("the oder's date", "the order's date"),
        ("ｏｄｅｒ列表", "order列表"),
    ],
)
def test_a_latin_word_is_put_right_whole_and_keeps_its_capitals(text, after):
    assert mended(text, rule("oder", "order")) == after


def test_small_letters_stand_for_any_case_and_capitals_for_themselves():
    assert mended("K Three, k  three, K THREE", rule("k three", "K3")) == "K3, K3, K3"
    assert mended("Mei may come, mei said", rule("Mei", "May")) == "May may come, mei said"
    assert mended("erp ERP Erp", rule("erp", "ERP")) == "ERP ERP ERP"


def test_the_longest_counts_and_nothing_is_changed_twice():
    rules = (
        rule("单", "订单"),
        rule("定单", "订单"),
        rule("定单号", "订单编号"),
        rule("订单", "工单"),
    )
    assert mended("定单号、定单、单", *rules) == "订单编号、订单、订单"


def test_what_is_meant_may_hold_what_is_heard():
    assert mended("导出单和订单", rule("单", "订单")) == "导出订单和订单"


def test_what_is_settled_is_left_alone():
    places = Mending([rule("aa", "b")]).places("aa aa", settled=[(0, 2)])
    assert [(one.start, one.end) for one in places] == [(3, 5)]


HEARD = st.text("甲乙丙xyＸ Y", min_size=1, max_size=4).filter(str.strip)
RULES = st.lists(
    st.builds(Correction, heard=HEARD, meant=st.text("子丑寅vw", min_size=1, max_size=4)),
    max_size=5,
)
TEXTS = st.text("甲乙丙丁xyＸYz Q，\n", max_size=40)


@settings(deadline=None)
@given(TEXTS, RULES)
def test_what_was_put_right_needs_it_no_more(text, rules):
    mending = Mending(rules)
    once = changed(text, mending.places(text))
    assert changed(once, mending.places(once)) == once


@settings(deadline=None)
@given(TEXTS, RULES)
def test_all_else_stays_to_the_letter(text, rules):
    places = Mending(rules).places(text)
    ends = [0, *(edge for one in places for edge in (one.start, one.end)), len(text)]
    assert ends == sorted(ends)
    between = [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]
    after = changed(text, places)
    assert after == "".join(
        piece
        for pair in zip(between, [*(one.now for one in places), ""], strict=True)
        for piece in pair
    )
    for one in changes(text, places):
        assert one.holds(text)
        text = one.applied(text)
        assert one.back().applied(text)[one.at :].startswith(one.was)
    assert text == after


@given(TEXTS)
def test_an_empty_list_changes_nothing(text):
    assert Mending([]).places(text) == ()


def test_a_long_call_and_a_long_list_take_no_time():
    words = [chr(0x4E00 + (7 * one) % 900) + chr(0x4E00 + (11 * one) % 900) for one in range(200)]
    rules = [rule(word, f"第{number}个词") for number, word in enumerate(words)]
    turns = [
        "".join(chr(0x4E00 + (place * step) % 900) for step in range(60)) for place in range(2000)
    ]
    began = time.process_time()
    mending = Mending(rules)
    found = sum(len(mending.places(text)) for text in turns)
    assert found > 200
    assert time.process_time() - began < 1  # 0.1 s where nothing else runs
