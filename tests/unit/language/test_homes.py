"""Each data field in the one column that fits it, or the question which: for any engine's draft."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.homes import MOST_OPTIONS, at_home
from pipeline.models.draft import DraftField, DraftSlot, DraftSpec
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask
from pipeline.models.project import DictionaryField, Entity, Project
from pipeline.models.spec import OpenQuestion
from pipeline.models.transcript import EngineName, Segment, Transcript


def entity(name: str, table: str, *labels: str) -> Entity:
    fields = (DictionaryField(name=f"c{n}", label=one, type="int") for n, one in enumerate(labels))
    return Entity(entity=name, table=table, fields=tuple(fields))


PROJECT = Project(
    language="zh",
    data_dictionary=(
        entity("订单", "o", "订单号", "状态", "备注", "金额"),
        entity("运单", "w", "运单号", "状态", "备注", "司机"),
        entity("车辆", "v", "车牌号", "备注"),
    ),
)


def drafted(
    *fields: DraftField, project: Project = PROJECT, said: str = "", **more: Any
) -> DraftSpec:
    ask = {"uid": "u", "id": "A1", "text": "导出一张表", "origin_engine": "t", "kind": "report"}
    ask |= more.pop("ask", {})
    draft = DraftSpec(ask="A1", title="表", language="zh", data_fields=fields, **more)
    call = Transcript(engine=EngineName(name="t"), segments=(Segment(id="s0", index=0, text=said),))
    return at_home(draft, Ask.model_validate(ask), call, project)


def field(label: str, name: str | None = None, origin: Any = "stated", **more: Any) -> DraftField:
    return DraftField(label=label, name=name, origin=origin, **more)


def names(draft: DraftSpec) -> list[str | None]:
    return [one.name for one in draft.data_fields]


def test_a_label_of_one_column_lives_there_however_it_was_heard() -> None:
    made = drafted(field("定单号"), field("司机", "w.gone"), field("金额", "o.c3"))
    assert names(made) == ["o.c0", "w.c3", "o.c3"]
    assert made.open_questions == ()


def test_a_label_of_several_columns_is_one_blocking_question() -> None:
    made = drafted(field("备注"))
    assert names(made) == [None]
    (question,) = made.open_questions
    assert question.blocking
    assert question.slot == "fields"
    assert question.options == ("订单里的备注", "运单里的备注", "车辆里的备注")
    assert question.recommended is None


def test_a_guess_of_an_engine_that_nothing_speaks_for_becomes_a_question() -> None:
    made = drafted(field("备注", "v.c1"))
    assert names(made) == [None]
    assert len(made.open_questions) == 1


@pytest.mark.parametrize(
    "more",
    [
        {
            "said": "车辆的备注也要",
            "fields": (field("备注", citations=(Citation(segments=("s0",)),)),),
        },
        {"ask": {"text": "车辆列表导出"}, "fields": (field("备注"),)},
        {"fields": (field("备注"), field("车牌号"))},
        {"ask": {"raw_quote": "车牌号旁边的"}, "fields": (field("备注"),)},
    ],
    ids=["its own words", "the ask", "the other fields", "words of the call"],
)
def test_what_was_said_decides_between_columns(more: dict[str, Any]) -> None:
    made = drafted(*more.pop("fields"), **more)
    assert made.data_fields[0].name == "v.c1"
    assert made.open_questions == ()


def test_the_choice_of_an_engine_stands_where_something_speaks_for_it() -> None:
    made = drafted(field("状态", "w.c1"), field("状态", "o.c1"), ask={"text": "订单和运单的表"})
    assert names(made) == ["w.c1", "o.c1"]


def test_a_name_that_does_not_fit_the_label_is_dropped() -> None:
    made = drafted(field("订单号", "w.c0"), field("炉号", "o.c3"))
    assert names(made) == ["o.c0", None]
    (question,) = made.open_questions
    assert "炉号" in question.question


def test_a_label_in_another_language_keeps_the_column_it_was_given() -> None:
    assert names(drafted(field("total to pay", "o.c3"))) == ["o.c3"]


def test_a_short_form_of_another_column_does_not_beat_one_that_fits() -> None:
    fields = (
        DictionaryField(name="customer", label="客户编码"),
        DictionaryField(name="cust_name", label="客户名称"),
    )
    project = Project(data_dictionary=(Entity(entity="单", table="t", fields=fields),))
    assert names(drafted(field("customer", "t.cust_name"), project=project)) == ["t.cust_name"]
    assert names(drafted(field("customer"), project=project)) == ["t.customer"]


@pytest.mark.parametrize(
    ("origin", "more", "blocking"),
    [
        ("stated", {}, True),
        ("inferred", {}, False),
        ("stated", {"ask": {"priority": "could"}}, False),
        ("stated", {"ask": {"kind": "function"}}, False),
        (
            "stated",
            {"ask": {"kind": "function"}, "format": DraftSlot(value="xlsx", origin="default")},
            True,
        ),
    ],
)
def test_what_no_table_has_blocks_only_where_the_outcome_needs_it(
    origin: str, more: dict[str, Any], blocking: bool
) -> None:
    more = {"kind": more.get("ask", {}).get("kind", "report"), **more}
    (question,) = drafted(field("炉号", origin=origin), **more).open_questions
    assert (question.slot, question.blocking) == ("source_data", blocking)


def test_labels_of_the_same_tables_and_all_that_is_homeless_are_asked_once() -> None:
    made = drafted(field("状态"), field("备注"), field("炉号"), field("供应商"))
    assert [one.slot for one in made.open_questions] == ["fields", "fields", "source_data"]
    assert "“炉号、供应商”" in made.open_questions[2].question
    assert len({one.id for one in made.open_questions}) == 3


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("“备注”指的是哪一个？", 1),
        ("导出：备注写哪张表的？", 1),
        ("备注导出：谁能看？", 2),
        ("谁能导出？", 2),
    ],
)
def test_what_is_asked_already_is_not_asked_again(question: str, asked: int) -> None:
    before = OpenQuestion(id="q1", slot="fields", question=question)
    assert len(drafted(field("备注"), open_questions=(before,)).open_questions) == asked


def test_a_record_itself_is_not_homeless() -> None:
    assert drafted(field("订单")).open_questions == ()


def test_many_places_are_at_most_five_options() -> None:
    many = Project(data_dictionary=tuple(entity(f"表{n}", f"t{n}", "备注") for n in range(9)))
    (question,) = drafted(field("备注"), project=many).open_questions
    assert len(question.options) == MOST_OPTIONS


def test_tables_of_one_name_are_told_apart() -> None:
    twice = Project(data_dictionary=(entity("单", "a", "备注"), entity("单", "b", "备注")))
    (question,) = drafted(field("备注"), project=twice).open_questions
    assert question.options == ("单 (a.c0)里的备注", "单 (b.c0)里的备注")


def test_without_a_dictionary_nothing_is_homeless() -> None:
    made = drafted(field("炉号", "x.y"), project=Project())
    assert made.open_questions == ()


LABEL = st.sampled_from(
    ["备注", "状态", "订单号", "定单号", "炉号", "订单", "remark", "", "（）", "x.y"]
)
PATH = st.sampled_from([None, "o.c0", "w.c1", "v.c1", "o.gone", ""])


@given(st.lists(st.tuples(LABEL, PATH), max_size=6), st.text(max_size=10))
def test_every_name_is_a_real_column_and_twice_is_the_same_as_once(
    rows: list[tuple[str, str | None]], said: str
) -> None:
    made = drafted(*(field(label, path) for label, path in rows), said=said)
    assert [one.label for one in made.data_fields] == [label for label, _ in rows]
    real = {f"{e.table}.{f.name}" for e in PROJECT.data_dictionary for f in e.fields}
    assert {one for one in names(made) if one} <= real
    assert all(2 <= len(one.options) <= MOST_OPTIONS for one in made.open_questions)
    again = drafted(*made.data_fields, said=said, open_questions=made.open_questions)
    assert names(again) == names(made)
