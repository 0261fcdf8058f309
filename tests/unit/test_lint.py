"""Lint: weak words, open ends and contradictions, in both languages."""

from typing import Any

import pytest

from pipeline.language.openings import openings
from pipeline.language.wording import weak_words
from pipeline.lint import lint
from pipeline.models.evidence import Evidence
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec, Finding

SAID = Evidence(meeting="m", transcript_version=1, segments=("s1",), quote="x", match="exact")
CASES = (
    {"given": "a", "when": "b", "then": "c", "kind": "happy"},
    {"given": "a", "when": "b", "then": "d", "kind": "failure"},
)


def spec(language: str = "zh", **more: Any) -> FeatureSpec:
    return FeatureSpec.model_validate(
        {
            "uid": "u",
            "id": "S1",
            "project": "p",
            "meetings": ["m"],
            "asks": ["A1"],
            "origin_engine": "test",
            "title": "t",
            "language": language,
            "acceptance": CASES,
            **more,
        }
    )


def ours(value: str) -> Slot:
    return Slot(value=value, origin="inferred")


def theirs(value: str) -> Slot:
    return Slot(value=value, origin="stated", evidence=(SAID,))


def found(one: FeatureSpec, code: str) -> Finding:
    (finding,) = [finding for finding in lint(one) if finding.code == code]
    return finding


def codes(one: FeatureSpec) -> set[str]:
    return {finding.code for finding in lint(one)}


WEAK = [
    ("zh", "vague", "界面要友好"),
    ("zh", "escape", "尽量当天处理"),
    ("zh", "escape", "必要时通知主管"),
    ("zh", "open_list", "包括订单号、金额等"),
    ("zh", "open_list", "导出订单号等信息"),
    ("zh", "unbounded", "支持大量数据"),
    ("zh", "several", "系统应保存，并且应通知主管"),
    ("en", "vague", "The page must be user-friendly"),
    ("en", "escape", "Notify the manager if possible"),
    ("en", "open_list", "Order number, amount, etc."),
    ("en", "unbounded", "It must hold several files"),
    ("en", "several", "It shall save the order and it shall tell the manager"),
]


@pytest.mark.parametrize(("language", "kind", "text"), WEAK)
def test_a_weak_word_is_found(language: str, kind: str, text: str):
    finding = found(spec(language, rules=[ours(text)]), kind)
    assert finding.slot == "rules[0]"
    assert finding.reason
    assert finding.suggestion


@pytest.mark.parametrize(
    "text",
    ["等待审批的订单", "同等条件", "平等", "高等院校", "二等品单独报", "平均等候", "稳定性测试报告",
     "The customer waits", "Reports are sorted by name", "The record is kept in the system"],
)  # fmt: skip
def test_words_that_only_look_weak_are_left_alone(text: str):
    assert weak_words(text) == ()


@pytest.mark.parametrize(("language", "kind", "text"), [one for one in WEAK if one[1] != "several"])
def test_the_clients_own_weak_words_are_a_warning_with_the_question_to_ask(language, kind, text):
    finding = found(spec(language, rules=[theirs(text)]), kind)
    assert finding.severity == "warning"
    assert finding.suggestion.startswith({"zh": "问客户", "en": "Ask the client"}[language])


@pytest.mark.parametrize("asked", [
    {"slot": "other", "question": "“尽快”是多少分钟内？"}, {"slot": "timing", "question": "多久？"}
])  # fmt: skip
def test_a_question_about_the_clients_weak_word_is_all_it_needs(asked: dict[str, str]):
    rule = [theirs("尽快通知仓库")]
    assert "vague_time" in codes(spec(rules=rule))
    assert "vague_time" in codes(spec(rules=rule, open_questions=[{"id": "q1"} | asked | {
        "slot": "format", "question": "什么格式？"}]))  # fmt: skip
    assert "vague_time" not in codes(spec(rules=rule, open_questions=[{"id": "q1"} | asked]))


