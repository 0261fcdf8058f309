import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ground import Grounder, ground, ground_spec
from pipeline.models.base import Side
from pipeline.models.draft import (
    Draft,
    DraftAction,
    DraftAsk,
    DraftConflict,
    DraftDecision,
    DraftField,
    DraftItem,
    DraftPermission,
    DraftPosition,
    DraftSlot,
    DraftSpec,
)
from pipeline.models.evidence import Citation, Evidence
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import EngineName, Segment, Transcript

TURNS: tuple[tuple[str, Side, str], ...] = (
    ("韩雪", "us", "清单我们一条一条过。"),
    ("罗静", "client", "能不能给我们来个一键导出？财务催得很，最多五万条。"),
    ("郑涛", "client", "订单号、金额都要，冷藏的一律不退。"),
    ("韩雪", "us", "好的，我下周三前给您看样子。"),
    ("罗静", "client", "五年以内的都要能查到。"),
    ("邵东", "us", "这块先别跟客户说，我们还没测过。"),
)
PROJECT = Project(
    uid="P",
    client="医院",
    system="HIS",
    language="zh",
    participants=(Participant(name="罗静", side="client"), Participant(name="郑涛", side="client")),
    data_dictionary=(
        Entity(
            entity="订单",
            table="so_order",
            fields=(
                DictionaryField(name="order_no", label="订单号", type="varchar(32)"),
                DictionaryField(name="amount", label="金额（元）", type="decimal"),
                DictionaryField(name="vendor", label="供应商", type="varchar(64)"),
            ),
        ),
    ),
    capabilities=("列表可以按条件筛选后导出 CSV",),
    glossary={"冷藏药": "二到八度保存"},
)


def transcript(*, date: str | None = "2025-09-11", times: bool = True) -> Transcript:
    return Transcript(
        meeting="M",
        version=3,
        date=date,
        engine=EngineName(name="test"),
        segments=tuple(
            Segment(
                id=f"s{place}",
                index=place,
                start=place * 10.0 if times else None,
                end=place * 10.0 + 8 if times else None,
                speaker=speaker,
                side=side,
                text=text,
            )
            for place, (speaker, side, text) in enumerate(TURNS)
        ),
    )


def cite(quote: str, *segments: str) -> Citation:
    return Citation(segments=segments, quote=quote)


def evidence(quote: str, *segments: str, times: bool = True) -> Evidence:
    return Grounder(transcript(times=times)).evidence(cite(quote, *segments))


def minutes(
    *items: DraftItem, internal: tuple[str, ...] = (), date: str | None = "2025-09-11"
) -> Minutes:
    draft = Draft(
        decisions=tuple(one for one in items if isinstance(one, DraftDecision)),
        asks=tuple(one for one in items if isinstance(one, DraftAsk)),
        actions=tuple(one for one in items if isinstance(one, DraftAction)),
        conflicts=tuple(one for one in items if isinstance(one, DraftConflict)),
        internal=internal,
    )
    return ground(draft, transcript(date=date), language="zh", engine="rules")


EXPORT = cite("能不能给我们来个一键导出", "s1")
LIMIT = cite("财务催得很，最多五万条", "s1")
FIELDS = cite("订单号、金额都要，冷藏的一律不退", "s2")


def ask(**changes: object) -> Ask:
    drafted = DraftAsk(ref="a1", text="一键导出", raw_quote="一键导出", citations=(EXPORT,))
    (found,) = minutes(drafted).asks
    return found.with_(uid="U1", id="A1", **changes)


def spec(**slots: object) -> FeatureSpec:
    draft = DraftSpec.model_validate({"ask": "A1", "title": "导出", "language": "zh", **slots})
    return ground_spec(draft, ask(), transcript(), PROJECT)


def stated(value: str | bool, *citations: Citation) -> DraftSlot:
    return DraftSlot(value=value, origin="stated", citations=citations)


# --- evidence ---------------------------------------------------------------------------------


def test_evidence_says_who_said_it_where_and_when():
    found = evidence("财务催得很，最多五万条", "s1")

    assert found == Evidence(
        meeting="M",
        transcript_version=3,
        segments=("s1",),
        start=10.0,
        end=18.0,
        speaker="罗静",
        side="client",
        quote="财务催得很，最多五万条",
        match="exact",
    )


def test_evidence_names_the_turn_where_the_words_really_stand():
    assert evidence("金额都要，冷藏的一律不退", "s4").segments == ("s2",)
    assert evidence("订单号、金额都要，冷藏的一律不退", "s5", "nonsense").segments == ("s2",)


def test_only_the_transcripts_own_words_are_kept():
    found = evidence("能不能给我门来一个一键导出，财务催得很，最多五万条", "s1")

    assert (found.match, found.quote) == ("fuzzy", TURNS[1][2])


