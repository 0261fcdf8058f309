"""Known answers of the scorers: what they count and what they do not."""

import pytest

from evals.datasets.wanted import WantedAsk, WantedField
from evals.scorers.matching import Cited, matched
from evals.scorers.share import Share, total
from evals.scorers.specs import missed_questions, one_to_one, same_field, same_for_all, scores
from evals.scorers.words import asks, held
from evals.specs.table import interval, rows, written
from pipeline.models.evidence import Evidence
from pipeline.models.project import DictionaryField, Entity, Project
from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import FeatureSpec, OpenQuestion

PROJECT = Project(
    data_dictionary=(
        Entity(
            entity="订单", table="so", fields=(DictionaryField(name="order_no", label="订单号"),)
        ),
    )
)


def said(quote: str) -> tuple[Evidence, ...]:
    return (
        Evidence(meeting="m", transcript_version=1, segments=("s1",), quote=quote, match="exact"),
    )


def gold(**changes) -> WantedAsk:
    base = {
        "id": "A1",
        "call": "c",
        "language": "zh",
        "kind": "report",
        "text": "导出订单",
        "raw_quote": "导出",
        "speaker": "王",
        "turns": frozenset({1}),
        "pain": None,
        "fields": (
            WantedField("订单号", "order_no", "dictionary"),
            WantedField("炉号", None, "stated"),
            WantedField("放行人", None, "unknown"),
        ),
        "details": ("只导本月的",),
        "facts": ("一次不超过五百条",),
        "must_ask": ("谁可以导出", "谁能看到", "文件名怎么命名"),
        "slots": ("permission", "permission", "file_name"),
        "must_not_invent": ("导出为PDF文件",),
        "fit": "custom",
    }
    return WantedAsk(**{**base, **changes})


def spec(**changes) -> FeatureSpec:
    return FeatureSpec(
        uid="u", id="S1", project="p", meetings=("m",), asks=("A1",), origin_engine="rules",
        title="导出订单",
    ).with_(**changes)  # fmt: skip


def ask(slot: str, question: str = "?") -> OpenQuestion:
    return OpenQuestion(id="q1", slot=slot, question=question)


def test_a_field_counts_by_its_column_or_by_its_label():
    fields = (
        SpecField(label="单号", name="so.order_no", origin="dictionary"),
        SpecField(label="炉号", origin="inferred"),
        SpecField(label="颜色", origin="inferred"),
    )
    found = scores(gold(), spec(data_fields=fields), PROJECT)
    assert found.fields == Share(2, 2)
    assert found.fields_right == Share(2, 3)


def test_an_origin_is_right_as_labelled_and_unknown_where_it_is_called_no_fact():
    fields = (
        SpecField(label="订单号", name="so.order_no", origin="dictionary"),
        SpecField(label="炉号", origin="inferred"),
        SpecField(label="放行人", origin="inferred"),
    )
    assert scores(gold(), spec(data_fields=fields), PROJECT).origins == Share(2, 3)
    claimed = SpecField(label="放行人", origin="stated", evidence=said("放行人"))
    assert scores(gold(), spec(data_fields=(claimed,)), PROJECT).origins == Share(0, 1)


def test_missed_questions_go_by_the_slot_and_without_slots_by_the_words():
    asked = spec(open_questions=(ask("permission", "谁可以导出？"),))
    assert missed_questions(gold(), asked) == {"文件名怎么命名"}
    assert missed_questions(gold(slots=()), asked) == {"谁能看到", "文件名怎么命名"}
    assert missed_questions(gold(), None) == set(gold().must_ask)


def test_a_quantity_is_not_another_quantity():
    short = WantedField("Quantity short", None, "stated")
    assert not same_field(short, SpecField(label="Ordered quantity", origin="dictionary"))
    assert same_field(short, SpecField(label="quantity short", origin="inferred"))


def test_one_question_serves_every_question_of_its_key_or_only_one():
    found = scores(gold(), spec(open_questions=(ask("permission"),)), PROJECT)
    assert found.by_slot == Share(2, 3)
    assert found.by_slot_one_to_one == Share(1, 3)
    assert one_to_one(("timing", "other"), ("other", "other", "goal")) == Share(1, 2)


def test_the_same_questions_for_everybody_are_the_figure_to_beat():
    asks = [("timing", "timing", "goal"), ("timing", "other")]
    assert same_for_all(asks, 1) == (Share(3, 5), Share(2, 5))
    assert same_for_all(asks, 3)[0] == Share(5, 5)


def test_a_question_counts_by_its_words_whatever_its_key():
    found = scores(gold(), spec(open_questions=(ask("other", "谁可以导出和查看？"),)), PROJECT)
    assert found.by_words == Share(1, 3)
    assert asks("导出的文件名怎么命名？", "文件名怎么命名")
    assert not asks("", "文件名怎么命名")


