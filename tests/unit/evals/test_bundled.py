"""The built-in engine on the bundled calls is not worse than it was.

A figure may lose .02 or one item. Where a change is meant, `python -m evals --write-baseline`
writes the baseline anew.
"""

import pytest

from evals.command import main
from evals.datasets.checking import doubts
from evals.datasets.loading import BUNDLED, load, place_of, read_call
from evals.datasets.wanted import wanted_asks


@pytest.mark.timeout(60)
def test_no_figure_fell_below_the_baseline(capsys):
    code = main(["--baseline"])
    assert code == 0, capsys.readouterr().err


def test_chinese_and_english_and_both_are_bundled_alike():
    spoken = [call.lang for call in load(BUNDLED).calls]
    assert spoken.count("zh") == spoken.count("en") == spoken.count("mixed") > 0


@pytest.mark.parametrize("call", load(BUNDLED).calls, ids=lambda call: call.id)
def test_every_bundled_call_is_labelled_whole(call):
    gold = call.gold
    assert None not in (gold.decisions, gold.asks, gold.actions, gold.risks, gold.questions)
    assert None not in (gold.conflicts, gold.concerns, gold.internal_only)
    assert len(gold.hard_negatives or ()) >= 6
    assert list(doubts(call)) == []
    for ask in gold.asks:
        assert ask.spec is None or len(ask.spec.must_ask) == len(ask.spec.must_ask_slots), ask.id
    people = {person.name for person in call.participants}
    assert {action.owner for action in gold.actions} <= people | {None}
    assert wanted_asks(call)


def test_a_bundled_call_is_named_after_its_file():
    files = place_of(BUNDLED).glob("*-*.json")
    assert all(read_call(file).id == file.stem for file in files)