def test_words_that_nobody_said_are_missing_and_show_nothing():
    found = evidence("院长要求下个月全部换成新系统", "s1")

    assert (found.match, found.segments, found.quote, found.start) == ("missing", (), "", None)
    assert not found.good


@pytest.mark.parametrize(
    ("quote", "match"),
    [
        ("能不能给我们来个一键导出？", "exact"),
        ("能不能，给我们，来个一键导出", "normalised"),
        ("能不能给我们来一个一键导出", "fuzzy"),
        ("财务催得很，最多五千条，导出", "weak"),
    ],
)
def test_each_grade_has_its_quote(quote: str, match: str):
    assert evidence(quote, "s1").match == match


def test_a_source_without_times_gives_evidence_without_times():
    found = evidence("财务催得很，最多五万条", "s1", times=False)

    assert (found.start, found.end, found.match) == (None, None, "exact")


def test_whole_turns_far_apart_become_evidence_of_their_own():
    found = Grounder(transcript()).every([cite("", "s4", "s1", "s2")])

    assert [(one.segments, one.start, one.end) for one in found] == [
        (("s1", "s2"), 10.0, 28.0),
        (("s4",), 40.0, 48.0),
    ]


def test_the_same_words_cited_twice_are_told_once():
    assert len(Grounder(transcript()).every([EXPORT, EXPORT, LIMIT])) == 2


# --- minutes ----------------------------------------------------------------------------------


def test_an_item_without_proof_stays_visible():
    (found,) = minutes(
        DraftDecision(ref="d1", text="换系统", citations=(cite("院长要求全部换成新系统", "s1"),))
    ).decisions

    assert found.doubtful
    assert [one.match for one in found.evidence] == ["missing"]


def test_an_item_keeps_its_ref_as_id_until_the_store_names_it():
    found = minutes(
        DraftDecision(ref="d1", text="先导出", citations=(EXPORT,)),
        DraftDecision(ref="d2", text="最多五万条", citations=(LIMIT,), supersedes="d1"),
    )

    assert [(one.uid, one.id, one.supersedes) for one in found.decisions] == [
        ("", "d1", None),
        ("", "d2", "d1"),
    ]
    assert {one.origin_engine for one in found.decisions} == {"rules"}


def test_minutes_belong_to_the_version_they_were_read_from():
    found = minutes()

    assert (found.meeting, found.transcript_version, found.language) == ("M", 3, "zh")


def test_what_rests_on_talk_among_ourselves_is_internal():
    ours = DraftDecision(
        ref="d1", text="先不说", citations=(cite("这块先别跟客户说，我们还没测过", "s5"),)
    )
    theirs = DraftDecision(ref="d2", text="导出", citations=(EXPORT,))

    found = minutes(ours, theirs, internal=("s5",))

    assert [one.visibility for one in found.decisions] == ["internal", "client"]


def test_both_sides_of_a_conflict_are_grounded():
    conflict = DraftConflict(
        ref="c1",
        text="导出多少",
        a=DraftPosition(text="五万", citations=(LIMIT,)),
        b=DraftPosition(text="五年", citations=(cite("五年以内的都要能查到", "s4"),)),
    )

    (found,) = minutes(conflict).conflicts

    assert [one.evidence[0].segments for one in (found.a, found.b)] == [("s1",), ("s4",)]


def test_a_conflict_with_one_side_among_ourselves_is_internal():
    ours = DraftPosition(text="没测过", citations=(cite("这块先别跟客户说，我们还没测过", "s5"),))
    conflict = DraftConflict(
        ref="c1", text="x", a=ours, b=DraftPosition(text="导出", citations=(EXPORT,))
    )

    (found,) = minutes(conflict, internal=("s5",)).conflicts

    assert found.visibility == "internal"


def test_an_ask_is_quoted_in_the_clients_own_words():
    drafted = DraftAsk(
        ref="a1",
        text="导出",
        raw_quote="能不能给咱们来个一键导出",
        speaker="财务",
        citations=(EXPORT,),
    )

    (found,) = minutes(drafted).asks

    assert found.raw_quote in TURNS[1][2]
    assert found.speaker == "罗静"


def test_an_ask_that_nobody_voiced_has_no_quote():
    drafted = DraftAsk(ref="a1", text="换系统", raw_quote="院长要求全部换成新系统")

    (found,) = minutes(drafted).asks

    assert found.raw_quote == ""
    assert found.doubtful


@pytest.mark.parametrize(
    ("verbatim", "kept", "due"),
    [
        ("下周三前", "下周三前", "2025-09-17"),
        ("下周四前", None, None),
        ("明天下班之前", None, None),
        (None, None, None),
    ],
)
def test_a_due_date_comes_from_words_that_were_said(
    verbatim: str | None, kept: str | None, due: str | None
):
    promise = cite("我下周三前给您看样子", "s3")
    drafted = DraftAction(
        ref="t1", text="样子", due_verbatim=verbatim, due_date="2031-01-01", citations=(promise,)
    )

    (found,) = minutes(drafted).actions

    assert (found.due_verbatim, found.due_date) == (kept, due)


