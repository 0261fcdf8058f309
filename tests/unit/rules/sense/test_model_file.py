"""The model file: small, whole, and refused with a way out where it is not what was trained."""

import hashlib
import io
import json
import shutil

import numpy as np
import pytest

from pipeline.engines.rules.sense.kinds import KINDS
from pipeline.engines.rules.sense.model import FACTS, FOLDER, WEIGHTS, load, save
from pipeline.errors import ModelUnavailableError
from pipeline.words.loader import say


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "model")
    return tmp_path / "model"


def test_it_is_small_and_knows_both_languages():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000
    model = load()
    assert model.first.shape == (len(model.kept), len(KINDS))
    assert set(model.thresholds) == {"zh", "en"}
    for cuts in model.thresholds.values():
        assert list(cuts) == list(KINDS)
        assert all(0 < cut < 1 for cut in cuts.values())


def test_saved_again_it_is_the_same(tmp_path):
    trained_on = json.loads((FOLDER / FACTS).read_text(encoding="utf-8"))["trained_on"]
    save(load(), tmp_path, trained_on=trained_on)
    assert (tmp_path / WEIGHTS).read_bytes() == (FOLDER / WEIGHTS).read_bytes()
    assert (tmp_path / FACTS).read_bytes() == (FOLDER / FACTS).read_bytes()


def _changed_weights(folder):
    held = bytearray((folder / WEIGHTS).read_bytes())
    held[len(held) // 2] ^= 1
    (folder / WEIGHTS).write_bytes(held)


def _facts(folder, **changes):
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8")) | changes
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


DAMAGES = {
    "a changed byte": (_changed_weights, "sha256"),
    "half of the weights": (
        lambda folder: (folder / WEIGHTS).write_bytes(b"PK\x03\x04"),
        "sha256",
    ),
    "no weights": (lambda folder: (folder / WEIGHTS).unlink(), WEIGHTS),
    "no facts": (lambda folder: (folder / FACTS).unlink(), FACTS),
    "facts that are no JSON": (
        lambda folder: (folder / FACTS).write_text("{", encoding="utf-8"),
        "",
    ),
    "facts that are a list": (
        lambda folder: (folder / FACTS).write_text("[]", encoding="utf-8"),
        "format",
    ),
    "another format": (lambda folder: _facts(folder, format=99), "99"),
    "other kinds": (lambda folder: _facts(folder, kinds=["ask"]), "format"),
    "no thresholds": (lambda folder: _facts(folder, thresholds={}), "thresholds"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_model_is_named_with_the_way_out(name, copy):
    damage, told = DAMAGES[name]
    damage(copy)
    with pytest.raises(ModelUnavailableError) as caught:
        load(copy)
    assert caught.value.code == "turn_reader_unusable"
    assert told in str(caught.value.params["reason"])
    assert str(copy) in str(caught.value.params["folder"])
    assert caught.value.exit_code == 3
    for language in ("zh", "en"):
        told_how = say(f"error.{caught.value.code}", language, **caught.value.params)
        assert "python -m evals.training" in told_how


def test_weights_are_read_as_numbers_only(copy):
    out = io.BytesIO()
    np.savez(out, kept=np.array([{"a": 1}], dtype=object))
    (copy / WEIGHTS).write_bytes(out.getvalue())
    _facts(copy, sha256=hashlib.sha256(out.getvalue()).hexdigest())
    with pytest.raises(ModelUnavailableError):
        load(copy)
