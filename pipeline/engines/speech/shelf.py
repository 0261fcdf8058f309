"""Which speech models are on this machine, and how big they are."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from faster_whisper.utils import _MODELS
from huggingface_hub import constants

from pipeline.engines.speech.soundness import Fault, fault, weights

BYTES = {"float32": 4, "int16": 2, "float16": 2, "bfloat16": 2}
"""A number in memory takes so many; with the other precisions one."""
PROGRAM_MB, PIECE_MB = 350, 8.4
"""What a model needs beside its weights: the program, and each piece that is decoded together.

Measured on models of random weights in three published sizes, 8 pieces at a time; a piece takes
more the larger the model is, about as the root of its size.
"""
REPOSITORY = "models--"
"""How the names of the hub's folders begin."""


class Shelved(NamedTuple):
    """A model on this machine, or what is there of it."""

    name: str
    """What `speech_model` has to say for it."""
    folder: Path
    size: int
    """Bytes on the disk."""
    parameters: int
    """Numbers in its weights; 0 where they cannot be told."""
    fault: Fault | None
    """What is wrong with it."""

    def memory(self, compute_type: str, batch_size: int) -> int:
        """Megabytes it needs while it hears, roughly; 0 where that cannot be told."""
        millions = self.parameters / 1e6
        if not millions:
            return 0
        pieces = batch_size * PIECE_MB * float(millions**0.5)
        return round(PROGRAM_MB + millions * BYTES.get(compute_type, 1) + pieces)


def shelved(*, demo_model: Path, models: Path) -> list[Shelved]:
    """The bundled model, those in a folder of models, and those in the hub's cache."""
    found = [described("demo", demo_model)] if demo_model.is_dir() else []
    if models.is_dir():
        inside = sorted(path for path in models.iterdir() if _is_one(path))
        found += [described(path.name, path) for path in inside]
    here = {one.name for one in found}
    with suppress(PermissionError):  # somebody else's cache
        found += [one for one in _in_cache() if one.name not in here]
    return found


def described(name: str, folder: Path) -> Shelved:
    """What a model folder holds."""
    wrong = fault(folder)
    size = parameters = 0
    with suppress(PermissionError):
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    if wrong is None and (found := weights(folder / "model.bin")):
        parameters = found.parameters
    return Shelved(name, folder, size, parameters, wrong)


def _is_one(folder: Path) -> bool:
    """Whether a folder holds a model, or may hold one: it may not be looked into."""
    try:
        return (folder / "model.bin").is_file()
    except PermissionError:
        return True


def _in_cache() -> Iterator[Shelved]:
    """Whisper models that were fetched from the hub, by the short names of the published ones."""
    cache = Path(constants.HF_HUB_CACHE)
    short = {repository: name for name, repository in reversed(_MODELS.items())}
    for folder in sorted(cache.glob(f"{REPOSITORY}*--*")):
        repository = folder.name.removeprefix(REPOSITORY).replace("--", "/", 1)
        for weights_file in sorted(folder.glob("snapshots/*/model.bin"))[-1:]:
            if _is_one(weights_file.parent):
                yield described(short.get(repository, repository), weights_file.parent)
