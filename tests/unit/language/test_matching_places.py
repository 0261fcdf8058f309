import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.matching import Found, Matcher

PHARMACY = [
    "罗主任，您看得到我共享的屏幕吗？",
    "医保局发通知了，药品追溯码十二月三十一号前必须扫码上传，不传就不给结算。",
    "一盒一扫？我们门诊高峰一个窗口一个小时八十张方子，一张方子三四盒，扫得过来吗？",
    "扫不过来也得扫，你想办法。",
    "两千五百条以内都要能导出，报表下周三给你。",
    "好的。",
    "冷藏的、开过封的、口服散装的一律不退。",
    "报废率三点五，不对，是 3.5% 左右。",
    "……",
    "好的。",
]
SALES = [
    "Good morning. Can you all see the agenda?",
    "No quotes is ridiculous. I can't even give a price?",
    "Then block the order. Let me quote and block the order. Big red banner across the top.",
    "If the order physically cannot be raised, I can live with that.",
    "Make the validity fourteen days, not thirty, by Wednesday at the latest.",
    "It's illegal to export those without asking legal first.",
    "Reps up to ten percent, sales managers up to twenty.",
]


def zh(quote: str, *claimed: int) -> Found | None:
    return Matcher(PHARMACY).find(quote, claimed)


def en(quote: str, *claimed: int) -> Found | None:
    return Matcher(SALES).find(quote, claimed)


@pytest.mark.parametrize("claimed", [(), (4,), (0, 9), (99,), (-1,)])
def test_a_quote_is_found_wherever_it_was_said(claimed: tuple[int, ...]):
    found = zh("冷藏的、开过封的、口服散装的一律不退", *claimed)

    assert found is not None
    assert (found.turns, found.match) == ((6,), "exact")


def test_of_equal_places_the_one_nearest_to_the_claim_is_taken():
    turns = ["这个单子导出来给我看一下", *["别的事情"] * 20, "这个单子导出来给我看一下"]

    for turn in (0, 21):
        found = Matcher(turns).find("这个单子导出来给我看一下", [turn])
        assert found == Found((turn,), turns[turn], "exact")


def test_a_place_where_the_facts_hold_beats_a_nearer_one_where_they_do_not():
    turns = ["不五百条以内都能导出来", *["好"] * 9, "五百条以内都能导出来"]

    found = Matcher(turns).find("五百条以内都能导出来", [0])

    assert found is not None
    assert (found.turns, found.match) == ((10,), "exact")


def test_a_quote_over_two_turns_names_both():
    found = zh("扫得过来吗？扫不过来也得扫，你想办法。", 2)

    assert found == Found((2, 3), "扫得过来吗？ 扫不过来也得扫，你想办法。", "normalised")


def test_parts_around_an_ellipsis_are_found_in_order():
    found = zh("药品追溯码……必须扫码上传", 1)

    assert found == Found((1,), "药品追溯码十二月三十一号前必须扫码上传", "normalised")


@pytest.mark.parametrize("dots", ["...", "…", " … ", "[...]", "……", "(…)"])
def test_every_kind_of_ellipsis_is_understood(dots: str):
    found = en(f"Let me quote{dots}Big red banner", 2)

    assert found is not None
    assert found.match == "normalised"


def test_parts_in_the_wrong_order_are_not_found_as_one():
    found = en("Big red banner across the top … Then block the order", 2)

    assert found is None or found.match == "weak"


def test_an_ellipsis_that_hides_a_negation_is_weak():
    found = en("If the order … be raised, I can live with that", 3)

    assert found is not None
    assert found.match == "weak"


def test_parts_may_stand_in_neighbouring_turns():
    found = zh("一张方子三四盒……你想办法", 2)

    assert found is not None
    assert (found.turns, found.match) == ((2, 3), "normalised")


def test_dots_that_were_typed_in_the_transcript_are_no_ellipsis():
    turns = ["拆零……通知里好像没写，你看看。"]

    assert Matcher(turns).find("拆零……通知里好像没写", [0]) == Found(
        (0,), "拆零……通知里好像没写", "exact"
    )


@pytest.mark.parametrize(
    ("claimed", "match"), [((5,), "exact"), ((9,), "exact"), ((4,), "weak"), ((), "weak")]
)
def test_a_few_words_prove_something_only_in_the_claimed_turn(claimed: tuple[int, ...], match: str):
    found = zh("好的。", *claimed)

    assert found is not None
    assert found.match == match


def test_a_few_english_words_alike_are_weak_even_in_their_turn():
    found = en("block that order", 2)

    assert found is not None
    assert (found.turns, found.match) == ((2,), "weak")


def test_without_a_quote_the_claimed_turns_are_the_evidence():
    assert zh("", 3, 5) == Found((3, 5), f"{PHARMACY[3]} {PHARMACY[5]}", "exact")
    assert zh("？！", 5) == Found((5,), "好的。", "exact")


@pytest.mark.parametrize("claimed", [(), (99,)])
def test_without_quote_and_turns_nothing_is_found(claimed: tuple[int, ...]):
    assert zh("", *claimed) is None


@pytest.mark.parametrize(
    "quote", ["院长说要把系统整个换掉重新招标", "we agreed to replace the whole system next year"]
)
def test_what_nobody_said_is_not_found(quote: str):
    assert zh(quote, 1) is None
    assert en(quote, 1) is None


def test_chinese_and_english_may_stand_in_one_quote():
    turns = [
        "是填进总部的原始模板，还是我们出一个长得一样的 Excel?",
        "tab 顺序都不能动，动了他们那边 upload 直接 reject。",
    ]

    found = Matcher(turns).find("Tab顺序都不能动,动了他们那边upload直接reject", [1])

    assert found == Found((1,), "tab 顺序都不能动，动了他们那边 upload 直接 reject。", "normalised")


def test_a_call_without_turns_has_nothing_to_find():
    assert Matcher([]).find("能导出就行能导出就行", [0]) is None
    assert Matcher([]).find("") is None
    assert Matcher(["", "…"]).find("能导出就行能导出就行", [0]) is None


@given(
    st.lists(st.text(alphabet="能不导出三五百条，。no can export 5…", max_size=30), max_size=6),
    st.data(),
)
def test_any_quote_and_claim_is_answered_with_words_of_the_call(
    turns: list[str], data: st.DataObject
):
    quote = data.draw(st.text(alphabet="能不导出三五百条，。no can export 5…", max_size=25))
    claimed = data.draw(st.lists(st.integers(-2, 8), max_size=3))

    found = Matcher(turns).find(quote, claimed)

    if found:
        assert all(0 <= turn < len(turns) for turn in found.turns)
        assert all(word in " ".join(turns) for word in found.words.split())


@given(st.data())
def test_every_stretch_of_a_turn_is_found_again(data: st.DataObject):
    turn = data.draw(st.integers(0, len(SALES) - 1))
    words = SALES[turn].split()
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])

    found = en(quote, turn)

    assert found is not None
    assert turn in found.turns
    assert found.match != "fuzzy"


def test_a_long_call_is_indexed_once_and_then_quick():
    dice = random.Random(1)
    turns = [
        "".join(dice.choices("订单金额状态导出打印审核提醒仓库财务", k=30)) for _ in range(3000)
    ]
    matcher = Matcher(turns)

    assert all(matcher.find(turns[place][5:25], [place]) for place in range(0, 3000, 100))
