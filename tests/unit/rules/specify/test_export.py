"""The export ask of the bundled calls: what was said is there, what was not is asked."""

import pytest

from pipeline.models.draft import DraftSpec

Specs = dict[str, DraftSpec]


@pytest.fixture
def zh(zh_specs: Specs) -> DraftSpec:
    return zh_specs["export"]


@pytest.fixture
def en(en_specs: Specs) -> DraftSpec:
    return en_specs["export"]


def values(slots):
    return [slot.value for slot in slots]


def stated(spec: DraftSpec):
    return [(one.label, one.name) for one in spec.data_fields if one.origin == "stated"]


def test_the_fields_are_the_named_columns_and_no_others(zh: DraftSpec, en: DraftSpec):
    assert stated(zh) == [
        ("订单号", "so_order.order_no"),
        ("金额", "so_order.amount"),
        ("订单状态", "so_order.status"),
    ]
    assert stated(en) == [
        ("appointment number", "bk_appointment.appt_no"),
        ("fee", "bk_appointment.fee"),
        ("dentist name", "bk_appointment.dentist_name"),
    ]
    assert len(zh.data_fields) == len(en.data_fields) == 3


def test_columns_bring_their_type_and_the_words_that_named_them(zh: DraftSpec):
    number, _, status = zh.data_fields
    assert number.type == "varchar(32)"
    assert number.citations[0].quote == "订单号和金额一定要有"
    assert "订单状态" in status.citations[0].quote


def test_the_format_is_xlsx_because_the_client_said_excel(zh: DraftSpec, en: DraftSpec):
    for spec in (zh, en):
        assert spec.format.value == "xlsx"
        assert spec.format.origin == "stated"
        assert "Excel" in spec.format.citations[0].quote
        assert spec.title.endswith("(xlsx)")


def test_the_title_names_the_object_and_the_action(zh: DraftSpec, en: DraftSpec):
    assert zh.title == "订单列表批量导出 (xlsx)"
    assert en.title == "Batch export of the appointment list (xlsx)"


def test_only_the_filtered_list_is_exported(zh: DraftSpec, en: DraftSpec):
    assert any("筛选出来的结果" in value for value in values(zh.rules))
    assert any("filtered list" in value for value in values(en.rules))
    assert "筛选出来的结果" in zh.behaviours[0].value


def test_the_limit_keeps_its_number(zh: DraftSpec, en: DraftSpec):
    assert values(zh.limits) == ["平时几千条，月底最多五万条"]
    assert values(en.limits) == ["Usually a few hundred, but twenty thousand at year end"]
    assert zh.limits[0].origin == en.limits[0].origin == "stated"


def test_managers_and_finance_may_export_and_the_front_desk_may_not(zh: DraftSpec, en: DraftSpec):
    assert {row.role: row.export for row in zh.permissions} == {
        "主管": True,
        "财务": True,
        "客服": False,
    }
    assert {row.role: row.export for row in en.permissions} == {
        "managers": True,
        "accountant": True,
        "reception": False,
    }
    assert {row.origin for row in (*zh.permissions, *en.permissions)} == {"stated"}


def test_the_text_message_that_was_turned_down_is_out_of_scope(zh: DraftSpec, en: DraftSpec):
    assert any("短信" in one and "不用" in one for one in zh.out_of_scope)
    assert any("text message" in one and "No text message" in one for one in en.out_of_scope)
    for spec in (zh, en):
        assert not [one for one in values(spec.rules) if "短信" in one or "text message" in one]


def test_file_name_and_empty_result_are_asked_and_what_was_said_is_not(
    zh: DraftSpec, en: DraftSpec
):
    for spec in (zh, en):
        slots = {question.slot for question in spec.open_questions}
        assert {"file_name", "empty_or_error"} <= slots
        assert not {"format", "fields", "scope_filter", "permission", "volume_limit"} & slots


def test_what_happens_beyond_the_limit_is_asked_with_the_number(zh: DraftSpec, en: DraftSpec):
    assert any("五万条" in one.question for one in zh.open_questions)
    assert any("twenty thousand" in one.question for one in en.open_questions)


def test_the_pain_is_told_in_the_clients_words(zh: DraftSpec, en: DraftSpec):
    assert "客服每天要把订单抄到表格里" in zh.pain.value
    assert "copies every appointment into a spreadsheet by hand" in en.pain.value
    assert zh.pain.origin == en.pain.origin == "stated"
    assert zh.goal.origin == "inferred"


def test_the_masked_phone_number_is_no_column_of_the_export(zh: DraftSpec):
    assert "客户手机号" not in [field.label for field in zh.data_fields]


def test_acceptance_has_the_happy_case_a_permission_case_and_the_limit(
    zh: DraftSpec, en: DraftSpec
):
    for spec in (zh, en):
        assert {case.kind for case in spec.acceptance} == {
            "happy",
            "failure",
            "permission",
            "boundary",
        }
    (denied,) = [case for case in zh.acceptance if case.kind == "permission"]
    assert "客服" in denied.given
    (edge,) = [case for case in zh.acceptance if case.kind == "boundary"]
    assert "五万条" in edge.given


def test_a_behaviour_is_one_plain_sentence_with_its_actors(zh: DraftSpec, en: DraftSpec):
    assert zh.behaviours[0].value.startswith("当主管、财务在订单列表点击导出时，系统应")
    assert en.behaviours[0].value.startswith(
        "When a user (managers, accountant) clicks Export on the appointment list, the system shall"
    )
    assert {one.origin for one in zh.behaviours} == {"inferred"}


def test_the_contract_line_that_decided_is_named(zh: DraftSpec, en: DraftSpec):
    assert (zh.scope.verdict, zh.scope.line) == ("in", "3.1 订单管理：查询、筛选、导出")
    assert (en.scope.verdict, en.scope.line) == (
        "in",
        "2.1 Appointment list: search, filter, export",
    )


def test_what_was_inferred_shows_as_an_assumption(zh: DraftSpec):
    assert any(str(zh.goal.value) in one for one in zh.assumptions)
    assert not any("五万" in one for one in zh.assumptions)
