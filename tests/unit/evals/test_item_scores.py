"""Known answers of the scorers of minutes: what each figure counts and what it does not."""

import pytest

from evals.datasets.call_file import Gold
from evals.scorers.actions import actions, called, person_near, same_person
from evals.scorers.figures import better, f1, figure, names
from evals.scorers.items import items
from evals.scorers.lookalikes import lookalikes
from evals.scorers.pairing import live_asks, pairing
from evals.scorers.share import Share
from evals.scorers.unsaid import unsaid
from pipeline.models.minutes import Coverage, Uncited
from tests.unit.evals.made_up import (
    TURNS,
    action,
    ask,
    call,
    conflict,
    decision,
    minutes,
    segment,
)
from tests.unit.evals.made_up import (
    gold as made_gold,
)

CALL = call()


def scored(**items_: object):
    return items(minutes(**items_), CALL.gold, TURNS)


def test_a_live_ask_is_right_only_where_a_live_one_was_wanted():
    found = (ask("A1", "Export the orders", 0, 2), ask("A2", "Mail the orders", 1))
    cells = scored(asks=found)
    assert cells["live_ask.recall"] == Share(1, 1)
    assert cells["live_ask.precision"] == Share(1, 2)
    assert cells["ask.recall"] == Share(2, 2)
    assert cells["ask.precision"] == Share(2, 2)


def test_the_status_of_matched_asks_and_the_recall_of_each_other_status():
    right = scored(asks=(ask("A2", "Mail the orders", 1, status="withdrawn"),))
    assert right["ask.status"] == right["ask.withdrawn"] == Share(1, 1)
    assert right["live_ask.recall"] == Share(0, 1)
    wrong = scored(asks=(ask("A2", "Mail the orders", 1),))
    assert wrong["ask.status"] == Share(0, 1)
    assert wrong["ask.withdrawn"] == Share(0, 1)
    assert wrong["ask.duplicate"] == Share(0, 0)


def test_a_duplicate_is_told_by_its_status_whatever_it_repeats():
    gold = Gold.model_validate(
        {"asks": [{"id": "A2", "summary": "x", "evidence": [1], "status": "duplicate_of:A1"}]}
    )
    found = minutes(asks=(ask("A9", "x", 1, status="duplicate"),))
    assert items(found, gold, TURNS)["ask.duplicate"] == Share(1, 1)


def test_the_state_of_a_decision_counts_where_it_was_matched():
    cells = scored(decisions=(decision("D1", "It goes", 5, state="tentative"),))
    assert cells["decision.recall"] == Share(1, 1)
    assert cells["decision.state"] == Share(0, 1)
    assert scored()["decision.state"] == Share(0, 0)


def test_what_nobody_labelled_is_not_scored_and_an_empty_list_is():
    cells = scored(conflicts=(conflict(0, 4),))
    assert cells["conflict.precision"] == Share(0, 1)
    assert cells["conflict.recall"] == Share(0, 0)
    assert not [name for name in cells if name.startswith("risk")]


def test_a_conflict_rests_on_the_turns_of_its_sides():
    gold = Gold.model_validate({"conflicts": [{"id": "C1", "a": "x", "b": "y", "evidence": [0]}]})
    found = pairing("conflict", minutes(conflicts=(conflict(0, 4),)), gold, TURNS)
    assert found is not None
    assert found.pairs == {0: 0}


def test_without_asks_in_the_labels_there_are_none_to_pair():
    assert live_asks(minutes(), Gold(), TURNS) is None


# --- actions


def acted(**changes: object):
    one = action("T1", "Send the layout", 3, **{"owner": "Tom", "due_date": "2026-01-09"} | changes)
    return actions(minutes(actions=(one,)), CALL, CALL.gold, TURNS)


def test_owner_and_date_count_where_the_label_has_them():
    right = acted()
    assert right["action.owner"] == right["action.due"] == Share(1, 1)
    assert right["action.owner_invented"] == Share(0, 1)
    wrong = acted(owner="Ann", due_date="2026-01-10")
    assert wrong["action.owner"] == wrong["action.due"] == Share(0, 1)
    assert acted(owner=None)["action.owner_invented"] == Share(0, 0)


