import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ground import ground_spec
from pipeline.models.draft import DraftField, DraftPermission, DraftSlot, DraftSpec
from pipeline.models.evidence import Citation
from pipeline.models.project import Project
from pipeline.models.slots import Slot

PROJECT = Project(uid="P", client="c", system="s", language="zh")


def cite(quote: str, *segments: str) -> Citation:
    return Citation(segments=segments, quote=quote)


EXPORT = cite("能不能给我们来个一键导出", "s1")
LIMIT = cite("财务催得很，最多五万条", "s1")
FIELDS = cite("订单号、金额都要，冷藏的一律不退", "s2")


def stated(value: str | bool, *citations: Citation) -> DraftSlot:
    return DraftSlot(value=value, origin="stated", citations=citations)


def test_a_value_that_was_said_is_stated_with_its_evidence(call):
    found = call.spec(rules=(stated("导出上限五万条", EXPORT, LIMIT),)).rules[0]

    assert found.origin == "stated"
    assert [one.segments for one in found.evidence] == [("s1",), ("s1",)]


@pytest.mark.parametrize(
    "slot",
    [
        stated("导出上限五千条", LIMIT),
        stated("冷藏的一律退", FIELDS),
        stated("导出供应商", FIELDS),
        stated("郑涛批准后导出", EXPORT),
        stated("导出", cite("财务催得很，最多五千条", "s1")),
        stated("导出", cite("院长要求全部换成新系统", "s1")),
        stated("导出"),
    ],
    ids=["number", "negation", "term", "person", "weak", "missing", "no citation"],
)
def test_a_stated_value_that_its_evidence_does_not_hold_is_inferred(call, slot: DraftSlot):
    found = call.spec(limits=(slot,)).limits[0]

    assert (found.value, found.origin) == (slot.value, "inferred")


def test_the_glossary_and_the_speakers_name_may_stand_in_a_stated_value(call):
    said = call.spec(rules=(stated("罗静：冷藏药二到八度，一键导出", EXPORT),)).rules[0]

    assert said.origin == "stated"


def test_missing_evidence_is_not_kept_beside_a_value(call):
    found = call.spec(
        goal=DraftSlot(
            value="快", origin="inferred", citations=(cite("院长要求全部换系统呢", "s1"), EXPORT)
        )
    )

    assert [one.match for one in found.goal.evidence] == ["exact"]


def test_an_empty_slot_stays_unknown_and_a_default_a_default(call):
    found = call.spec(format=DraftSlot(value="xlsx", origin="default"))

    assert (found.format.origin, found.trigger) == ("default", Slot())


def test_only_a_real_dictionary_entry_counts_as_dictionary(call):
    found = call.spec(
        rules=(
            DraftSlot(value="按条件筛选后导出 CSV", origin="dictionary"),
            DraftSlot(value="每晚推送到大屏", origin="dictionary"),
        )
    )

    assert [one.origin for one in found.rules] == ["dictionary", "inferred"]


def test_an_engine_cannot_answer_for_the_client(call):
    assert call.spec(goal=DraftSlot(value="快", origin="answered")).goal.origin == "inferred"


def test_a_field_takes_name_and_type_from_the_dictionary(call):
    found = call.spec(
        data_fields=(
            DraftField(
                label="订单号", name="so_order.no", type="int", origin="stated", citations=(FIELDS,)
            ),
            DraftField(label="金额", origin="stated", citations=(FIELDS,)),
            DraftField(label="炉号", name="x.lot", origin="stated", citations=(FIELDS,)),
            DraftField(label="供应商", name="so_order.vendor", origin="dictionary"),
            DraftField(label="利润", name="so_order.profit", origin="dictionary"),
        )
    )

    assert [(one.label, one.name, one.type, one.origin) for one in found.data_fields] == [
        ("订单号", "so_order.order_no", "varchar(32)", "stated"),
        ("金额", "so_order.amount", "decimal", "stated"),
        ("炉号", None, None, "inferred"),
        ("供应商", "so_order.vendor", "varchar(64)", "dictionary"),
        ("利润", None, None, "inferred"),
    ]


