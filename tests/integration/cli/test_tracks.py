"""What is heard of a film with several sound tracks is said before it is heard."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.demo.calls import demo_folder
from pipeline.engines.speech.sound import RATE, Reel
from tests.integration.speech.recorders import record

pytestmark = pytest.mark.slow


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """As OBS writes it, with a fourth track on which nothing is."""
    call = demo_folder() / "en" / "call.opus"
    both = np.concatenate(list(Reel(call, channels=2).blocks()), axis=1)[:, : 40 * RATE]
    ours, theirs = both[:1], both[1:]
    tracks = [ours + theirs, ours, theirs, 0 * ours]
    return record(tmp_path / "film.mkv", tracks, codec="flac", rate=RATE, video=[0.0, 0.4])


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ["4 sound tracks", "two lines of the call: 2 | 3", "words: 1", "end: 4"]),
        ("zh", ["4 条声轨", "两方来听：2 | 3", "声轨里：1", "没有声音：4"]),
    ],
)
def test_the_tracks_that_are_heard_and_left_out_are_named(
    dragoman, film: Path, language: str, says: list[str]
):
    ran = dragoman("transcribe", film, "--model", "demo", language=language)
    assert ran.code == 0, ran.err
    for words in says:
        assert words in ran.err
    assert ran.out.count("\n") > 4


def test_minutes_of_a_film_are_whole_though_a_track_was_left_out(dragoman, film: Path):
    ran = dragoman("process", film, "--model", "demo", "--out", "made")
    assert ran.code == 0, ran.err
    assert "2 | 3" in ran.err
