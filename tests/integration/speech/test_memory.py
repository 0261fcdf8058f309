"""A working day of talk takes no more memory than ten minutes of it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from evals.bench.hearing import Setup, looped
from evals.bench.hearing_memory import Heard, peak
from evals.bench.mute_model import SIZES, build
from evals.bench.speech import MARK_MEMORY, SILENCE
from pipeline.engines.speech.sound import RATE, Samples
from tests.integration.speech.recorders import record

COPY = """
import sys
from pathlib import Path
from pipeline.engines.speech.playback import encode
from pipeline.engines.speech.probe import probe

file = Path(sys.argv[1])
print(probe(file).heard)
encode(file, file.with_suffix(".m4a"))
status = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""

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


def test_a_choice_among_tracks_and_the_copy_for_browsers_do_not_grow_either(
    tmp_path: Path, call: Samples
):
    """Three tracks, of which one holds the others, in a film of which only the sound is read."""
    peaks = []
    for minutes in (5, 25):
        ours, theirs = (np.resize(line, minutes * 60 * RATE)[None] for line in call)
        tracks = [ours + theirs, ours, theirs]
        path = record(tmp_path / f"{minutes}.mkv", tracks, codec="flac", rate=RATE, video=[0.0])
        del ours, theirs, tracks
        done = subprocess.run(
            [sys.executable, "-c", COPY, str(path)], capture_output=True, text=True, check=True
        )
        heard, peak_of_it = done.stdout.splitlines()
        assert heard == "((1,), (2,))"
        peaks.append(int(peak_of_it) // 1024)
    assert peaks[1] - peaks[0] < MARK_MEMORY / 3, f"{peaks} MB"
