"""A working day of talk takes no more memory than ten minutes of it."""

import sys
from pathlib import Path

import pytest

from evals.bench.hearing import Setup, looped
from evals.bench.hearing_memory import Heard, peak
from evals.bench.mute_model import SIZES, build
from evals.bench.speech import MARK_MEMORY, SILENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read the Linux way"),
]
SHORT, LONG = 10, 480
"""Minutes."""


def test_eight_hours_take_no_more_memory_than_ten_minutes(tmp_path: Path):
    """Both are the bundled call on two lines with a minute of silence after it, over and over.

    The whole product hears them: taken in, decoded, searched for speech, cut, packed into pieces
    of up to 30 s, decoded by eights, sifted and stored batch by batch, up to the transcript. The
    model is as small as can be: nearly all that the process holds is sound and features.
    """
    setup = Setup(build(tmp_path / "model", SIZES["test"], tokens_a_piece=40, stretches=4))

    def heard(minutes: int) -> Heard:
        return peak("ours", setup, looped(tmp_path / f"{minutes}.mka", minutes, silence=SILENCE))

    short, long = heard(SHORT), heard(LONG)
    assert long.seconds > LONG * 60 - SILENCE  # to its end, with words all along
    assert long.segments > 0.9 * LONG / SHORT * short.segments
    assert long.megabytes - short.megabytes < MARK_MEMORY, f"{short}, then {long}"
