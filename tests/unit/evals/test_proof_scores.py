"""Turned facts are made by patterns of their own, and counted as refused only where they are."""

import pytest

from evals.scorers.flips import flips
from evals.scorers.proof import grades, guarded
from evals.scorers.share import Share
from pipeline.models.transcript import EngineName, Segment, Transcript
from tests.unit.evals.made_up import TURNS, call, conflict, minutes, proof, transcript


@pytest.mark.parametrize(
    ("quote", "turned"),
    [
        ("一次最多五百条", [("number", "一次最多六百条")]),
        ("两个月", [("number", "四个月")]),
        ("500 rows", [("number", "501 rows")]),
        ("twenty users", [("number", "thirty users")]),
        ("周三给你", [("weekday", "周四给你")]),
        ("by Friday", [("weekday", "by Monday")]),
        ("店员不能看", [("negation", "店员能看")]),
        ("店长可以导出", [("negation", "店长不可以导出")]),
        ("they can't see it", [("negation", "they can see it")]),
        ("we don't export", [("negation", "we do export")]),
        ("clerks must see it", [("negation", "clerks must not see it")]),
        ("能不能导出", []),
        ("不过还是要看", []),
        ("只能看", []),
        ("order_no 是 T0001", []),
        ("没问题", []),
    ],
)
def test_every_fact_is_turned_once_and_nothing_else(quote, turned):
    assert [(one.what, one.text) for one in flips(quote)] == turned


def test_several_facts_are_turned_one_at_a_time():
    found = {one.text for one in flips("周三前不能超过5条")}
    assert found == {"周四前不能超过5条", "周三前能超过5条", "周三前不能超过6条"}


def test_true_quotes_are_found_and_turned_ones_refused():
    cells = guarded(transcript(), call().gold, TURNS)
    assert cells["quotes.true_found"].rate == 1
    assert cells["flipped.weekday"] == Share(3, 3)
    assert cells["flipped.caught"] == Share(*map(sum, zip(*_parts(cells), strict=True)))


def test_what_was_really_said_elsewhere_is_no_turned_fact():
    said = ("We do not export.", "We do export.", "Friday.")
    segments = tuple(
        Segment(id=f"s{place:04d}", index=place, text=text) for place, text in enumerate(said)
    )
    heard = Transcript(meeting="m", engine=EngineName(name="t"), segments=segments)
    gold = call().gold.with_(asks=(), actions=())
    gold = gold.with_(decisions=(gold.decisions[0].with_(evidence=(0,)),))
    assert guarded(heard, gold, TURNS)["flipped.negation"] == Share(0, 0)


def test_grades_count_every_quote_of_every_item_and_side():
    weak = conflict(0, 4)
    weak = weak.with_(evidence=(*proof(1, match="weak"), *proof(2, match="missing")))
    cells = grades(minutes(conflicts=(weak,)))
    assert cells["quotes.exact"] == Share(2, 4)
    assert cells["quotes.weak"] == cells["quotes.missing"] == Share(1, 4)


def _parts(cells):
    return [cells[f"flipped.{what}"] for what in ("number", "negation", "weekday")]


@pytest.mark.parametrize(("believes", "rate"), [(True, 0), (False, 1)])
def test_what_is_believed_is_not_refused(believes, rate):
    cells = guarded(transcript(), call().gold, TURNS, found=lambda citation: believes)
    assert cells["quotes.true_found"].rate == 1 - rate
    assert cells["flipped.caught"].rate == rate
