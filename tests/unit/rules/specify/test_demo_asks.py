"""The other asks of the bundled calls, and what holds for all of them."""

import pytest

from pipeline.engines.rules.specify import RulesSpecifier
from pipeline.ground import ground_spec
from pipeline.language.support import unsupported
from pipeline.models.draft import DraftSlot, DraftSpec

Specs = dict[str, DraftSpec]


def slots(spec: DraftSpec) -> list[DraftSlot]:
    groups = (spec.actors, spec.rules, spec.limits, spec.behaviours, spec.errors)
    return [spec.goal, spec.pain, spec.trigger, *(one for group in groups for one in group)]


def rules(spec: DraftSpec) -> dict[object, str]:
    return {slot.value: slot.origin for slot in spec.rules}


def test_a_later_correction_beats_the_earlier_number(zh_specs: Specs, en_specs: Specs):
    zh, en = rules(zh_specs["approval"]), rules(en_specs["approval"])
    assert zh["三千以下自动通过"] == "stated"
    assert en["change it to below fifty dollars"] == "stated"
    assert zh["金额小于三千的订单直接通过"] == "inferred"
    assert en["Anything below fifty dollars should pass automatically"] == "inferred"
    assert not [value for value in zh if "五千" in str(value)]
    assert not [value for value in en if "hundred" in str(value)]


def test_a_composed_rule_cites_the_correction_and_the_rule(zh_specs: Specs):
    said = {one.value: one for one in zh_specs["approval"].rules}
    quotes = {value: [one.quote for one in rule.citations] for value, rule in said.items()}
    assert quotes["三千以下自动通过"] == ["三千以下自动通过"]
    assert quotes["金额小于三千的订单直接通过"] == [
        "三千以下自动通过",
        "金额小于五千的订单直接通过",
    ]


def test_what_only_follows_from_a_correction_is_inferred(zh_specs: Specs):
    assert rules(zh_specs["approval"])["三千以上主管审批"] == "inferred"
    assert any("三千以上主管审批" in one for one in zh_specs["approval"].assumptions)


def test_approval_is_configuration_by_the_line_of_the_product(zh_specs: Specs, en_specs: Specs):
    assert zh_specs["approval"].fit == en_specs["approval"].fit == "config"
    assert "审批条件可配置" in (zh_specs["approval"].fit_line or "")
    assert "can be configured" in (en_specs["approval"].fit_line or "")
    assert zh_specs["approval"].scope.line == "3.2 订单审批流配置"


def test_an_absent_approver_is_asked_about(zh_specs: Specs, en_specs: Specs):
    for spec in (zh_specs["approval"], en_specs["approval"]):
        assert any(question.slot == "approval" for question in spec.open_questions)


def test_how_often_it_syncs_is_stated_and_the_missing_document_is_asked(
    zh_specs: Specs, en_specs: Specs
):
    for spec, often, document in (
        (zh_specs["sync"], "每天同步一次", "API文档"),
        (en_specs["sync"], "every night", "API document"),
    ):
        assert spec.fit == "integration"
        assert spec.trigger.origin == "stated"
        assert often in str(spec.trigger.value)
        first = spec.open_questions[0]
        assert first.blocking
        assert document in first.question
        assert not [one for one in spec.open_questions if one.slot == "frequency"]


def test_recipient_and_channel_of_a_reminder_are_not_asked_again(zh_specs: Specs, en_specs: Specs):
    for spec in (zh_specs["reminder"], en_specs["reminder"]):
        assert not {"notify", "recipients"} & {one.slot for one in spec.open_questions}
    assert rules(zh_specs["reminder"])["提醒方式：系统消息"] == "stated"
    assert [slot.value for slot in zh_specs["reminder"].actors] == ["采购"]
    assert rules(en_specs["reminder"])["Sent by: email"] == "stated"


def test_a_masking_rule_that_only_we_named_is_inferred(zh_specs: Specs):
    found = rules(zh_specs["masking"])
    assert found["客户手机号要脱敏"] == "stated"
    assert found["中间四位用星号"] == "inferred"
    assert [field.name for field in zh_specs["masking"].data_fields] == ["so_order.customer_phone"]


def test_every_question_has_a_reason_options_and_names_its_object(zh_specs: Specs, en_specs: Specs):
    for spec in (*zh_specs.values(), *en_specs.values()):
        assert 1 <= len(spec.open_questions) <= 8
        for question in spec.open_questions:
            assert question.why_it_matters
            assert len(question.options) in (0, 2, 3, 4, 5)
            assert question.recommended is None or question.recommended in question.options
            assert ("：" if spec.language == "zh" else ": ") in question.question
            assert "{" not in f"{question.question}{question.options}{question.why_it_matters}"


def test_blocking_questions_come_first(zh_specs: Specs, en_specs: Specs):
    for spec in (*zh_specs.values(), *en_specs.values()):
        blocking = [question.blocking for question in spec.open_questions]
        assert blocking == sorted(blocking, reverse=True)


def test_a_stated_value_holds_no_fact_that_its_quotes_do_not(zh_specs: Specs, en_specs: Specs):
    for spec in (*zh_specs.values(), *en_specs.values()):
        for slot in slots(spec):
            if slot.origin == "stated":
                quotes = [citation.quote for citation in slot.citations]
                assert not unsupported(str(slot.value), quotes), slot


def test_quotes_are_the_exact_words_of_the_cited_turn(
    zh_call, zh_specs: Specs, en_call, en_specs: Specs
):
    for call, specs in ((zh_call, zh_specs), (en_call, en_specs)):
        for spec in specs.values():
            rows = (*slots(spec), spec.format, *spec.data_fields, *spec.permissions)
            for citation in (one for row in rows for one in row.citations):
                turn = call.transcript.segment(citation.segments[0])
                assert citation.quote in turn.text


def test_grounding_leaves_stated_what_was_stated(zh_call, zh_asks, zh_specs: Specs):
    for name, draft in zh_specs.items():
        spec = ground_spec(draft, zh_asks[name], zh_call.transcript, zh_call.project)
        for group in ("rules", "limits"):
            before = [one.origin for one in getattr(draft, group)]
            assert [one.origin for one in getattr(spec, group)] == before
        assert spec.format.origin == draft.format.origin
        assert [one.origin for one in spec.data_fields] == [o.origin for o in draft.data_fields]


@pytest.mark.parametrize("name", ["export", "approval", "sync", "reminder", "masking"])
def test_the_same_call_gives_the_same_spec(zh_call, zh_asks, zh_specs: Specs, name: str):
    minutes = zh_call.minutes(*zh_asks.values())
    again = RulesSpecifier().specify(zh_asks[name], minutes, zh_call.transcript, zh_call.project)
    assert again == zh_specs[name]


def test_the_engine_names_the_version_of_its_playbook():
    assert RulesSpecifier().prompt.startswith("playbook@2+")
    assert RulesSpecifier().name == "rules"
