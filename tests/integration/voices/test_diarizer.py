"""Real sound through sherpa-onnx, with small models that know three kinds of voice."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline import bootstrap, doctor
from pipeline.engines.voices import diarizer as engine
from pipeline.errors import ModelUnavailableError
from pipeline.models.voices import VoiceTurn, VoiceWindow
from tests.integration.voices.sound import (
    RATE,
    Models,
    Talk,
    Turn,
    diarizer,
    said,
    talk,
    written,
    wrong,
)


def heard(
    models: Models, folder: Path, samples: np.ndarray, **settings: object
) -> tuple[VoiceTurn, ...]:
    return diarizer(models, **settings).tell_apart(
        written(folder / "talk.wav", samples), kept=lambda at: None, keep=lambda window: None
    )


@pytest.mark.parametrize(
    ("voices", "pause"),
    [
        (["low", "high"] * 3, 0.6),
        pytest.param(["high", "low"] * 3, 0.05, marks=pytest.mark.slow),
        pytest.param(["low", "high", "tiny"] * 3, 0.3, marks=pytest.mark.slow),
    ],
)
def test_voices_are_told_apart(models: Models, tmp_path: Path, voices: Sequence[str], pause: float):
    spoken = talk(voices, pause=pause)
    turns = heard(models, tmp_path, spoken.samples)
    assert {one.voice for one in turns} == set(range(len(set(voices))))
    assert wrong(spoken, turns) < 0.06


@pytest.mark.slow
def test_the_first_to_speak_is_the_first_voice(models: Models, tmp_path: Path):
    turns = heard(models, tmp_path, talk(["high", "low"] * 2).samples)
    assert [one.voice for one in turns[:2]] == [0, 1]


def test_one_voice_is_one_speaker(models: Models, tmp_path: Path):
    turns = heard(models, tmp_path, talk(["low"] * 4).samples)
    assert {one.voice for one in turns} == {0}


@pytest.mark.slow
def test_hearing_twice_gives_the_same(models: Models, tmp_path: Path):
    spoken = talk(["low", "high", "low", "tiny"]).samples
    assert heard(models, tmp_path, spoken) == heard(models, tmp_path, spoken, threads=2)


@pytest.mark.slow
def test_a_number_of_people_is_kept_to(models: Models, tmp_path: Path):
    spoken = talk(["low", "high", "tiny"] * 2).samples
    for count in (1, 2, 3):
        turns = heard(models, tmp_path, spoken, count=count)
        assert {one.voice for one in turns} == set(range(count))


@pytest.mark.slow
def test_nobody_speaks_in_silence_noise_and_music(models: Models, tmp_path: Path):
    at = np.arange(12 * RATE) / RATE
    chord = sum(0.1 * np.sin(2 * np.pi * tone * at) for tone in (523.0, 659.0, 784.0))
    hiss = np.random.default_rng(1).normal(0, 0.001, len(at))
    for sound in (np.zeros(len(at)), hiss, chord, np.zeros(100)):
        turns = heard(models, tmp_path, np.asarray(sound, np.float32))
        assert len({one.voice for one in turns}) <= 1


def test_windows_are_linked_by_the_voices(
    models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """In the second window the other one begins: numbers of a window say nothing outside it."""
    spoken = talk(["low", "high", "low", "high", "high", "low", "high", "low"])
    monkeypatch.setattr(engine, "WINDOW", round(spoken.turns[4].start * RATE) - RATE // 4)
    windows: dict[int, VoiceWindow] = {}
    path = written(tmp_path / "talk.wav", spoken.samples)
    turns = diarizer(models).tell_apart(
        path, kept=windows.get, keep=lambda one: windows.update({one.index: one})
    )
    assert len(windows) == 2
    assert wrong(spoken, turns) < 0.06


@pytest.mark.slow
def test_what_was_heard_is_not_heard_again(
    models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    spoken = talk(["low", "high", "low", "high"])
    monkeypatch.setattr(engine, "WINDOW", 6 * RATE)
    path = written(tmp_path / "talk.wav", spoken.samples)
    windows: dict[int, VoiceWindow] = {}
    first = diarizer(models).tell_apart(
        path, kept=windows.get, keep=lambda one: windows.update({one.index: one})
    )
    assert len(windows) == 3

    def refuse(window: VoiceWindow) -> None:
        raise AssertionError(f"window {window.index} was heard again")

    broken = models._replace(embedding=models.segmentation)  # any window heard would fail
    assert diarizer(broken).tell_apart(path, kept=windows.get, keep=refuse) == first


def test_a_missing_model_is_named(models: Models, tmp_path: Path):
    spoken = talk(["low"]).samples
    for wrong_one in (str(tmp_path / "gone.onnx"), str(tmp_path), ""):
        with pytest.raises(ModelUnavailableError) as caught:
            heard(models, tmp_path, spoken, embedding=wrong_one)
        assert caught.value.code == "voices_model"
        assert caught.value.params == {"setting": "voices_embedding", "path": wrong_one}


@pytest.mark.slow
def test_a_folder_with_one_model_will_do(models: Models, tmp_path: Path):
    folder = tmp_path / "声音"
    folder.mkdir()
    (folder / "print.onnx").write_bytes(models.embedding.read_bytes())
    turns = heard(models, tmp_path, talk(["low", "high"]).samples, embedding=str(folder))
    assert {one.voice for one in turns} == {0, 1}


@pytest.mark.parametrize(
    "which", ["segmentation", pytest.param("embedding", marks=pytest.mark.slow)]
)
def test_a_model_of_another_kind_does_not_end_the_program(
    models: Models, tmp_path: Path, which: str
):
    """The library ends its process on the first two; ours goes on and says why."""
    other = {"segmentation": models.embedding, "embedding": models.segmentation}[which]
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(other.read_bytes()[:200])
    for model in (other, damaged):
        with pytest.raises(ModelUnavailableError) as caught:
            heard(models, tmp_path, talk(["low"]).samples, **{which: str(model)})
        assert caught.value.code == "voices_broken"
        assert caught.value.params["reason"] not in ("", "no answer")
        assert "/csrc/" not in str(caught.value.params["reason"])


def test_a_folder_called_pipeline_where_it_is_started_is_not_run(
    models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "__init__.py").write_text("raise SystemExit('not ours')\n")
    monkeypatch.chdir(tmp_path)
    assert {one.voice for one in heard(models, tmp_path, talk(["low"] * 2).samples)} == {0}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_of_a_worker_is_no_fault_of_the_voices(
    models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
):
    """The worker stops by itself; what it was at must not end as voices that could not be told."""
    spoken = talk(["low", "high", "low", "high"])
    monkeypatch.setattr(engine, "WINDOW", 6 * RATE)
    started: list[subprocess.Popen[bytes]] = []
    start = engine.SherpaDiarizer._started

    def watched(one: engine.SherpaDiarizer, complaints: object) -> subprocess.Popen[bytes]:
        started.append(start(one, complaints))
        return started[0]

    monkeypatch.setattr(engine.SherpaDiarizer, "_started", watched)
    turns = diarizer(models).tell_apart(
        written(tmp_path / "talk.wav", spoken.samples),
        kept=lambda at: None,
        keep=lambda window: started[0].send_signal(sign),
    )
    assert {one.voice for one in turns} == {0, 1}


def test_without_the_library_it_is_named(models: Models):
    program = (
        "import sys\n"
        "sys.modules['sherpa_onnx'] = None\n"
        "from pipeline.engines.voices.diarizer import SherpaDiarizer\n"
        "from pipeline.errors import ModelUnavailableError\n"
        f"one = SherpaDiarizer(segmentation={str(models.segmentation)!r},"
        f" embedding={str(models.embedding)!r}, threshold=0.5, count=0, threads=1, blocks=iter)\n"
        "try: one.check()\n"
        "except ModelUnavailableError as error: print(error.code)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "voices_extra"


def test_a_replaced_model_is_told_and_the_number_of_people_is_no_part_of_a_window(models: Models):
    one = diarizer(models)
    other = diarizer(models._replace(embedding=models.segmentation))
    assert one.window_settings != other.window_settings
    assert one.window_settings == diarizer(models, count=3).window_settings
    assert one.settings != diarizer(models, count=3).settings
    assert one.window_settings != diarizer(models, threshold=0.6).window_settings


@pytest.mark.slow
def test_a_cough_of_somebody_else_is_nobody(models: Models, tmp_path: Path):
    spoken = talk(["low", "low"])
    cough = said("tiny", 0)[: round(0.6 * RATE)]
    samples = np.concatenate([spoken.samples, cough, np.zeros(RATE, np.float32)])
    turns = heard(models, tmp_path, samples)
    assert {one.voice for one in turns} == {0}


@pytest.mark.slow
def test_both_at_once_cost_nobody_the_rest(models: Models, tmp_path: Path):
    low, high = said("low", 0), said("high", 1)
    apart = talk(["low", "high"])
    both = np.zeros(len(low) + len(high) - RATE, np.float32)
    both[: len(low)] += low
    both[-len(high) :] += high
    samples = np.concatenate([apart.samples, both])
    begin = len(apart.samples) / RATE
    overlap = Turn(begin, begin + len(low) / RATE, "low")
    after = Turn(overlap.end, begin + len(both) / RATE, "high")
    turns = heard(models, tmp_path, samples)
    assert wrong(Talk(samples, (*apart.turns, overlap, after)), turns) < 0.12


def test_the_doctor_says_how_it_stands_with_voices(models: Models):
    def state(**settings: str) -> tuple[str, str]:
        check = doctor.check_voices(bootstrap.settings(**settings))
        return check.code, check.state

    both = {
        "voices_segmentation": str(models.segmentation),
        "voices_embedding": str(models.embedding),
    }
    assert state() == ("voices_off", "advice")
    assert state(**both) == ("voices", "ok")
    assert state(voices_embedding=both["voices_embedding"]) == ("voices_missing", "advice")


def test_a_process_that_hangs_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "LONGEST_ANSWER", 0.2)
    silent = [sys.executable, "-c", "import sys; sys.stdin.buffer.read()"]
    with subprocess.Popen(silent, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        with pytest.raises(ValueError, match="Expecting value"):
            engine._answer(process, np.zeros(8, np.float32))
        assert process.wait(60) != 0
