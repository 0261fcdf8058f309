"""The same call gives the same draft in every process, however Python hashes its words there."""

import os
import subprocess
import sys

import pytest

DRAFTS = """
import hashlib
from evals.bench.rules import PRACTICE, strung
from evals.datasets.loading import load
from pipeline.engines.rules.extract import RulesExtractor

engine = RulesExtractor()
for call in load(PRACTICE).calls:
    transcript, project, turns = strung([call], len(call.turns), "en" if call.lang == "en" else "zh")
    draft = engine.extract(transcript, project)
    for step in (engine.thread, engine.relate, engine.summarise):
        draft = step(draft, transcript, project)
    print(call.id, hashlib.sha256(draft.model_dump_json().encode()).hexdigest())
"""


def drafts(seed: int) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", DRAFTS],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


@pytest.mark.slow
def test_a_draft_is_the_same_in_every_process():
    first, other = drafts(0), drafts(2)
    assert len(first) > 1
    assert first == other
