"""An hour takes no more memory than ten minutes."""

import sys
from pathlib import Path

import pytest

from evals.bench.speech import MARK_MEMORY, looped, peak

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read the Linux way"),
]


def test_memory_does_not_grow_with_the_length(tmp_path: Path, mute_model: Path):
    short = peak("ours", mute_model, looped(tmp_path / "ten-minutes.mka", 10))
    long = peak("ours", mute_model, looped(tmp_path / "hour.mka", 60))
    assert long - short < MARK_MEMORY, f"{short} MB for ten minutes, {long} MB for an hour"
