"""Sounds that are no words give no text, and words beside them stay."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from evals.bench.hush import SOUNDS, at_level, made
from evals.bench.hush_calls import Mix, mixed
from evals.bench.unsaid import gated, heard, ungated
from pipeline.engines.speech.recogniser import Recogniser
from pipeline.engines.speech.sound import RATE, Samples
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.models.speech import HeardBatch
from pipeline.models.transcript import Dropped

DEMO = Path(__file__).parents[3] / "pipeline" / "demo"
MODEL = DEMO / "model"
HUSHED = [
    "digital silence",
    "white noise -15 dB",
    "mains hum",
    "keypad tones",
    "ring-back, China",
    "ring-back, America",
    "music: chords, piano",
    "music: old tune, square",
    "music: choir, chords",
    "typing",
    "wind",
]

needs_model = pytest.mark.skipif(
    not (MODEL / "model.bin").exists(), reason="the demo model is not built"
)


@pytest.mark.parametrize("name", HUSHED)
def test_the_gate_lets_nothing_through_that_is_no_voice(name: str):
    assert gated(made(name, 15)) == []


def test_every_sound_is_loud_enough_to_be_heard_and_the_same_every_time():
    for name in SOUNDS:
        sound = made(name, 2)
        assert len(sound) == 2 * RATE
        assert np.array_equal(sound, made(name, 2))
        if name != "digital silence":
            assert 10 * np.log10(np.square(sound).mean()) > -70, name


@pytest.fixture(scope="module")
def model() -> Recogniser:
    return Recogniser(MODEL, device="cpu", compute_type="int8", threads=2, beam_size=5)


@pytest.mark.asr
@pytest.mark.slow
@needs_model
@pytest.mark.parametrize("name", ["music: old tune, square", "fan", "mains hum", "keypad tones"])
def test_without_the_gate_the_model_invents_words_and_all_are_left_out(
    model: Recogniser, name: str
):
    made_up = heard(model, list(ungated(made(name, 24))))
    assert made_up.heard > 20
    assert made_up.left == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "mix", [Mix("", -45), Mix("pink noise -30 dB", 0), Mix("music: strings and drums", 5)], ids=str
)
def test_faint_voices_and_voices_beside_noise_and_music_are_kept(mix: Mix):
    found = mixed(mix)
    assert found.turns == 88
    assert found.lost == 0
    assert found.kept > 0.99


@pytest.mark.asr
@pytest.mark.slow
@needs_model
@pytest.mark.timeout(600)
def test_hold_music_in_a_call_gives_no_words_and_takes_none(studio, tmp_path: Path, call: Samples):
    """Both lines hear the music for a minute, as loud as the talk before and after it."""
    call, pause = call[:, : 75 * RATE], _pause_of()
    music = at_level(np.resize(made("music: choir, chords", 60), 60 * RATE), -22)
    between = np.stack([music, music]).astype(np.float32)
    before, after = call[:, :pause], call[:, pause:]
    held = studio.sound(tmp_path / "held.flac", np.concatenate([before, between, after], axis=1))
    plain = studio.sound(tmp_path / "call.flac", call)
    with_music, without = _words(held), _words(plain)
    assert not [text for start, text in with_music if pause / RATE + 1 < start < pause / RATE + 59]
    (told,) = [drop for drop in _left_out(held) if drop.reason == "loud without a voice"]
    assert told.start == pytest.approx(pause / RATE, abs=3)
    assert told.end == pytest.approx(pause / RATE + 60, abs=3)
    assert not _left_out(plain)
    assert len("".join(text for _, text in with_music)) > 0.95 * len(
        "".join(text for _, text in without)
    )


def _pause_of() -> int:
    """The middle of the longest pause between turns early in the call."""
    turns = json.loads((DEMO / "zh" / "call.json").read_text(encoding="utf-8"))["turns"]
    gaps = [
        (after["start"] - before["end"], (after["start"] + before["end"]) / 2)
        for before, after in pairwise(turns)
        if 20 < before["end"] < 50
    ]
    return round(max(gaps)[1] * RATE)


def _words(path: Path) -> list[tuple[float, str]]:
    return [(one.start, one.text) for batch in _batches(path) for one in batch.segments]


def _left_out(path: Path) -> list[Dropped]:
    return [one for batch in _batches(path) for one in batch.dropped]


@cache
def _batches(path: Path) -> tuple[HeardBatch, ...]:
    transcriber = WhisperTranscriber(model="demo", demo_model=MODEL, device="cpu", threads=2)
    return tuple(transcriber.hear(path, languages=["zh", "en"], hotwords=[], done={}))
