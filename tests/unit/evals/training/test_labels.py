"""Gold items become targets and weights of turns, worked out by hand."""

import pytest

from evals.training.labels import labels_of
from pipeline.engines.rules.sense.kinds import KINDS

TEXTS = ["hello", "we want a report", "in Excel", "forget it", "ok done", "a joke", "we have it"]
SIDES = ["us", "client", "client", "client", "us", "client", "us"]
EMPTY = {
    key: []
    for key in (
        "decisions",
        "asks",
        "actions",
        "risks",
        "questions",
        "conflicts",
        "concerns",
        "internal_only",
        "hard_negatives",
    )
}


@pytest.fixture
def marked():
    def made(**gold):
        labels = labels_of(EMPTY | gold, TEXTS, SIDES)

        def of(kind):
            column = KINDS.index(kind)
            return {
                turn: round(float(labels.weights[turn, column]), 2)
                for turn in range(len(TEXTS))
                if labels.targets[turn, column]
            }

        of.weight = lambda kind, turn: float(labels.weights[turn, KINDS.index(kind)])
        return of

    return made


def _ask(status="live", evidence=(1, 2, 3)):
    return {
        "raw_quote": "a report",
        "summary": "a report",
        "evidence": list(evidence),
        "status": status,
    }


def test_the_turn_with_the_quote_asks_and_the_others_add(marked):
    of = marked(asks=[_ask()])
    assert of("ask") == {1: 1.0}
    assert of("ask_more") == {1: 1.0, 2: 0.4, 3: 0.4}
    assert of("any") == {1: 1.0, 2: 1.0, 3: 1.0}
    assert of.weight("ask", 2) == pytest.approx(0.3)
    assert of.weight("ask", 0) == 1.0
    assert of("withdrawn") == {}


def test_the_last_turn_of_a_withdrawn_ask_takes_it_back(marked):
    assert marked(asks=[_ask("withdrawn")])("withdrawn") == {2: 0.4, 3: 1.0}


def test_our_first_turn_after_it_says_that_the_product_has_it(marked):
    of = marked(asks=[_ask("already_supported", (1, 2, 4, 6))])
    assert of("supported") == {4: 1.0}


def test_a_duplicate_asks_again(marked):
    of = marked(asks=[_ask("duplicate_of:A1")])
    assert of("ask") == of("ask_again") == {1: 1.0}


def test_a_decision_has_its_turn_and_its_firmness(marked):
    decision = {"text": "x", "quote": "ok", "state": "deferred", "evidence": [1, 4]}
    of = marked(decisions=[decision])
    assert of("decision") == of("decision_deferred") == {4: 1.0}
    assert of("decision_more") == {1: 0.4, 4: 1.0}
    assert of("decision_agreed") == {}


def test_an_item_without_a_quote_is_mainly_where_its_words_are(marked):
    risk = {"text": "the Excel report", "evidence": [2, 3]}
    assert marked(risks=[risk])("risk") == {2: 1.0, 3: 0.4}


def test_what_only_looks_like_a_kind_weighs_against_it_unless_it_is_one(marked):
    traps = [{"turn": 5, "looks_like": "ask"}, {"turn": 1, "looks_like": "ask"}]
    of = marked(asks=[_ask()], hard_negatives=traps, internal_only=[6])
    assert of.weight("ask", 5) == 3.0
    assert of("ask") == {1: 1.0}
    assert of("private") == {6: 1.0}
