"""What the bench of hearing counts is what the model really did."""

from pathlib import Path

import pytest

from evals.bench.hearing import Setup, Way, looped
from evals.bench.mute_model import SIZES, build
from evals.bench.speech import speed

TOKENS = 60


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_way_decodes_the_same_tokens_and_ours_the_same_windows(tmp_path: Path):
    setup = Setup(build(tmp_path / "model", SIZES["test"], tokens_a_piece=TOKENS, stretches=6))
    chosen: list[Way] = ["ours", "batched", "our pieces", "sequential"]
    costs = speed(setup, looped(tmp_path / "call.mka", 1.5), chosen, 1)
    work = {way: costs[way][-1].work for way in chosen}
    for way in chosen:
        assert work[way].windows == work[way].decoded > 2, way
        assert work[way].tokens == TOKENS * work[way].decoded, way
    assert work["our pieces"].windows == work["ours"].windows
    assert work["ours"].aligned > 0 == work["batched"].aligned
