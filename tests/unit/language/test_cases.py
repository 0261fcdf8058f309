"""Cases: every spec gets one that works and one that must not, of its own words alone."""

import pytest

from pipeline.language.cases import with_cases
from pipeline.language.facts import facts
from pipeline.models.draft import DraftPermission, DraftSlot, DraftSpec
from pipeline.models.spec import Acceptance, OpenQuestion

HAPPY = Acceptance(given="g", when="w", then="t", kind="happy")


def said(*values: str) -> tuple[DraftSlot, ...]:
    return tuple(DraftSlot(value=one, origin="stated") for one in values)


def spec(language: str = "zh", **values: object) -> DraftSpec:
    return DraftSpec.model_validate(
        {"ask": "A1", "title": "订单导出", "language": language, "acceptance": (HAPPY,)} | values
    )


def told(draft: DraftSpec, kind: str) -> list[tuple[str, str, str]]:
    done = with_cases(draft).acceptance
    return [(one.given, one.when, one.then) for one in done if one.kind == kind]


def test_a_role_that_may_not_tries_it():
    rows = (
        DraftPermission(role="客服", see=True, export=False, origin="stated"),
        DraftPermission(role="主管", export=True, origin="stated"),
    )
    assert told(spec(permissions=rows), "permission") == [("“客服”已登录", "要导出", "系统拒绝")]


def test_a_limit_with_a_number_is_reached_and_passed():
    draft = spec(limits=said("月底比较多", "单次最多五万行"))
    at, beyond = told(draft, "boundary")
    assert at == ("正好到这个限度：“单次最多五万行”", "使用“订单导出”", "照常完成")
    assert beyond[0] == "越过这个限度：“单次最多五万行”"
    assert beyond[2] == "仍守住这个限度：“单次最多五万行”"


@pytest.mark.parametrize("limit", ["月底比较多", "一天一千二", "one limit for all of them"])
def test_a_number_that_bounds_nothing_makes_no_boundary(limit: str):
    assert told(spec(limits=said(limit)), "boundary") == []


def test_what_is_past_a_limit_waits_for_the_answer_where_that_is_asked():
    ask = OpenQuestion(id="q3", slot="volume_limit", question="超过五万行怎么办？")
    draft = spec(limits=said("单次最多五万行"), open_questions=(ask,))
    assert told(draft, "boundary")[1][2] == "按 q3 的答复验收：超过五万行怎么办"


def test_an_error_is_a_failure_as_it_was_said():
    draft = spec("en", title="Export", errors=said("If the list is empty, show a message"))
    assert told(draft, "failure") == [
        ("the list is empty", "“Export” is used", "the system shall show a message")
    ]


def test_a_blocking_question_about_an_error_is_a_failure_by_its_answer():
    asked = OpenQuestion(id="q2", slot="empty_or_error", question="空的怎么办？", blocking=True)
    draft = spec(open_questions=(asked,))
    assert told(draft, "failure")[0][2] == "按 q2 的答复验收"


def test_an_answered_question_is_waited_for_no_more():
    done = OpenQuestion(id="q2", slot="exception", question="？", blocking=True, answer="不管")
    assert "q2" not in str(told(spec(open_questions=(done,)), "failure"))


def test_the_first_behaviour_is_the_case_that_works():
    draft = spec(
        acceptance=(), behaviours=said("当用户点击导出时，系统应生成文件"), actors=said("主管")
    )
    assert told(draft, "happy") == [("使用的人是“主管”", "用户点击导出", "系统应生成文件")]


def test_cases_of_the_engine_stay_first_and_as_they_are():
    own = Acceptance(given="a", when="b", then="c", kind="permission")
    row = DraftPermission(role="客服", export=False, origin="stated")
    draft = spec(acceptance=(HAPPY, own), permissions=(row,))
    assert with_cases(draft) == draft
    more = with_cases(spec(acceptance=(own,), permissions=(row,))).acceptance
    assert (more[0], more[1].kind, len(more)) == (own, "happy", 2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_spec_that_knows_nothing_asks_what_happens_when_it_fails(language: str):
    taken = OpenQuestion(id="q1", slot="format", question="?")
    done = with_cases(spec(language, acceptance=(), open_questions=(taken,)))
    assert [one.kind for one in done.acceptance] == ["happy", "failure"]
    assert [(one.id, one.slot, one.blocking) for one in done.open_questions[1:]] == [
        ("q2", "empty_or_error", False)
    ]
    assert "q2" in done.acceptance[1].then


def test_doing_it_again_adds_nothing():
    once = with_cases(spec(acceptance=(), errors=said("没有数据时提示“空”")))
    assert with_cases(once) == once


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_number_or_name_is_added(language: str):
    values = said("单次最多五万行", "at most 200 rows per file", "3 秒内", "SO-1001 不能动")
    draft = spec(language, acceptance=(), limits=values, errors=values, behaviours=values)
    known = facts(" ; ".join(str(one.value) for one in values) + draft.title)
    for one in with_cases(draft).acceptance:
        whole = facts(f"{one.given} ; {one.when} ; {one.then}").only("number", "date", "name")
        assert not whole.missing_in(known), one


@pytest.mark.parametrize(
    ("language", "trigger", "when"),
    [
        ("zh", "缺货的时候", "缺货"),
        ("zh", "提交审批", "提交审批"),
        ("en", "The user submits it for approval", "the user submits it for approval"),
        ("zh", "实时", "使用“订单导出”，时机：“实时”"),
        ("zh", "下了班就不行，过了班再说", "使用“订单导出”，时机：“下了班就不行，过了班再说”"),
    ],
)
def test_a_step_says_what_starts_it_and_quotes_only_what_is_no_condition(language, trigger, when):
    (slot,) = said(trigger)
    draft = spec(language, trigger=slot, errors=said("提示没有数据"))
    assert told(draft, "failure")[0][1] == when


def test_a_case_by_an_answer_says_the_question_once():
    asked = OpenQuestion(id="q2", slot="empty_or_error", question="空的怎么办？", blocking=True)
    ((given, _, then),) = told(spec(open_questions=(asked,)), "failure")
    assert (given + then).count("空的怎么办") == 1
    assert "q2" in then
