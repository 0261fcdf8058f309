"""The bundled speech model is small, whole, and hears the bundled calls."""

import json

import pytest

from pipeline.demo.build.measure import detected, load, measure, said_into_silence
from pipeline.demo.build.script import DEMO, LANGUAGES

MODEL = DEMO / "model"
MARK = 0.05
"""CER of the Chinese call, WER of the English one, on each channel."""


def read(name):
    return json.loads((MODEL / name).read_text(encoding="utf-8"))


def test_the_folder_holds_all_that_faster_whisper_would_fetch_from_the_hub():
    names = {path.name for path in MODEL.iterdir()}
    assert names >= {"config.json", "model.bin", "tokenizer.json", "vocabulary.json"}
    assert names >= {"dragoman.json", "MODEL_CARD.md", "preprocessor_config.json"}


def test_the_weights_are_small_enough_to_live_in_the_repository():
    assert (MODEL / "model.bin").stat().st_size < 4_000_000


def test_the_ids_stand_where_ctranslate2_looks_for_them():
    tokens = read("vocabulary.json")
    end = tokens.index("<|endoftext|>")
    assert tokens[end - 1] == ""
    assert tokens[end + 1] == "<|startoftranscript|>"
    assert tokens[-1501:] == [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
    added = {row["content"]: row["id"] for row in read("tokenizer.json")["added_tokens"]}
    assert all(tokens[index] == content for content, index in added.items())
    assert read("config.json")["lang_ids"] == sorted(added[f"<|{name}|>"] for name in LANGUAGES)


@pytest.fixture(scope="module")
def ear():
    return load(MODEL, threads=1)


@pytest.mark.slow
@pytest.mark.asr
def test_both_calls_are_heard_nearly_word_for_word(ear):
    scores = [score for score in measure(ear) if score.setting == "pieces"]
    assert len(scores) == 4
    assert {score for score in scores if score.error > MARK} == set()


@pytest.mark.slow
@pytest.mark.asr
def test_nothing_is_said_into_silence_or_low_noise(ear):
    assert said_into_silence(ear) == []


@pytest.mark.slow
@pytest.mark.asr
def test_the_language_of_every_channel_is_told(ear):
    assert {key: name for key, (name, _) in detected(ear).items()} == {
        (language, channel): language for language in LANGUAGES for channel in (0, 1)
    }
