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


@pytest.mark.parametrize(
    ("title", "asked", "own"),
    [
        ("模板导入", "有几行出错时，是整批退回，还是先导入正确的行？", "错的行"),
        ("缺货提醒", "处理了以后提醒怎么停，一直没处理怎么办？", "提醒几次"),
        ("Alert on shorts", "When does it stop or leave the list?", "How often"),
        ("Import the template", "What happens when some rows are wrong?", "wrong rows"),
    ],
)
def test_nothing_is_asked_twice_in_other_words(title: str, asked: str, own: str):
    language = "en" if title.isascii() else "zh"
    before = (OpenQuestion(id="q1", slot="other", question=f"{title}: {asked}"),)
    made = weighed(spec(title, language=language, open_questions=before), title, ())
    told = [one.question for one in made.open_questions[1:]]
    assert not any(own in one for one in told), told
    alone = weighed(spec(title, language=language), title, ())
    assert any(own in one.question for one in alone.open_questions)


def test_a_spec_that_asks_enough_is_told_and_not_asked():
    asked = tuple(OpenQuestion(id=f"q{n}", slot="other", question=f"{n}？") for n in range(10))
    made = weighed(spec("订单列表导出", open_questions=asked), "订单列表导出", ())
    assert made.open_questions == asked
    assert any("权限混乱" in one for one in made.feasibility)


def test_it_is_asked_under_the_name_the_others_have():
    asked = tuple(
        OpenQuestion(id=f"q{n}", slot="other", question=f"对账单：{text}？")
        for n, text in enumerate("甲乙")
    )
    made = weighed(spec("每月一张对账单能导出来", open_questions=asked), "导出", ())
    assert made.open_questions[2].question.startswith("对账单：导出")


@pytest.mark.parametrize(
    ("title", "offline"),
    [
        ("When I'm on the phone, show the stock", False),
        ("Show the mobile number", False),
        ("打手机通知司机", False),
        ("Report it from the phone", True),
        ("司机手机上点一下就报上来", True),
    ],
)
def test_a_call_by_phone_needs_no_signal_on_site(title: str, offline: bool):
    language = "en" if title.isascii() or "I'm" in title else "zh"
    made = weighed(spec(title, language=language), title, ())
    told = [*made.feasibility, *(one.question for one in made.open_questions)]
    assert any("信号" in one or "no signal" in one for one in told) is offline


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
