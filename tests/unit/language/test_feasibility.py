"""What a change usually breaks: told, or asked where nobody said how it is handled."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.feasibility import MOST_ASKED, MOST_TOLD, Breaks, topics, weighed
from pipeline.models.slots import Permission
from pipeline.models.spec import FeatureSpec, Fit, OpenQuestion


def spec(title: str, **more: Any) -> FeatureSpec:
    values = {"language": "zh", "fit": "custom"} | more
    return FeatureSpec(
        uid="u",
        id="S1",
        project="p",
        meetings=("m",),
        asks=("A1",),
        origin_engine="llm",
        title=title,
        **values,
    )


def test_an_export_asks_who_may_and_says_what_happens_else():
    made = weighed(spec("订单列表导出，给财务"), "订单列表导出", ())
    first = made.open_questions[0]
    assert (first.slot, first.blocking) == ("permission", False)
    assert first.question == "订单列表导出：导出要不要单独授权，哪些人可以导？"
    assert "权限混乱" in first.why_it_matters
    assert first.recommended in first.options


@pytest.mark.parametrize(
    ("more", "talk"),
    [
        ({}, ("只有主管能导出。",)),
        ({"permissions": (Permission(role="财务", export=True, origin="inferred"),)}, ()),
        ({"open_questions": (OpenQuestion(id="q1", slot="permission", question="谁？"),)}, ()),
    ],
)
def test_what_is_known_or_asked_already_stays_a_note(more: dict[str, Any], talk):
    made = weighed(spec("订单列表导出", **more), "订单列表导出", talk)
    assert [one.slot for one in made.open_questions].count("permission") <= 1
    assert not any("单独授权" in one.question for one in made.open_questions)
    assert any("权限混乱" in one for one in made.feasibility)


def test_what_an_upgrade_breaks_is_ours_to_say_and_never_asked():
    line = "单个订单派单"
    changed = weighed(spec("批量派单", fit_line=line), "批量派单", ())
    assert any(line in one and "升级" in one for one in changed.feasibility)
    assert not any("升级" in one.question for one in changed.open_questions)
    alone = weighed(spec("会员积分"), "会员积分", ())
    assert any("升级" in one for one in alone.feasibility)


@pytest.mark.parametrize(
    "asked", ["订单列表导出，短信就不用了", "Export the list, no need to notify"]
)
def test_what_was_turned_down_breaks_nothing(asked: str):
    made = weighed(spec("订单列表导出"), asked, ())
    told = [*made.feasibility, *(one.why_it_matters for one in made.open_questions)]
    assert told
    assert not any("提醒" in one for one in told)


def test_a_standard_function_breaks_nothing():
    made = weighed(spec("订单列表导出", fit="standard"), "订单列表导出", ())
    assert made == spec("订单列表导出", fit="standard")


def test_the_notes_are_in_the_language_of_the_spec():
    made = weighed(spec("Export the list", language="en"), "Export the list", ())
    assert made.open_questions[0].question.startswith("Export the list: ")
    assert all(one.isascii() or "’" in one for one in made.feasibility)


@pytest.mark.parametrize("name", topics())
def test_a_topic_says_the_same_in_both_languages(name: str):
    topic = topics()[name]
    for words in (topic.zh, topic.en):
        assert bool(words.ask) == (topic.slot is not None)
        assert words.note
        if topic.slot:
            assert 2 <= len(words.options) <= 5
            assert words.best in words.options
    assert len(topic.zh.options) == len(topic.en.options)
    assert (
        topic.zh.options.index(topic.zh.best or "") == topic.en.options.index(topic.en.best or "")
        if topic.slot
        else True
    )


def test_all_that_usually_breaks_is_told():
    assert {topic.breaks for topic in topics().values()} == set(get_args(Breaks))


WORDS = [
    "导出",
    "打印",
    "对接",
    "审批",
    "提醒",
    "批量",
    "导入",
    "手机",
    "权限",
    "报表",
    "拦住",
    "必填",
    "迁移",
    "export",
    "print",
    "sync",
    "app",
    "block",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    st.sampled_from(get_args(Fit)),
    st.sampled_from(["zh", "en"]),
)
def test_never_more_than_two_questions_each_of_its_own_name(title: str, fit: str, language: str):
    asked = OpenQuestion(id="q1", slot="goal", question="?", blocking=True)
    before = spec(title, fit=fit, language=language, open_questions=(asked,))
    made = weighed(before, title, ())
    new = made.open_questions[1:]
    assert made.open_questions[0] == asked
    assert len(new) <= MOST_ASKED
    assert len(made.feasibility) <= MOST_TOLD
    assert len({one.id for one in made.open_questions}) == len(made.open_questions)
    assert len({one.slot for one in new}) == len(new)
    assert not any(one.blocking for one in new)
    assert (
        weighed(made, title, ()).open_questions[: len(made.open_questions)] == made.open_questions
    )
