"""`dragoman transcribe`: what is not in the words that it prints is said beside them."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.demo.calls import demo_folder
from pipeline.engines.speech.sound import RATE, Reel
from tests.integration.voices.sound import written

pytestmark = [pytest.mark.slow, pytest.mark.asr]


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    """The bundled call, cut after 26 seconds."""
    whole = (demo_folder() / "en" / "call.opus").read_bytes()
    path = tmp_path / "torn.opus"
    path.write_bytes(whole[: len(whole) // 6])
    return path


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ["Not complete: the recording breaks off at 0:26", "demo speech model"]),
        ("zh", ["还不完整：录音在 0:26 处断了", "演示语音模型"]),
    ],
)
def test_a_recording_that_breaks_off_is_said_to(dragoman, torn: Path, language: str, says):
    for more in ((), ("--out", "words.txt")):
        ran = dragoman("transcribe", torn, "--model", "demo", *more, language=language)
        assert ran.code == 4, ran.err
        for words in says:
            assert words in ran.err


def test_voices_that_cannot_be_told_and_what_was_no_speech_are_told(dragoman, tmp_path: Path):
    call = demo_folder() / "en" / "call.opus"
    both = np.concatenate(list(Reel(call, channels=2).blocks()), axis=1)[:, : 30 * RATE]
    hiss = np.random.default_rng(1).normal(0, 0.1, 20 * RATE).astype(np.float32)
    mono = written(tmp_path / "mono.wav", np.concatenate([both.sum(axis=0), hiss]))
    ran = dragoman(
        "transcribe", mono, "--model", "demo", DRAGOMAN_VOICES_SEGMENTATION=str(tmp_path / "gone")
    )
    assert ran.code == 4, ran.err
    assert "who speaks is not told apart: voices_segmentation" in ran.err
    assert "not taken as speech: 1" in ran.err
    assert "Reception copies" in ran.out