def test_an_undated_call_leaves_due_dates_verbatim():
    promise = cite("我下周三前给您看样子", "s3")
    drafted = DraftAction(ref="t1", text="样子", due_verbatim="下周三前", citations=(promise,))

    (found,) = minutes(drafted, date=None).actions

    assert (found.due_verbatim, found.due_date) == ("下周三前", None)


# --- specs ------------------------------------------------------------------------------------


def test_a_value_that_was_said_is_stated_with_its_evidence():
    found = spec(rules=(stated("导出上限五万条", EXPORT, LIMIT),)).rules[0]

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
def test_a_stated_value_that_its_evidence_does_not_hold_is_inferred(slot: DraftSlot):
    found = spec(limits=(slot,)).limits[0]

    assert (found.value, found.origin) == (slot.value, "inferred")


def test_the_glossary_and_the_speakers_name_may_stand_in_a_stated_value():
    said = spec(rules=(stated("罗静：冷藏药二到八度，一键导出", EXPORT),)).rules[0]

    assert said.origin == "stated"


def test_missing_evidence_is_not_kept_beside_a_value():
    found = spec(
        goal=DraftSlot(
            value="快", origin="inferred", citations=(cite("院长要求全部换系统呢", "s1"), EXPORT)
        )
    )

    assert [one.match for one in found.goal.evidence] == ["exact"]


def test_an_empty_slot_stays_unknown_and_a_default_a_default():
    found = spec(format=DraftSlot(value="xlsx", origin="default"))

    assert (found.format.origin, found.trigger) == ("default", Slot())


def test_only_a_real_dictionary_entry_counts_as_dictionary():
    found = spec(
        rules=(
            DraftSlot(value="按条件筛选后导出 CSV", origin="dictionary"),
            DraftSlot(value="每晚推送到大屏", origin="dictionary"),
        )
    )

    assert [one.origin for one in found.rules] == ["dictionary", "inferred"]


def test_an_engine_cannot_answer_for_the_client():
    assert spec(goal=DraftSlot(value="快", origin="answered")).goal.origin == "inferred"


def test_a_field_takes_name_and_type_from_the_dictionary():
    found = spec(
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


def test_whether_a_field_is_required_can_be_stated():
    field = DraftField(
        label="订单号", origin="stated", citations=(FIELDS,), required=stated(True, FIELDS)
    )

    (found,) = spec(data_fields=(field,)).data_fields

    assert (found.required.value, found.required.origin) == (True, "stated")


def test_a_permission_is_stated_only_with_proof():
    found = spec(
        permissions=(
            DraftPermission(role="财务", export=True, origin="stated", citations=(LIMIT,)),
            DraftPermission(role="财务", see=True, origin="stated"),
        )
    )

    assert [(one.origin, one.export) for one in found.permissions] == [
        ("stated", True),
        ("inferred", None),
    ]


def test_a_spec_is_for_nobody_whom_its_ask_is_not_for():
    draft = DraftSpec(ask="A1", title="导出", not_for=("郑涛",))
    hidden = ask(visibility="internal", not_for=("罗静",))

    found = ground_spec(draft, hidden, transcript(), PROJECT)

    assert (found.visibility, found.not_for) == ("internal", ("罗静", "郑涛"))


def test_a_spec_names_its_project_meeting_and_ask():
    found = spec()

    assert (found.project, found.meetings, found.asks, found.uid) == ("P", ("M",), ("A1",), "")
    assert (found.title, found.language) == ("导出", "zh")


_TALK = st.text(alphabet="能不导出五万千条一律退订单号金额，。…", max_size=20)
_CITED = st.lists(
    st.builds(
        Citation,
        segments=st.lists(st.sampled_from(["s0", "s1", "s2", "x"])).map(tuple),
        quote=_TALK,
    ),
    max_size=3,
).map(tuple)


@given(value=_TALK.filter(bool), citations=_CITED)
def test_whatever_an_engine_claims_nothing_is_stated_without_good_evidence(
    value: str, citations: tuple[Citation, ...]
):
    found = spec(rules=(stated(value, *citations),)).rules[0]

    assert found.value == value
    assert found.origin in ("stated", "inferred")
    if found.origin == "stated":
        assert any(one.good for one in found.evidence)


@given(citations=_CITED)
def test_evidence_is_always_words_of_the_transcript(citations: tuple[Citation, ...]):
    said = " ".join(text for _, _, text in TURNS)

    for one in Grounder(transcript()).every(citations):
        assert one.match != "missing" or not one.quote
        assert one.quote in said
