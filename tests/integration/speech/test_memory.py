"""An hour takes no more memory than ten minutes."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from evals.bench.speech import MARK_MEMORY, looped, peak
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
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read the Linux way"),
]


def test_memory_does_not_grow_with_the_length(tmp_path: Path, mute_model: Path):
    short = peak("ours", mute_model, looped(tmp_path / "ten-minutes.mka", 10))
    long = peak("ours", mute_model, looped(tmp_path / "hour.mka", 60))
    assert long - short < MARK_MEMORY, f"{short} MB for ten minutes, {long} MB for an hour"


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
