"""Answers that cannot both hold are named, both of them, and hold the work up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.handoff import check
from pipeline.language.contradictions import contradictions, with_others
from pipeline.lint import lint
from pipeline.models.slots import Permission, Slot, SlotKey
from pipeline.models.spec import FeatureSpec, OpenQuestion


def asked(number: int, question: str, answer: str | None, slot: SlotKey = "permission"):
    return OpenQuestion(id=f"q{number}", slot=slot, question=question, answer=answer)


def spec(*questions: OpenQuestion, number: int = 1, **more: Any) -> FeatureSpec:
    return FeatureSpec(
        uid=f"u{number}",
        id=f"S{number}",
        project="p",
        meetings=("m",),
        asks=("A1",),
        origin_engine="rules",
        title="导出",
        language="zh",
        open_questions=questions,
        **more,
    )


def test_the_same_question_answered_twice_in_one_spec():
    one = spec(
        asked(1, "文件名怎么取？", "按日期", "file_name"),
        asked(2, "文件名怎么取", "按单号", "file_name"),
    )
    (found,) = contradictions(one)
    assert (found.code, found.severity) == ("answers_differ", "error")
    assert "按日期" in found.reason
    assert "按单号" in found.reason
    assert found in lint(one)
    assert "lint_error" in {reason.code for reason in check(one.with_(findings=lint(one)))}


@pytest.mark.parametrize(
    ("a", "b"),
    [("xlsx", "用 XLSX"), ("按日期", "按日期。"), ("按日期", None)],
)
def test_answers_that_say_the_same_are_no_contradiction(a: str, b: str | None):
    one = spec(asked(1, "文件名怎么取？", a, "file_name"), asked(2, "文件名怎么取", b, "file_name"))
    assert list(contradictions(one)) == []


def test_yes_and_no_are_not_the_same_though_one_holds_the_other():
    one = spec(
        asked(1, "要不要留痕？", "要", "history_audit"),
        asked(2, "要不要留痕", "不要", "history_audit"),
    )
    assert [each.code for each in contradictions(one)] == ["answers_differ"]


def test_different_questions_for_one_slot_may_have_different_answers():
    one = spec(asked(1, "谁可以看？", "店长"), asked(2, "超出上限谁来批？", "财务"))
    assert list(contradictions(one)) == []


@pytest.mark.parametrize(
    ("may", "answer", "contradicts"),
    [
        (False, "仓管也可以导出", True),
        (True, "仓管不能导出", True),
        (True, "仓管可以导出，店长不能导出", False),
        (None, "仓管可以导出", False),
        (False, "能", True),
        (False, "不能", False),
        (False, "能。", True),
        (True, "不行", True),
        (False, "要主管批了才行", False),
        (False, "能导多少看情况", False),
        (False, "除了仓管都能导出", False),
        (False, "仓管主管可以导出", False),
        (True, "仓管可以看但不能导出", True),
        (False, "仓管可以看但不能导出", False),
        (False, "仓管可以看，不能导出", False),
        (True, "仓管不能改和导出", True),
        (False, "仓管不能改，可以导出", True),
    ],
)
def test_a_right_given_in_a_row_and_taken_in_an_answer(may, answer: str, contradicts: bool):
    row = Permission(role="仓管", see=True, export=may, origin="inferred")
    other = Permission(role="仓管主管", see=True, export=True, origin="inferred")
    one = spec(asked(1, "仓管能不能导出？", answer), permissions=(row, other))
    found = list(contradictions(one))
    assert bool(found) == contradicts
    if found:
        assert (found[0].code, found[0].severity) == ("right_both_ways", "error")
        assert "仓管" in found[0].reason
        assert answer in found[0].reason


@pytest.mark.parametrize("answer", ["仓管看不到", "仓管不能看", "The 仓管 cannot see it"])
def test_a_no_may_stand_behind_the_word(answer: str):
    row = Permission(role="仓管", see=True, origin="inferred")
    (found,) = contradictions(spec(asked(1, "谁能看？", answer), permissions=(row,)))
    assert found.code == "right_both_ways"


def test_a_right_answered_both_ways_in_english():
    one = spec(
        asked(1, "Who may export?", "The clerk may export"),
        asked(2, "And at night?", "The clerk may not export"),
        actors=(Slot(value="clerk", origin="inferred"),),
    ).with_(language="en")
    (found,) = contradictions(one)
    assert "“q1 The clerk may export”" in found.reason


def test_one_question_of_two_specs_answered_differently():
    first = spec(asked(1, "年限从哪天起算？", "从开单", "retention"))
    second = spec(asked(3, "年限从哪天起算", "从结账", "retention"), number=2)
    third = spec(asked(1, "年限从哪天起算？", None, "retention"), number=3)
    a, b, c = with_others([first, second, third])
    assert [one.code for one in a.findings] == ["answers_differ_between"]
    assert all(text in a.findings[0].reason for text in ("从开单", "从结账", "S2"))
    assert all(text in b.findings[0].reason for text in ("从开单", "从结账", "S1"))
    assert c == third
    assert (a.open_questions, b.open_questions) == (first.open_questions, second.open_questions)
    assert "lint_error" in {reason.code for reason in check(a)}


def test_what_is_rejected_or_dropped_contradicts_nothing():
    first = spec(asked(1, "从哪天起算？", "从开单", "retention"))
    gone = [
        spec(asked(1, "从哪天起算？", "从结账", "retention"), number=2, review="rejected"),
        spec(asked(1, "从哪天起算？", "从结账", "retention"), number=3, status="dropped"),
    ]
    assert with_others([first, *gone]) == (first, *gone)


@pytest.mark.parametrize("links", [("S1",), ("S2", "S1"), ("u2", "u1")])
def test_specs_that_replace_each_other_in_a_circle_are_all_shown(links: tuple[str, ...]):
    made = [spec(number=n, supersedes=one) for n, one in enumerate(links, 1)]
    shown = with_others([*made, spec(number=3, supersedes="S1")])
    assert [[one.code for one in each.findings] for each in shown] == [
        *([["circle"]] * len(links)),
        [],
    ]


WORDS = st.lists(
    st.sampled_from(
        ["仓管", "店长", "能", "不能", "导出", "看", "改", "，", "但", "not", " ", "may "]
    ),
    max_size=8,
).map("".join)


@given(WORDS, WORDS, st.sampled_from([True, False, None]))
def test_whatever_is_answered_the_same_answer_contradicts_nothing(question, answer, may):
    row = Permission(role="仓管", see=may, do=may, export=may, origin="inferred")
    one = spec(asked(1, question, answer), asked(2, question, answer), permissions=(row,))
    found = list(contradictions(one))
    assert "answers_differ" not in {each.code for each in found}
    assert all(each.severity == "error" and "仓管" in each.reason for each in found)
    if may is None:
        assert len(found) <= 3
    assert lint(one.with_(permissions=()))