@pytest.mark.parametrize("text", [
    "他们审批，并且应当天审批", "需要审批", "新增/修改", "系统应能够导出", "It shall be sent and it shall wait"
])  # fmt: skip
def test_nobody_who_talks_is_blamed_for_style(text: str):
    found = lint(spec(rules=[theirs(text)]))
    assert not {one.code for one in found} & {
        "pronoun",
        "passive",
        "several",
        "slash",
        "infinitive",
    }


@pytest.mark.parametrize(
    ("kind", "text", "severity"),
    [("escape", "尽量当天处理", "error"), ("open_list", "订单号等", "error"),
     ("vague_time", "尽快处理", "error"), ("vague", "界面要友好", "warning"), ("unbounded", "大量数据", "warning")],
)  # fmt: skip
def test_in_words_of_ours_escapes_and_open_lists_hold_the_spec_back(kind, text, severity):
    assert found(spec(behaviours=[ours(text)]), kind).severity == severity


def test_a_sentence_of_ours_is_not_blamed_for_the_clients_word_in_it():
    one = spec(rules=[theirs("尽量当天处理")], behaviours=[ours("系统应支持：尽量当天处理")])
    assert [finding.slot for finding in lint(one) if finding.code == "escape"] == ["rules[0]"]


@pytest.mark.parametrize(
    ("side", "severity"), [("us", "error"), ("client", "warning"), ("unknown", "warning")]
)
def test_a_vague_answer_holds_the_spec_back_where_it_is_ours(side: str, severity: str):
    asked = {"id": "q1", "slot": "performance", "question": "多久处理完？"}
    asked |= {"answer": "尽量当天", "answered_side": side}
    answer = Slot(value="多久处理完：尽量当天", origin="answered")
    assert found(spec(limits=[answer], open_questions=[asked]), "escape").severity == severity


BETTER = [
    ("zh", "缺货时应及时补货", "vague_time", "把“及时”换成时限：“……后 30 分钟内”"),
    ("zh", "列出订单号、金额等。", "open_list", "把每一项都写出来，删掉“等”"),
    ("zh", "差异大约三天", "unbounded", "把“大约”换成下限和上限"),
    ("zh", "订单需要审批", "passive", "由仓库主管"),
    ("zh", "支持新增/修改供应商", "slash", "“新增/修改”"),
    ("en", "The page shall be fast", "vague", "Replace “fast” by seconds"),
    ("en", "The stock shall be updated periodically", "unbounded", "every Monday"),
    ("en", "The order shall be approved", "passive", "Instead of “shall be approved”"),
    ("en", "The buyer and/or the clerk gets a copy", "slash", "“and/or”"),
]


@pytest.mark.parametrize(("language", "text", "kind", "better"), BETTER)
def test_the_better_wording_is_one_for_this_word(language, text, kind, better):
    assert better in found(spec(language, rules=[ours(text)]), kind).suggestion


def test_a_number_without_a_unit_is_named():
    assert "三千" in found(spec(rules=[ours("金额小于三千的直接通过")]), "no_unit").reason
    assert "no_unit" not in codes(spec(rules=[ours("金额小于三千元的直接通过")]))
    assert found(spec("en", limits=[theirs("twenty thousand at year end")]), "no_unit")


@pytest.mark.parametrize(
    ("language", "title", "word"),
    [("zh", "一键导出", "一键"), ("zh", "订单自动通过", "自动"), ("zh", "库存实时显示", "实时"),
     ("en", "One click export", "One click"), ("en", "Automatic refund", "Automatic"),
     ("en", "Real-time credit status", "Real-time")],
)  # fmt: skip
def test_a_word_that_opens_slots_needs_them(language: str, title: str, word: str):
    plain = spec(language, title=title, acceptance=[CASES[0]])
    assert word in found(plain, "opens").reason


