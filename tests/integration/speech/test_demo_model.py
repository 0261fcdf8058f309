"""The bundled model hears the bundled calls through the whole engine."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import ModelUnavailableError
from pipeline.models.meeting import Meeting
from pipeline.models.speech import HeardBatch
from pipeline.models.transcript import Transcript
from pipeline.readers.project_file import read_project
from pipeline.transcribe import transcribe

DEMO = Path(__file__).parents[3] / "pipeline" / "demo"
MODEL = DEMO / "model"
LANGUAGES = ["zh", "en"]

pytestmark = [
    pytest.mark.asr,
    pytest.mark.skipif(not (MODEL / "model.bin").exists(), reason="the demo model is not built"),
]


def truth(language: str) -> dict[str, Any]:
    return json.loads((DEMO / language / "call.json").read_text(encoding="utf-8"))


def heard(
    language: str,
    recording: Path,
    done: dict[str, HeardBatch] | None = None,
    *,
    word_times: bool = False,
) -> Transcript:
    return transcribe(
        recording,
        transcriber=WhisperTranscriber(
            model="demo", demo_model=MODEL, device="cpu", threads=2, word_times=word_times
        ),
        meeting=Meeting(uid="m", project="p", title="t", languages=("zh", "en")),
        project=read_project(DEMO / language / "project.yaml"),
        done=done or {},
        keep=lambda batch: None,
        watch=lambda progress: None,
    )


@pytest.fixture(scope="module")
def transcripts() -> dict[str, Transcript]:
    """Both calls as the product hears them."""
    return {language: heard(language, DEMO / language / "call.opus") for language in LANGUAGES}


def units(text: str, language: str) -> list[str]:
    bare = re.sub(r"[^\w\s]", "" if language == "zh" else " ", text.casefold())
    return list("".join(bare.split())) if language == "zh" else bare.split()


def error(transcript: Transcript, language: str, speaker: str | None = None) -> float:
    """CER for zh, WER for en; of one speaker, or of the whole call in order of time."""
    turns = [turn for turn in truth(language)["turns"] if speaker in (None, turn["speaker"])]
    segments = [one for one in transcript.segments if speaker in (None, one.speaker)]
    wanted = units(" ".join(turn["text"] for turn in turns), language)
    got = units(" ".join(one.text for one in segments), language)
    return Levenshtein.distance(wanted, got) / len(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_is_heard_nearly_word_for_word(transcripts: dict[str, Transcript], language: str):
    for speaker in truth(language)["speakers"]:
        assert error(transcripts[language], language, speaker) <= 0.05


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_turns_come_in_the_order_they_were_said(
    transcripts: dict[str, Transcript], language: str
):
    assert error(transcripts[language], language) <= 0.08


@pytest.mark.parametrize("language", LANGUAGES)
def test_speakers_have_their_names_and_sides(transcripts: dict[str, Transcript], language: str):
    speakers = truth(language)["speakers"]
    for one in transcripts[language].segments:
        assert one.speaker in speakers
        assert one.side == speakers[one.speaker]["side"]
        assert one.channel == speakers[one.speaker]["channel"]
    assert transcripts[language].languages == (language,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_segment_can_be_clicked_and_heard(transcripts: dict[str, Transcript], language: str):
    turns = truth(language)["turns"]
    near = 0
    for one in transcripts[language].segments:
        assert one.start is not None
        near += any(
            turn["speaker"] == one.speaker and abs(turn["start"] - one.start) < 1.0
            for turn in turns
        )
    assert near >= 0.9 * len(transcripts[language].segments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_out(transcripts: dict[str, Transcript], language: str):
    assert transcripts[language].dropped == ()


@pytest.mark.slow
def test_hearing_twice_gives_the_same(transcripts: dict[str, Transcript]):
    assert heard("en", DEMO / "en" / "call.opus") == transcripts["en"]


@pytest.mark.slow
def test_each_piece_decides_its_language(studio, tmp_path: Path, call):
    """As in a call that changes between Chinese and English, over and over."""
    english = studio.decoded(DEMO / "en" / "call.opus", 2)
    pause = np.zeros((2, 15 * RATE), np.float32)  # longer than a piece: none holds both
    parts = [
        part
        for at in (0, 20)
        for said in (call, english)
        for part in (said[:, at * RATE : (at + 20) * RATE], pause)
    ]
    path = studio.sound(tmp_path / "call.flac", np.concatenate(parts, axis=1))
    for languages in (("zh", "en"), ()):
        transcriber = WhisperTranscriber(model="demo", demo_model=MODEL, device="cpu", threads=2)
        found = transcriber.hear(path, languages=languages, hotwords=[], done={})
        segments = [segment for batch in found for segment in batch.segments]
        for one in segments:
            assert one.language == ("zh" if one.start % 70 < 35 else "en"), one
        assert {int(one.start // 35) for one in segments} == {0, 1, 2, 3}


@pytest.mark.slow
def test_both_languages_are_told_the_one_with_more_words_first(studio, tmp_path: Path, call):
    english = studio.decoded(DEMO / "en" / "call.opus", 2)[:, : 40 * RATE]
    pause = np.zeros((2, 15 * RATE), np.float32)
    both = np.concatenate([call[:, : 12 * RATE], pause, english], axis=1)
    transcript = heard("en", studio.sound(tmp_path / "call.flac", both))
    assert transcript.languages == ("en", "zh")


def test_a_language_that_the_model_was_not_made_for_is_named():
    transcriber = WhisperTranscriber(model="demo", demo_model=MODEL, device="cpu", threads=2)
    found = transcriber.hear(
        DEMO / "zh" / "call.opus", languages=["yue", "zh"], hotwords=[], done={}
    )
    with pytest.raises(ModelUnavailableError) as caught:
        next(found)
    assert caught.value.params == {"model": "demo", "spoken": "yue"}


@pytest.mark.slow
def test_every_word_has_its_times_and_no_word_changes(transcripts: dict[str, Transcript]):
    timed = heard("zh", DEMO / "zh" / "call.opus", word_times=True)
    for one, plain in zip(timed.segments, transcripts["zh"].segments, strict=True):
        assert one.with_(words=()) == plain
        assert "".join(word.text for word in one.words) == one.text
        assert all(word.probability is not None for word in one.words)
        times = [time for word in one.words for time in (word.start, word.end)]
        assert times == sorted(times)
        assert one.start is not None
        assert one.end is not None
        assert one.start <= times[0] <= times[-1] <= one.end


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".m4a"])
def test_other_formats_are_heard_too(studio, tmp_path: Path, call, suffix: str):
    part = call[:, : 75 * RATE]
    transcript = heard("zh", studio.sound(tmp_path / f"call{suffix}", part))
    spoken = "".join(one.text for one in transcript.segments)
    for words in ("一键导出", "金额", "审批"):
        assert words in spoken


def test_nobody_speaks_in_silence_and_noise(studio, tmp_path: Path, noise):
    rng = np.random.default_rng(2)
    hiss = rng.normal(0, 0.01, noise.shape).astype(np.float32)
    for sound in (0 * noise, hiss, noise):
        assert heard("zh", studio.sound(tmp_path / "hush.wav", sound)).segments == ()