def test_half_of_the_pairs_are_enough_to_hold_a_fact():
    limit = Slot(value="一次不超过五百条", origin="stated", evidence=said("一次不超过五百条"))
    found = scores(gold(), spec(limits=(limit,)), PROJECT)
    assert found.facts == Share(1, 1)
    assert found.details == Share(0, 1)
    assert held("abcd", "abc")
    assert not held("", "abc")


def test_a_stated_value_that_says_more_than_its_words_is_unproved():
    good = Slot(value="最多五百条", origin="stated", evidence=said("最多五百条吧"))
    bad = Slot(value="最多六百条", origin="stated", evidence=said("最多五百条吧"))
    found = scores(gold(), spec(limits=(good, bad)), PROJECT)
    assert found.unproved == Share(1, 2)
    assumed = scores(gold(), spec(limits=(bad.with_(origin="inferred"),)), PROJECT)
    assert assumed.unproved == Share(0, 0)


def test_a_role_that_may_nothing_needs_a_no():
    row = Permission(
        role="shop", see=False, origin="stated", evidence=said("nobody in the shop sees it")
    )
    assert scores(gold(), spec(permissions=(row,)), PROJECT).unproved == Share(0, 1)
    told = row.with_(see=True)
    assert scores(gold(), spec(permissions=(told,)), PROJECT).unproved == Share(1, 1)


def test_an_assumption_is_no_invention():
    made = Slot(value="导出为PDF文件", origin="inferred")
    claimed = Slot(value="导出为PDF文件", origin="stated", evidence=said("导出为PDF文件"))
    assert scores(gold(), spec(rules=(made,)), PROJECT).invented == Share(0, 1)
    assert scores(gold(), spec(rules=(claimed,)), PROJECT).invented == Share(1, 1)


def test_without_a_spec_nothing_is_hit_and_nothing_is_wrong():
    found = scores(gold(), None, PROJECT)
    assert found.made == Share(0, 1)
    assert found.fields == Share(0, 2)
    assert found.by_slot == Share(0, 3)
    assert found.fit == found.unproved == Share(0, 0)


def test_items_match_one_to_one_by_their_turns_and_else_by_their_words():
    wanted = [Cited("export orders", frozenset({1, 2})), Cited("print labels", frozenset({9}))]
    found = [
        Cited("something else", frozenset({2})),
        Cited("export the orders", frozenset({1, 2})),
        Cited("print the labels", frozenset({40})),
    ]
    assert matched(found, wanted) == {0: 1, 1: 2}


def test_of_two_on_the_same_turns_the_words_decide_and_of_two_alike_the_turns():
    wanted = [Cited("export the orders", frozenset({1, 2}))]
    same_turns = [Cited("print labels", frozenset({1})), Cited("export orders", frozenset({1}))]
    assert matched(same_turns, wanted) == {0: 1}
    same_words = [Cited("export", frozenset({1})), Cited("export", frozenset({1, 2}))]
    assert matched(same_words, wanted) == {0: 1}
    either = [Cited("print labels", frozenset({1, 2})), Cited("export the orders", frozenset({2}))]
    assert matched(either, wanted) == {0: 1}


def test_an_item_that_cites_half_the_call_matches_nothing():
    wanted = [Cited("x", frozenset({1, 2}))]
    long = [Cited("x", frozenset(range(40)))]
    assert matched([Cited("x", frozenset(range(15)))], long) == {0: 0}
    assert matched([Cited("x", frozenset(range(16)))], long) == {}
    assert matched([Cited("x", frozenset({1, 30, 31}))], wanted) == {0: 0}
    assert matched([Cited("x", frozenset({1, 30, 31, 32}))], wanted) == {}


def test_the_interval_holds_the_share_and_is_the_same_each_time():
    some = [Share(1, 2), Share(0, 1), Share(3, 3), Share()]
    found = interval(some, 200)
    assert found.share == total(some) == Share(4, 6)
    assert found.low <= 4 / 6 <= found.high
    assert found == interval(some, 200)
    assert str(interval([], 200)) == str(interval([Share()], 200)) == "-"


@pytest.mark.parametrize("empty", [True, False])
def test_a_table_has_a_cell_for_each_group(empty):
    some = [] if empty else [scores(gold(), spec(open_questions=(ask("goal"),)), PROJECT)]
    table = rows({"all": some, "zh": some})
    assert table[0] == ["", "all", "zh"]
    assert ["questions per spec", *(["-"] * 2 if empty else ["1.0"] * 2)] in table
    assert {len(row) for row in table} == {3}
    assert written(table).splitlines()[1] == "| --- | --- | --- |"
