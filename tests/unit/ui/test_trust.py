"""How far to trust a list is told in plain figures: those of the very engine, or none."""

import datetime as dt

import pytest

from pipeline.measured.reading import Measured, MeasuredFigure, MeasuredUnsaid
from pipeline.models.minutes import Action, Ask, Minutes, Risk
from ui.trust import Trust, engines, explained, line, of_unsaid, pooled, rows, trust


def figure(kind, wanted, found, recall, precision, *, language="all", calls=6, edges=None):
    return MeasuredFigure(
        language=language,
        kind=kind,
        calls=calls,
        wanted=wanted,
        found=found,
        recall=recall,
        precision=precision,
        recall_interval=edges,
        precision_interval=edges,
    )


ALL = (
    figure("live_ask", 8, 8, 0.25, 0.25),
    figure("ask", 10, 20, 0.9, 0.45, edges=(0.42, 0.96)),
    figure("decision", 30, 20, 0.5, 0.75),
    figure("risk", 0, 0, None, None),
)
ZH = (figure("ask", 20, 10, 0.4, 0.8, language="zh", calls=2),)
UNSAID = (
    MeasuredUnsaid(language="all", calls=6, asks=40, asks_kept=0.9, turns=0.084),
    MeasuredUnsaid(language="zh", calls=3, asks=20, asks_kept=0.75, turns=0.12),
    MeasuredUnsaid(language="en", calls=3, asks=19, asks_kept=0.1, turns=0.5),
)


def measured(*figures, **other) -> Measured:
    return Measured.model_validate(
        {
            "engine": "rules",
            "version": "rules@2+abc+code",
            "dataset": "x",
            "calls": 6,
            "measured_at": dt.date(2026, 1, 5),
            "figures": figures or (*ALL, *ZH),
            **other,
        }
    )


def item(of, engine):
    return of(uid=f"u{engine}", id="X1", text="x", origin_engine=engine)


def minutes(**arrays) -> Minutes:
    return Minutes(meeting="m", transcript_version=1, language="zh", **arrays)


def test_all_kinds_count_together_and_live_asks_only_once():
    pool = pooled(measured(), "en")
    assert (pool.spoken, pool.calls) == ("all", 6)
    assert pool.right == pytest.approx((20 * 0.45 + 20 * 0.75) / 40)
    assert pool.found == pytest.approx((10 * 0.9 + 30 * 0.5) / 40)


def test_the_language_of_the_call_counts_where_enough_of_it_was_measured():
    pool = pooled(measured(), "zh")
    assert (pool.spoken, pool.calls, pool.right, pool.found) == ("zh", 2, 0.8, 0.4)


@pytest.mark.parametrize(
    "few",
    [
        figure("ask", 20, 10, 0.4, 0.8, language="zh", calls=1),
        figure("ask", 19, 10, 0.4, 0.8, language="zh", calls=2),
    ],
)
def test_too_little_of_a_language_says_less_than_all(few):
    assert pooled(measured(*ALL, few), "zh").spoken == "all"


def test_beside_a_chat_or_notes_the_figures_are_said_to_be_of_calls():
    known = trust("rules", measured())
    for kind, told in (("chat", "聊天记录上还没有人量过"), ("note", "笔记上还没有人量过")):
        assert told in line(known._replace(kind=kind), "zh", "zh")
        assert told not in line(known, "zh", "zh")


def test_the_line_is_in_the_readers_language_with_the_calls_own_figures():
    known = trust("rules", measured())
    assert line(known, "zh", "zh") == (
        "内置规则在没见过的 2 通中文电话上：列出的 10 条里约 8 条是对的；该有的 10 条里约 4 条找到了。"
    )
    assert line(known, "en", "en") == (
        "The built-in rules, on 6 unseen calls: about 6 of 10 listed are right, 6 of 10 wanted found."
    )


@pytest.mark.parametrize(
    ("in_use", "other"),
    [("rules@2+abc", False), ("rules@2+ab", True), ("rules@3+abc", True), (None, False)],
)
def test_another_version_than_the_measured_one_is_told(in_use, other):
    known = trust("rules", measured(), version=in_use)
    assert known.other_version is other
    assert ("另一版" in line(known, "zh", "zh")) is other


def test_a_model_gets_no_figures_of_another_model_or_of_the_rules():
    other = measured(engine="llm", model="big")
    assert trust("llm", measured(), model="mine") == Trust("llm", "mine")
    assert trust("llm", other, model="mine") == Trust("llm", "mine")
    assert trust("llm", other) == Trust("llm")
    assert trust("llm", other, model="big").measured is other
    told = line(Trust("llm", "mine"), "zh", "en")
    assert told.startswith("Nobody has measured mine on labelled calls")
    assert "dragoman eval --engine llm" in told
    assert not any(mark.isdigit() for mark in told)
    assert "this model" in line(Trust("llm"), "zh", "en")


def test_rules_that_nobody_measured_say_so():
    assert "dragoman eval" in line(trust("rules", None), "zh", "zh")
    nothing = measured(figure("risk", 0, 0, None, None))
    assert "dragoman eval" in line(trust("rules", nothing), "zh", "zh")
    assert explained(nothing, "zh", "zh") is None


def test_the_table_holds_every_measured_kind_of_ten_with_its_range():
    found = {one.kind: one for one in rows(measured(), "all")}
    assert list(found) == ["ask", "live_ask", "decision", "risk"]
    assert (found["ask"].listed, found["ask"].right) == (20, "4 (4–10)")
    assert (found["ask"].wanted, found["ask"].found) == (10, "9 (4–10)")
    assert (found["risk"].right, found["risk"].found) == ("–", "–")


@pytest.mark.parametrize("reader", ["zh", "en"])
def test_brackets_are_explained_where_there_are_any(reader):
    in_all, in_zh = (explained(measured(), language, reader) for language in ("en", "zh"))
    assert len(in_all.table.splitlines()) == 2 + 4
    assert "2026-01-05" in in_all.told
    assert "95" in in_all.told
    assert "95" not in in_zh.told


def test_what_the_list_of_the_unsaid_kept_is_told_in_the_language_or_of_all():
    known = trust("rules", measured(unsaid=UNSAID))
    assert of_unsaid(known, "zh", "zh") == (
        "内置规则在没见过的 3 通中文电话上：该有的 10 条需求里约 8 条记进了纪要或列在这里；"
        "这里每 100 句客户的话列出约 12 句。"
    )
    assert "6 unseen calls: about 9 of 10" in of_unsaid(known, "en", "en")
    assert of_unsaid(trust("rules", measured()), "zh", "zh") == ""
    assert of_unsaid(Trust("llm", "mine"), "zh", "zh") == ""


def test_what_people_added_is_no_engines_and_recorded_answers_are_a_models():
    assert engines(minutes()) == ()
    assert engines(minutes(risks=(item(Risk, "person"),))) == ()
    made = minutes(
        asks=(item(Ask, "rules"),),
        risks=(item(Risk, "person"),),
        actions=(item(Action, "recorded"), item(Action, "llm")),
    )
    assert engines(made) == ("rules", "llm")
