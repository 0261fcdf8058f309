"""The practice calls are whole, ours, and what the shipped reader was trained on."""

import json

from evals.datasets.calls import OPEN, SEALED
from evals.training.__main__ import PRACTICE
from evals.training.calls import samples
from pipeline.engines.rules.sense.kinds import KINDS
from pipeline.engines.rules.sense.model import FACTS, FOLDER


def test_the_reader_was_trained_on_just_these_calls():
    facts = json.loads((FOLDER / FACTS).read_text(encoding="utf-8"))
    assert {call.id: call.digest for call in samples([PRACTICE])} == facts["trained_on"], (
        "train it anew: python -m evals.training"
    )


def test_no_call_that_measures_is_among_them():
    assert not {path.stem for path in PRACTICE.iterdir()} & {*OPEN, *SEALED}


def test_every_kind_has_examples_in_both_languages():
    calls = samples([PRACTICE])
    for language in ("zh", "en"):
        turns = [call.labels.targets.sum(axis=0) for call in calls if call.language == language]
        few = [kind for kind, count in zip(KINDS, sum(turns), strict=True) if count < 8]
        assert few == []
