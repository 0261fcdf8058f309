"""Speech: which engine hears, where its models are, and how fast they are here."""

import contextlib
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pipeline.errors import ModelUnavailableError
from pipeline.models.base import Model
from pipeline.ports.engines import Diarizer, Transcriber
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.engines.speech.loading import Means
    from pipeline.engines.speech.shelf import Shelved

DEMO_MODEL = "demo"
"""Name of the bundled speech model: it knows the two bundled calls and little else."""
MODELS = "models"
"""Folder in `home` for models that somebody brought: each a folder of its own."""
SPEEDS = "speech-speed.json"
"""File in `home` of what was measured."""


class Measured(Model):
    """How fast a model was heard with here."""

    at: str
    """When, in UTC with Z."""
    an_hour: float
    """Seconds for an hour of a call."""
    loading: float
    """Seconds until it was in memory."""
    device: str
    compute_type: str


def transcriber(chosen: Settings) -> Transcriber:
    """The speech engine. Loads no weights until it hears something."""
    from pipeline.engines.speech.transcriber import WhisperTranscriber

    return WhisperTranscriber(
        model=_named(chosen),
        demo_model=_demo_model(),
        device=chosen.speech_device,
        compute_type=chosen.speech_compute,
        threads=chosen.speech_threads,
        batch_size=chosen.speech_batch,
        our_channel=chosen.our_channel,
        word_times=chosen.speech_word_times,
    )


def diarizer(chosen: Settings) -> Diarizer | None:
    """What tells apart who speaks on one line; None where no models are set for it."""
    if not (chosen.voices_segmentation or chosen.voices_embedding):
        return None
    from pipeline.engines.speech.probe import probe
    from pipeline.engines.speech.sound import Reel
    from pipeline.engines.voices.diarizer import SherpaDiarizer

    return SherpaDiarizer(
        segmentation=chosen.voices_segmentation,
        embedding=chosen.voices_embedding,
        threshold=chosen.voices_threshold,
        count=chosen.voices_count,
        threads=chosen.speech_threads or os.cpu_count() or 1,
        blocks=lambda path: Reel(path, channels=1, heard=probe(path).heard).blocks(),
    )


def fetch_model(
    chosen: Settings, told: Callable[[int, int], None] = lambda here, size: None
) -> Path:
    """The folder of the speech model, downloaded where it is not here yet.

    Args:
        chosen: The settings.
        told: Called while it is fetched, with the bytes that are here and those there are.

    Raises:
        ModelUnavailableError: it cannot be had; the message says the ways to get it.
    """
    from pipeline.engines.speech.weights import obtain

    return obtain(_named(chosen), demo_model=_demo_model(), told=told)


def present(chosen: Settings) -> "Shelved | None":
    """The model that is set, as it lies on this machine; null when it has to be fetched.

    Raises:
        ModelUnavailableError: there is no such model, or its folder is not whole.
    """
    from pipeline.engines.speech.shelf import described
    from pipeline.engines.speech.weights import find

    folder = find(_named(chosen), demo_model=_demo_model())
    return described(chosen.speech_model, folder) if folder else None


def shelf(chosen: Settings) -> "list[Shelved]":
    """Every model on this machine: the bundled one, those in `home` and the hub's."""
    from pipeline.engines.speech.shelf import shelved

    return shelved(demo_model=_demo_model(), models=chosen.home / MODELS)


def means(chosen: Settings) -> "Means":
    """On what speech is heard here, as far as can be told without loading a model.

    Raises:
        ModelUnavailableError: the device or the precision that is set is not there.
    """
    from pipeline.engines.speech.loading import means

    return means(
        device=chosen.speech_device,
        compute_type=chosen.speech_compute,
        threads=chosen.speech_threads,
    )


def measure(chosen: Settings, told: Callable[[str, float], None]) -> Measured:
    """Hear for about ten seconds, and keep how fast that went.

    Args:
        chosen: The settings.
        told: Called with `listening`, `loading` or `hearing` and how far that is, from 0 to 1;
            what it raises ends the measuring, and nothing is kept.

    Raises:
        ModelUnavailableError: the model is not on this machine, or cannot be loaded.
        StorageError: the data folder cannot be made.
    """
    from pipeline.demo.calls import demo_folder
    from pipeline.engines.speech.speed import measure

    here = present(chosen)
    if here is None:
        raise ModelUnavailableError("speech_not_here", model=chosen.speech_model)
    speed = measure(
        here.folder,
        demo_folder() / "zh" / "call.opus",
        device=chosen.speech_device,
        compute_type=chosen.speech_compute,
        threads=chosen.speech_threads,
        batch_size=chosen.speech_batch,
        told=told,
    )
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    found = Measured(
        at=at,
        an_hour=speed.an_hour,
        loading=speed.loading,
        device=speed.device,
        compute_type=speed.compute_type,
    )
    _keep(chosen, _key(chosen, here.folder), found)
    return found


def measured(chosen: Settings) -> Measured | None:
    """What was measured of the model that is set, on this machine and with these settings.

    Raises:
        ModelUnavailableError: as `present`.
    """
    here = present(chosen)
    said = _kept(chosen).get(_key(chosen, here.folder)) if here else None
    try:
        return Measured.model_validate(said) if said else None
    except ValidationError:  # of another release
        return None


def _named(chosen: Settings) -> str:
    """The model as the engine takes it: one that was brought into `home` goes before the hub's."""
    name = chosen.speech_model
    brought = chosen.home / MODELS / name
    plain = name != DEMO_MODEL and Path(name).name == name and "\\" not in name
    return str(brought) if plain and brought.is_dir() else name


def _demo_model() -> Path:
    from pipeline.demo.calls import demo_folder

    return demo_folder() / "model"


def _key(chosen: Settings, folder: Path) -> str:
    from pipeline.engines.speech.weights import fingerprint

    parts = (fingerprint(folder), *means(chosen), chosen.speech_batch)
    return ":".join(str(part) for part in parts)


def _kept(chosen: Settings) -> dict[str, object]:
    try:
        kept = json.loads((chosen.home / SPEEDS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(chosen: Settings, key: str, found: Measured) -> None:
    from pipeline.stores.home import make_home

    make_home(chosen.home)
    path = chosen.home / SPEEDS
    part = path.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):  # it is told all the same, and can be measured again
        part.write_text(json.dumps(_kept(chosen) | {key: found.model_dump()}), encoding="utf-8")
        part.replace(path)
