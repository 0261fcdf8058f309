import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.negation import find_negations, negated_at


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("谁都不能改", ["不"]),
        ("没有回单不给结钱", ["没有", "不"]),
        ("别拦死", ["别"]),
        ("未签收的", ["未"]),
        ("无法上传", ["无法"]),
        ("非药品", ["非"]),
        ("扫不过来", ["不"]),
        ("确不确定都不行", ["不"]),
        ("先不要 先不要", ["不", "不"]),
        ("I can't see it", ["can't"]),
        ("we dont need it", ["dont"]),
        ("cannot be raised", ["cannot"]),
        ("No quotes, no orders", ["No", "no"]),
        ("never merge those", ["never"]),
        ("without asking anybody", ["without"]),
        ("neither here nor there", ["neither", "nor"]),
        ("要 macro，not 宏", ["not"]),
    ],
)
def test_negations_are_found_in_order(text: str, words: list[str]):
    assert [one.text for one in find_negations(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "不过要快", "不错", "差不多", "能不能导出", "是不是", "要不要", "有没有", "不好意思", "特别急",
        "分别统计", "非常好", "级别", "别人的", "没问题", "没关系", "无论如何", "未来", "是否", "否则",
        "不得不做", "不是说用另外一个工具了吗", "不仅快", "对不起",
        "not only fast", "no problem", "That's Wi-Fi, isn't it?", "why not", "nothingness", "knot",
    ],
)  # fmt: skip
def test_questions_and_set_phrases_are_no_negations(text: str):
    assert find_negations(text) == ()


@pytest.mark.parametrize(
    ("text", "start", "cut"),
    [
        ("这个不能导出", 3, True),
        ("这个不能导出", 0, False),
        ("they are not needed on it", 13, True),
        ("they are not needed on it", 20, False),
        ("没有照片不行", 2, True),
    ],
)
def test_a_quote_that_begins_after_a_negation_is_noticed(text: str, start: int, cut: bool):
    assert negated_at(text, start) is cut


@given(st.text(alphabet="不没别无未非能是过错特常有要n't o cando,？?吗"))
def test_negations_keep_their_place(text: str):
    assert all(text[one.start : one.end] == one.text for one in find_negations(text))
