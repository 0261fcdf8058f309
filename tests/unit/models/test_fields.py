"""Only named fields can be set, and only to what fits."""

import pytest

from pipeline.errors import InputError
from pipeline.models.evidence import Evidence
from pipeline.models.fields import EDITABLE, editable, find, value_at, with_value
from pipeline.models.minutes import ITEM_TYPES, Action, Ask, Conflict, Position
from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import Acceptance, FeatureSpec, OpenQuestion

SAID = Evidence(meeting="m1", transcript_version=1, segments=("s1",), quote="五万行", match="exact")
ASK = Ask(uid="u1", id="A1", text="导出", evidence=(SAID,), origin_engine="rules")
ACTION = Action(uid="u2", id="T1", text="发方案", evidence=(SAID,), origin_engine="rules")
SPEC = FeatureSpec(
    uid="u3",
    id="S1",
    project="p1",
    meetings=("m1",),
    asks=("A1",),
    title="订单导出",
    origin_engine="rules",
    format=Slot(value="xlsx", origin="stated", evidence=(SAID,)),
    limits=(
        Slot(value="单次五万行", origin="stated", evidence=(SAID,)),
        Slot(value="半小时内", origin="inferred"),
    ),
    data_fields=(SpecField(label="金额", name="so_order.amount", origin="dictionary"),),
    permissions=(Permission(role="财务", export=True, origin="stated", evidence=(SAID,)),),
    open_questions=(OpenQuestion(id="q1", slot="file_name", question="文件名？"),),
    acceptance=(Acceptance(given="a", when="b", then="c", kind="happy"),),
)


def test_every_kind_of_item_has_its_list():
    assert set(ITEM_TYPES.values()) < EDITABLE.keys()


def test_every_listed_path_leads_somewhere():
    conflict = Conflict(
        uid="u",
        id="C1",
        text="x",
        origin_engine="rules",
        a=Position(text="五万"),
        b=Position(text="八万"),
    )
    for on in (ASK, ACTION, conflict):
        for path in EDITABLE[type(on)]:
            value_at(on, path)
    for path in EDITABLE[FeatureSpec]:
        value_at(SPEC, path.replace("[]", "[0]"))


@pytest.mark.parametrize(
    "path", ["uid", "id", "evidence", "review", "raw_quote", "spec", "nope", None]
)
def test_what_comes_from_the_call_or_from_code_cannot_be_set(path):
    with pytest.raises(InputError, match="field_not_editable"):
        editable(ASK, path)


@pytest.mark.parametrize(
    ("on", "path", "value"),
    [
        (ASK, "text", "  "),
        (ASK, "text", None),
        (ASK, "priority", "urgent"),
        (ASK, "not_for", "王敏"),
        (ACTION, "due_date", "下周五"),
        (ACTION, "weak", "maybe so"),
        (SPEC, "fit", "bespoke"),
        (SPEC, "acceptance[0]", {"given": "a"}),
    ],
)
def test_a_value_that_does_not_fit_is_refused(on, path, value):
    with pytest.raises(InputError, match="edit_value_invalid") as refused:
        with_value(on, path, value)
    assert refused.value.params["field"] == path


@pytest.mark.parametrize("path", ["limits[7]", "data_fields[3].label", "goal[0]"])
def test_a_path_to_nothing_is_refused(path):
    with pytest.raises(InputError, match="field_not_there"):
        with_value(SPEC, path, "x")


def test_a_plain_value_is_set():
    assert with_value(ASK, "scope.line", "第 3.2 条").scope.line == "第 3.2 条"
    assert with_value(ACTION, "due_date", "2026-03-27").due_date == "2026-03-27"
    assert with_value(ASK, "not_for", ["吴总"]).not_for == ("吴总",)


def test_what_a_person_writes_over_the_clients_words_is_an_assumption():
    slot = with_value(SPEC, "format", "csv").format
    assert (slot.value, slot.origin, slot.evidence) == ("csv", "inferred", (SAID,))


def test_a_slip_of_the_pen_leaves_the_origin():
    slot = with_value(SPEC, "format", "XLSX", keep_origin=True).format
    assert (slot.value, slot.origin) == ("XLSX", "stated")


def test_an_emptied_slot_is_unknown():
    assert with_value(SPEC, "format", None).format == Slot()


def test_entries_are_added_at_the_end_and_taken_out():
    longer = with_value(SPEC, "limits[2]", "只限工作日")
    assert [one.value for one in longer.limits] == ["单次五万行", "半小时内", "只限工作日"]
    assert longer.limits[2].origin == "inferred"
    shorter = with_value(SPEC, "limits[0]", None)
    assert [one.value for one in shorter.limits] == ["半小时内"]


def test_another_label_is_an_assumption_and_another_column_name_is_not():
    assert with_value(SPEC, "data_fields[0].label", "含税金额").data_fields[0].origin == "inferred"
    renamed = with_value(SPEC, "data_fields[0].name", "so_order.total").data_fields[0]
    assert (renamed.name, renamed.origin) == ("so_order.total", "dictionary")
    assert with_value(SPEC, "permissions[0].see", True).permissions[0].origin == "inferred"


def test_a_row_is_added_whole_without_an_origin_of_its_own():
    row = with_value(SPEC, "data_fields[1]", {"label": "状态"}).data_fields[1]
    assert (row.label, row.origin, row.evidence) == ("状态", "inferred", ())
    with pytest.raises(InputError, match="field_not_editable"):
        with_value(SPEC, "data_fields[1]", {"label": "状态", "origin": "stated"})


def test_an_entry_is_found_by_its_value():
    assert find(SPEC, "limits[0]", "半小时内") == "limits[1]"
    assert find(SPEC, "limits[0]", "两小时内") is None
    assert find(SPEC, "data_fields[4]", value_at(SPEC, "data_fields[0]")) == "data_fields[0]"
