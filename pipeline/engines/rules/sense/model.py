"""The reader's model file: weights in reader.npz, what they mean and their digest in reader.json."""

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.engines.rules.sense.kinds import KINDS
from pipeline.errors import ModelUnavailableError
from pipeline.language.cues import LANGUAGES

FORMAT = 1
"""Goes up with every change of the features, so that old weights are never read with new ones."""
FOLDER = Path(__file__).parent / "model"
WEIGHTS, FACTS = "reader.npz", "reader.json"
_STEPS = 127
Floats = npt.NDArray[np.float32]


class Model(NamedTuple):
    """Two stages of linear models and what turns their scores into probabilities."""

    kept: npt.NDArray[np.int64]
    """Numbers of the features that stage one knows, ascending."""
    first: Floats
    """Features by kinds."""
    first_bias: Floats
    second: Floats
    """Inputs of `around` by kinds."""
    second_bias: Floats
    slope: Floats
    shift: Floats
    """Log odds = slope * score + shift."""
    thresholds: Mapping[str, Mapping[str, float]]
    """By language (zh, en) and kind: the probability from which a turn counts as carrying it."""


def load(folder: Path = FOLDER) -> Model:
    """The model of a folder.

    Raises:
        ModelUnavailableError: a file is missing, is not what was trained, or is of another version.
    """
    try:
        facts: Any = json.loads(facts_text(folder))
        packed = (folder / WEIGHTS).read_bytes()
    except (OSError, ValueError) as error:
        raise _unusable(folder, str(error)) from error
    held = facts if isinstance(facts, dict) else {}
    if held.get("format") != FORMAT or held.get("kinds") != list(KINDS):
        raise _unusable(folder, f"{FACTS}: format {held.get('format')!r}, not {FORMAT}")
    if hashlib.sha256(packed).hexdigest() != held.get("sha256"):
        raise _unusable(folder, f"{WEIGHTS}: sha256")
    try:
        return _unpacked(packed, _thresholds(held["thresholds"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _unusable(folder, f"{error!r}") from error


def facts_text(folder: Path = FOLDER) -> str:
    """What is written about the model: its digest, kinds, calls and thresholds.

    Raises:
        ModelUnavailableError: the file is missing.
    """
    try:
        return (folder / FACTS).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unusable(folder, str(error)) from error


def save(model: Model, folder: Path, *, trained_on: Mapping[str, str]) -> None:
    """Write both files; the same model gives the same bytes.

    `trained_on` names the calls it learnt from, with the digest of each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    packed = _packed(model)
    facts = {
        "format": FORMAT,
        "sha256": hashlib.sha256(packed).hexdigest(),
        "kinds": list(KINDS),
        "trained_on": dict(trained_on),
        "thresholds": model.thresholds,
    }
    (folder / WEIGHTS).write_bytes(packed)
    text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    (folder / FACTS).write_text(text, encoding="utf-8", newline="\n")


def _packed(model: Model) -> bytes:
    scale = np.maximum(np.abs(model.first).max(axis=0), 1e-9) / _STEPS
    small = np.rint(model.first / scale).astype(np.int8)
    out = io.BytesIO()
    np.savez_compressed(
        out,
        kept=np.diff(model.kept, prepend=0).astype(np.uint32),
        first=small,
        first_scale=scale.astype(np.float32),
        first_bias=model.first_bias.astype(np.float32),
        second=model.second.astype(np.float32),
        second_bias=model.second_bias.astype(np.float32),
        slope=model.slope.astype(np.float32),
        shift=model.shift.astype(np.float32),
    )
    return out.getvalue()


def _unpacked(packed: bytes, thresholds: Mapping[str, Mapping[str, float]]) -> Model:
    with np.load(io.BytesIO(packed), allow_pickle=False) as held:
        return Model(
            np.cumsum(held["kept"], dtype=np.int64),
            held["first"].astype(np.float32) * held["first_scale"],
            held["first_bias"],
            held["second"],
            held["second_bias"],
            held["slope"],
            held["shift"],
            thresholds,
        )


def _thresholds(held: Mapping[str, Mapping[str, float]]) -> Mapping[str, Mapping[str, float]]:
    """Every language's threshold of every kind.

    Raises:
        ValueError: one is missing.
    """
    if not all(set(held.get(language, ())) == set(KINDS) for language in LANGUAGES):
        raise ValueError("thresholds")
    return {language: dict(held[language]) for language in LANGUAGES}


def _unusable(folder: Path, reason: str) -> ModelUnavailableError:
    return ModelUnavailableError("turn_reader_unusable", folder=str(folder), reason=reason)