def test_an_owner_is_invented_where_nobody_near_is_meant_or_the_label_has_none():
    assert acted(owner="Zed")["action.owner_invented"] == Share(1, 1)
    data = made_gold()
    data["actions"][0] |= {"owner": None, "due_date": None}
    found = actions(
        minutes(actions=(action("T1", "Send the layout", 3, owner="Tom", due_date="2026-01-09"),)),
        CALL,
        Gold.model_validate(data),
        TURNS,
    )
    assert found["action.owner_invented"] == Share(1, 1)
    assert found["action.due_invented"] == Share(1, 1)
    assert found["action.owner"] == Share(0, 0)


def test_an_owner_may_speak_or_be_named_in_the_turn_beside():
    near = CALL.turns, CALL.participants
    assert person_near("Ben", frozenset({3}), *near)
    assert not person_near("Ben", frozenset({1}), *near)


@pytest.mark.parametrize(
    ("owner", "text", "named"),
    [
        ("王建国", "王工你来跟一下", True),
        ("王建国", "老王去", True),
        ("王建国", "建国看看", True),
        ("王建国", "王府井见", False),
        ("Ann Smith", "Ann, can you?", True),
        ("Ann Smith", "Annual report", False),
    ],
)
def test_a_person_is_called_by_name_or_by_surname_and_title(owner, text, named):
    assert called(owner, text) is named


def test_a_label_of_the_recorder_is_the_person():
    people = CALL.participants[0].with_(label="Speaker 1")
    assert same_person("Speaker 1", "ann", [people])
    assert not same_person(None, "Ann", [people])


# --- look-alikes, and what was said and not minuted


def test_a_look_alike_is_taken_by_the_first_turn_and_the_kind():
    found = minutes(asks=(ask("A1", "x", 1, 0),), decisions=(decision("D1", "y", 5, 4),))
    cells = lookalikes(found, CALL.gold, TURNS)
    assert cells["lookalikes.taken"] == Share(1, 2)
    assert cells["lookalikes.ask"] == Share(1, 1)
    assert cells["lookalikes.decision"] == Share(0, 1)
    assert lookalikes(minutes(asks=(ask("A1", "x", 4),)), CALL.gold, TURNS)[
        "lookalikes.taken"
    ] == Share(0, 2)


def test_an_ask_is_kept_as_an_item_or_on_the_list():
    listed = Coverage(uncited=(Uncited(segment=segment(2), cue="ask"),))
    found = minutes(asks=(ask("A2", "Mail the orders", 1),), coverage=listed)
    cells = unsaid(found, CALL, CALL.gold, TURNS)
    assert cells["unsaid.asks_kept"] == Share(2, 2)
    assert cells["unsaid.turns"] == Share(1, 3)
    assert unsaid(minutes(), CALL, CALL.gold, TURNS)["unsaid.asks_kept"] == Share(0, 2)


# --- figures


def test_f1_counts_what_matched_once_for_each_side():
    assert f1(Share(1, 2), Share(1, 4)) == pytest.approx(2 / 6)
    assert f1(Share(), Share()) is None
    calls = [{"ask.recall": Share(1, 2), "ask.precision": Share(1, 4)}]
    assert names(calls) == ("ask.recall", "ask.precision", "ask.f1")
    assert figure("ask.f1", calls) == ("ask.f1", pytest.approx(1 / 3), 2)


def test_calls_are_added_up_and_one_without_labels_adds_nothing():
    calls = [{"x": Share(1, 1)}, {"x": Share(0, 3)}, {}]
    assert figure("x", calls).rate == 0.25
    assert figure("y", calls).rate is None


def test_it_is_known_which_way_is_better():
    ways = {better(one) for one in ("ask.recall", "lookalikes.ask", "seconds.extract")}
    assert ways == {"more", "less", "neither"}