def test_whether_a_field_is_required_can_be_stated(call):
    field = DraftField(
        label="订单号", origin="stated", citations=(FIELDS,), required=stated(True, FIELDS)
    )

    (found,) = call.spec(data_fields=(field,)).data_fields

    assert (found.required.value, found.required.origin) == (True, "stated")


def test_a_permission_is_stated_only_with_proof(call):
    found = call.spec(
        permissions=(
            DraftPermission(role="财务", export=True, origin="stated", citations=(LIMIT,)),
            DraftPermission(role="财务", see=True, origin="stated"),
        )
    )

    assert [(one.origin, one.export) for one in found.permissions] == [
        ("stated", True),
        ("inferred", None),
    ]


@pytest.mark.parametrize(
    ("said", "export", "origin"),
    [
        ("财务不行", False, "stated"),
        ("财务不行", True, "inferred"),
        ("财务可以导", True, "stated"),
        ("财务可以导", False, "inferred"),
    ],
)
def test_a_row_that_denies_needs_a_no_and_one_that_allows_has_none(call, said, export, origin):
    transcript = call.transcript()
    first = transcript.segments[0].with_(text=said)
    draft = DraftSpec(
        ask="A1",
        title="导出",
        permissions=(
            DraftPermission(
                role="财务", export=export, origin="stated", citations=(cite(said, "s0"),)
            ),
        ),
    )
    changed = transcript.with_(segments=(first, *transcript.segments[1:]))
    (found,) = ground_spec(draft, call.ask(), changed, PROJECT).permissions
    assert (found.origin, found.export) == (origin, export)


def test_a_spec_is_for_nobody_whom_its_ask_is_not_for(call):
    hidden = call.ask(visibility="internal", not_for=("罗静",))

    found = call.spec(hidden, not_for=("郑涛",))

    assert (found.visibility, found.not_for) == ("internal", ("罗静", "郑涛"))


def test_a_spec_names_its_project_meeting_and_ask(call):
    found = call.spec()

    assert (found.project, found.meetings, found.asks, found.uid) == ("P", ("M",), ("A1",), "")
    assert (found.title, found.language) == ("导出", "zh")


_TALK = st.text(alphabet="能不导出五万千条一律退订单号金额，。…", max_size=20)
_TURNS = st.lists(st.sampled_from(["s0", "s1", "s2", "x"]), max_size=3).map(tuple)


@given(
    value=_TALK.filter(bool),
    citations=st.lists(st.builds(Citation, segments=_TURNS, quote=_TALK), max_size=3),
)
def test_whatever_an_engine_claims_nothing_is_stated_without_good_evidence(
    call, value: str, citations: list[Citation]
):
    found = call.spec(rules=(stated(value, *citations),)).rules[0]

    assert found.value == value
    assert found.origin in ("stated", "inferred")
    if found.origin == "stated":
        assert any(one.good for one in found.evidence)


def test_a_field_heard_otherwise_shows_the_label_and_keeps_the_words(call):
    drawn = DraftField(label="定单号", name=None, origin="stated", citations=(FIELDS,))
    found = call.spec(data_fields=(drawn,)).data_fields[0]

    assert (found.label, found.name, found.origin) == ("订单号", "so_order.order_no", "stated")
    assert "订单号、金额都要" in found.evidence[0].quote


def test_a_label_with_a_note_and_one_in_another_language_stay_as_they_are(call):
    drawn = (
        DraftField(label="金额（含税）", origin="stated", citations=(FIELDS,)),
        DraftField(label="order total", name="so_order.amount", origin="dictionary"),
    )
    found = call.spec(data_fields=drawn).data_fields

    assert [(one.label, one.name) for one in found] == [
        ("金额（含税）", "so_order.amount"),
        ("order total", "so_order.amount"),
    ]


def test_a_column_that_does_not_fit_the_label_is_not_taken(call):
    drawn = DraftField(label="炉号", name="so_order.vendor", origin="dictionary")
    found = call.spec(data_fields=(drawn,)).data_fields[0]

    assert (found.name, found.type, found.origin) == (None, None, "inferred")