def test_a_slot_that_is_asked_for_counts_as_opened():
    question = {"id": "q1", "slot": "performance", "question": "?"}
    assert "opens" not in codes(spec(title="库存实时显示", open_questions=[question]))


def test_every_slot_word_exists_in_both_languages():
    for title in ("一键自动实时提醒同步", "one click automatic real-time reminder sync"):
        for language in ("zh", "en"):
            one = spec(language, title=title, acceptance=[CASES[0]])
            reasons = [finding.reason for finding in lint(one) if finding.code == "opens"]
            assert len(reasons) == len(list(openings(title))) == 5


def test_without_acceptance_a_spec_is_held_back():
    assert found(spec(acceptance=[]), "no_acceptance").severity == "error"


def test_only_happy_cases_are_a_warning():
    assert found(spec(acceptance=[CASES[0]]), "only_happy_case").severity == "warning"
    assert found(spec(acceptance=[CASES[1]]), "no_happy_case").severity == "warning"


def test_a_field_without_a_column_is_a_warning_until_it_is_asked_about():
    field = {"label": "炉号", "origin": "stated", "evidence": [SAID]}
    question = {"id": "q1", "slot": "source_data", "question": "“炉号”从哪里取？"}
    assert found(spec(data_fields=[field]), "no_column").severity == "warning"
    asked = spec(data_fields=[field], open_questions=[question])
    assert found(asked, "no_column").severity == "info"


def test_rights_that_contradict_each_other_are_an_error():
    rows = [
        {"role": "客服", "export": True, "origin": "inferred"},
        {"role": "客服", "export": False, "origin": "inferred"},
    ]
    assert found(spec(permissions=rows), "permission_conflict").severity == "error"


def test_a_role_that_may_export_what_it_may_not_see_is_an_error():
    row = {"role": "reception", "see": False, "export": True, "origin": "inferred"}
    finding = found(spec("en", permissions=[row]), "permission_blind")
    assert finding.severity == "error"
    assert "reception" in finding.reason


def test_an_open_blocking_question_is_a_note():
    question = {"id": "q1", "slot": "format", "question": "什么格式？", "blocking": True}
    assert found(spec(open_questions=[question]), "blocking_open").severity == "info"
    answered = {**question, "answer": "xlsx"}
    assert "blocking_open" not in codes(spec(open_questions=[answered]))


def test_open_questions_are_one_note_together():
    questions = [
        {"id": f"q{number}", "slot": "format", "question": "?", "blocking": number < 3}
        for number in (1, 2, 3)
    ]
    finding = found(spec(open_questions=questions), "blocking_open")
    assert "q1、q2" in finding.reason
    assert "q3" not in finding.reason


def test_a_number_without_a_unit_is_named_once_and_where_it_was_said():
    one = spec(rules=[ours("三千以上主管审批"), theirs("金额小于三千的直接通过")])
    finding = found(one, "no_unit")
    assert (finding.slot, finding.severity) == ("rules[1]", "info")


def test_a_few_hundred_is_a_number():
    assert not [one for one in weak_words("a few hundred rows") if one.kind == "unbounded"]
    assert [one for one in weak_words("a few rows") if one.kind == "unbounded"]


def test_errors_come_first():
    rows = [{"role": "a", "see": False, "do": True, "origin": "inferred"}]
    severities = [
        finding.severity
        for finding in lint(spec(rules=[ours("界面友好")], permissions=rows, acceptance=[CASES[0]]))
    ]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert severities[0] == "error"


def test_a_clean_spec_has_no_findings():
    clean = spec(
        title="订单列表批量导出 (xlsx)",
        rules=[theirs("按筛选出来的结果导")],
        limits=[theirs("最多五万条")],
        permissions=[{"role": "主管", "export": True, "origin": "stated", "evidence": [SAID]}],
    )
    assert lint(clean) == ()


def test_the_same_spec_gives_the_same_findings():
    one = spec(rules=[ours("尽量快速")])
    assert lint(one) == lint(one)
