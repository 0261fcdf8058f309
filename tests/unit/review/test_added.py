"""An addition is an event: with it the item is there, without it it is not."""

from pipeline import review
from pipeline.models.adding import additions, as_edit, withdrawn
from pipeline.models.minutes import Ask
from pipeline.models.review import Missed


def taken(desk, **more) -> Ask:
    told = {"uid": "i9", "id": "A9", "text": "月底别卡", "evidence": (desk.said("s9"),)}
    return Ask.model_validate(told | {"origin_engine": "person"} | more)


def add(desk, item: Ask) -> None:
    desk.keep(as_edit("ask", item))


def take_back(desk) -> None:
    made = desk.events[-1]
    desk.keep(made.body.with_(before=made.body.after, after=None, undoes=made.uid))


def ids(desk) -> list[str]:
    return [one.id for one in desk.minutes.asks]


def test_it_stands_behind_what_the_draft_holds(desk):
    add(desk, taken(desk))
    assert ids(desk) == ["A1", "A9"]
    assert desk.minutes.asks[1].text == "月底别卡"
    assert desk.draft.asks == (desk.ASK,), "no draft is changed"


def test_it_is_gone_when_the_addition_was_taken_back(desk):
    add(desk, taken(desk))
    take_back(desk)
    assert ids(desk) == ["A1"]
    assert (additions(desk.events), withdrawn(desk.events)) == ({}, {"i9"})
    take_back(desk)
    assert ids(desk) == ["A1", "A9"]


def test_edits_of_it_hold_like_any(desk):
    add(desk, taken(desk))
    desk.set(desk.minutes.asks[1], "priority", "must")
    desk.do(review.approve(desk.minutes.asks[1]), desk.minutes.asks[1])
    now = desk.minutes.asks[1]
    assert (now.priority, now.review, now.stale) == ("must", "approved", ())


def test_a_run_that_finds_it_adds_what_it_knows_and_takes_nothing(desk):
    add(desk, taken(desk, edited=True))
    desk.do(review.approve(desk.minutes.asks[1]), desk.minutes.asks[1])
    found = taken(desk, text="别卡", origin_engine="llm", pain="卡了半天")
    desk.draft = desk.draft.with_(asks=(desk.ASK, found))
    (_, now) = desk.minutes.asks
    assert (now.text, now.pain, now.edited) == ("月底别卡", "卡了半天", True)
    assert now.evidence == (desk.said("s9"),)
    assert now.review == "draft", "another content than the one that was approved"
    assert set(now.stale) == {"draft_changed:text", "changed_since_approval"}


def test_what_another_run_misses_is_told_only_of_what_runs_found(desk):
    add(desk, taken(desk))
    missed = {"i1": Missed(run=2, after=0)}
    minutes = review.effective(desk.draft, desk.events, missed=missed)
    assert [one.stale for one in minutes.asks] == [("not_found_again:2",), ()]
