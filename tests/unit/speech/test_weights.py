"""Where a speech model comes from, and what a person is told when it does not."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from pipeline.engines.speech.weights import Traits, find, fingerprint, obtain, traits
from pipeline.errors import ModelUnavailableError
from pipeline.words.loader import say

DEMO_MODEL = Path(__file__).parents[3] / "pipeline" / "demo" / "model"
FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A whole model: a copy of the bundled one, without its wishes."""
    folder = tmp_path / "whisper"
    shutil.copytree(DEMO_MODEL, folder, ignore=shutil.ignore_patterns("dragoman.json"))
    return folder


def test_a_folder_is_taken_as_it_is(model: Path):
    assert obtain(str(model), demo_model=Path("none")) == model


def test_demo_is_the_bundled_folder(model: Path):
    assert find("demo", demo_model=model) == model


@pytest.mark.parametrize("missing", FILES)
def test_an_incomplete_folder_names_the_file_and_asks_no_hub(model: Path, missing: str):
    (model / missing).unlink()
    with pytest.raises(ModelUnavailableError) as caught:
        obtain(str(model), demo_model=Path("none"))
    assert caught.value.code == "speech_model_file"
    assert caught.value.params["missing"] == missing


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_named(model: Path, name: str):
    (model / name).write_bytes(b"")
    assert told(model) == ("speech_model_empty", name)


@pytest.mark.parametrize("share", [0.001, 0.5, 0.999])
def test_weights_that_break_off_are_named(model: Path, share: float):
    weights = model / "model.bin"
    os.truncate(weights, int(weights.stat().st_size * share))
    assert told(model) == ("speech_model_cut", "model.bin")


@pytest.mark.parametrize("name", FILES[1:])
def test_json_that_breaks_off_is_named(model: Path, name: str):
    os.truncate(model / name, (model / name).stat().st_size // 2)
    assert told(model) == ("speech_model_strange", name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model.bin", "<html>Please sign in</html>"),
        ("model.bin", "version https://git-lfs.github.com/spec/v1\nsize 75546160\n"),
        ("vocabulary.json", '["of", "another", "model"]'),
        ("config.json", "<html></html>"),
    ],
)
def test_what_is_saved_in_place_of_a_file_is_named(model: Path, name: str, text: str):
    (model / name).write_text(text, encoding="utf-8")
    assert told(model) == ("speech_model_strange", name)


def told(model: Path) -> tuple[str, object]:
    """What a person is told of a folder, and the file it is about."""
    with pytest.raises(ModelUnavailableError) as caught:
        find(str(model), demo_model=Path("none"))
    return caught.value.code, caught.value.params["file"]


@pytest.mark.parametrize("name", ["smal", "/no/such/folder", "./here", "~/models/small", "a/b/c"])
def test_what_is_no_name_and_no_folder_is_said_at_once(name: str):
    with pytest.raises(ModelUnavailableError) as caught:
        find(name, demo_model=Path("none"))
    assert caught.value.code == "speech_model_unknown"


def test_a_published_model_that_is_not_here_is_looked_for_without_the_network():
    assert find("small", demo_model=Path("none")) is None


@pytest.mark.parametrize("name", ["small", "large-v3-turbo", "someone/their-whisper"])
def test_without_a_network_the_ways_to_get_a_model_are_said_within_seconds(name: str):
    began = time.monotonic()
    with pytest.raises(ModelUnavailableError) as caught:
        obtain(name, demo_model=Path("none"))
    assert time.monotonic() - began < 5
    assert caught.value.code == "speech_model"
    assert caught.value.exit_code == 3
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_message_names_each_way(language: str):
    text = say("error.speech_model", language, model="small", reason="timed out")
    for way in ("HF_ENDPOINT", "ModelScope", "--model", "USB" if language == "en" else "U 盘"):
        assert way in text
    assert "faster-whisper-me/mine" not in say(
        "error.speech_model", language, model="me/mine", reason="timed out"
    )


def test_a_published_whisper_has_no_wishes_of_its_own(model: Path):
    assert traits(model) == Traits(max_piece_seconds=30.0, keep_silence=False, hotwords=True)


def test_a_small_model_may_wish_for_short_pieces(model: Path):
    wishes = {"max_piece_seconds": 12, "keep_silence": True, "hotwords": False}
    (model / "dragoman.json").write_text(json.dumps(wishes), encoding="utf-8")
    assert traits(model) == Traits(12.0, True, False)


def test_a_model_that_wants_short_pieces_gets_them_with_their_pauses(model: Path):
    (model / "dragoman.json").write_text('{"max_piece_seconds": 12}', encoding="utf-8")
    assert traits(model).keep_silence


@pytest.mark.parametrize(("asked", "given"), [(0.1, 2.0), (300, 30.0)])
def test_a_piece_has_a_sensible_length(model: Path, asked: float, given: float):
    (model / "dragoman.json").write_text(json.dumps({"max_piece_seconds": asked}))
    assert traits(model).max_piece_seconds == given


@pytest.mark.parametrize("text", ["{", "[]", '{"max_piece_seconds": "long"}'])
def test_a_broken_wish_is_named(model: Path, text: str):
    (model / "dragoman.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelUnavailableError) as caught:
        traits(model)
    assert caught.value.code == "speech_model_broken"


def test_a_replaced_model_has_another_fingerprint(model: Path):
    before = fingerprint(model)
    assert before == fingerprint(model)
    (model / "model.bin").write_bytes(b"other")
    assert fingerprint(model) != before
