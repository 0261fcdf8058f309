"""Name or folder -> the folder of a speech model: from this machine first, then from the hub."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from faster_whisper.utils import _MODELS, available_models, download_model
from huggingface_hub import HfApi

from pipeline.engines.speech.fetching import Told, fetch_weights
from pipeline.engines.speech.soundness import NEEDED, fault
from pipeline.errors import ModelUnavailableError

DEMO = "demo"
"""Name of the model bundled with the demo."""
TRAITS_FILE = "dragoman.json"
SHORTEST, LONGEST = 2.0, 30.0
"""Seconds a piece may be allowed to have: Whisper takes in no more."""
ANSWER_WITHIN = 8.0
"""Seconds the hub has to answer: a name server that is cut off can keep a call waiting longer."""
CHUNK = 1 << 20


class Traits(NamedTuple):
    """What a model wants of its input, from the small file beside its weights."""

    max_piece_seconds: float = LONGEST
    keep_silence: bool = False
    """Whether pieces keep the pauses inside them instead of being packed with speech.

    A model that wants short pieces learned them as they lie in a recording: so by default it does.
    """
    hotwords: bool = True
    """Whether it knows what words before the beginning are for."""
    languages: tuple[str, ...] = ()
    """Those it was trained on, by their codes; empty means all that it has a mark for."""


def called(model: str) -> str:
    """What a transcript says of its model: of a folder its name, and nothing of where it lies."""
    folder = Path(model).expanduser().absolute()
    if model == DEMO or not folder.is_dir():
        return model
    return f"{folder.name} (folder)" if folder.name == DEMO else folder.name


def find(model: str, *, demo_model: Path) -> Path | None:
    """The folder of a model that is on this machine; null when it has to be fetched.

    Raises:
        ModelUnavailableError: there is no such model, or its folder is not whole.
    """
    if model == DEMO:
        return whole(demo_model, model)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return whole(folder, model)
    if not _is_hub_name(model):
        known = ", ".join(available_models())
        raise ModelUnavailableError("speech_model_unknown", model=model, known=known)
    cached = _cached(model)
    return None if cached is None or fault(cached) else cached


def obtain(model: str, *, demo_model: Path, told: Told = lambda here, size: None) -> Path:
    """The folder of a model, fetched when it is not on this machine.

    Args:
        model: Name, `owner/name` on the hub, folder, or "demo".
        demo_model: Folder of the bundled model.
        told: Called while it is fetched, with the bytes that are here and those there are.

    Raises:
        ModelUnavailableError: it cannot be had; the message says the ways to get it.
    """
    folder = find(model, demo_model=demo_model)
    if folder is not None:
        return folder
    _reachable(model)
    return whole(Path(_asked(model, lambda: _fetched(model, told))), model)


def traits(folder: Path) -> Traits:
    """What the model wants; the defaults fit every published Whisper.

    Raises:
        ModelUnavailableError: its dragoman.json cannot be read.
    """
    path = folder / TRAITS_FILE
    if not path.is_file():
        return Traits()
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        seconds = min(max(float(given.get("max_piece_seconds", LONGEST)), SHORTEST), LONGEST)
        return Traits(
            max_piece_seconds=seconds,
            keep_silence=bool(given.get("keep_silence", seconds < LONGEST)),
            hotwords=bool(given.get("hotwords", True)),
            languages=tuple(str(one) for one in given.get("languages", ())),
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelUnavailableError(
            "speech_model_broken", model=folder.name, reason=f"{TRAITS_FILE}: {error}"
        ) from error


def fingerprint(folder: Path) -> str:
    """Changes when the model in a folder is replaced; reads no more than its ends."""
    total = hashlib.sha256()
    for name in (*NEEDED, TRAITS_FILE):
        path = folder / name
        if not path.is_file():
            continue
        size = path.stat().st_size
        total.update(f"{name}:{size}:".encode())
        with path.open("rb") as file:
            total.update(file.read(CHUNK))
            file.seek(max(0, size - CHUNK))
            total.update(file.read(CHUNK))
    return total.hexdigest()[:16]


def _is_hub_name(model: str) -> bool:
    if model in available_models():
        return True
    return model.count("/") == 1 and model[0] not in "./~" and "\\" not in model


def whole(folder: Path, model: str) -> Path:
    """The folder itself, every file of it looked at.

    Raises:
        ModelUnavailableError: a file is missing, empty, cut or something else; names it.
    """
    found = fault(folder)
    if found is None:
        return folder
    if found.kind == "missing":
        raise ModelUnavailableError("speech_model_file", model=model, missing=found.file)
    raise ModelUnavailableError(f"speech_model_{found.kind}", model=model, file=found.file)


def _cached(model: str) -> Path | None:
    """The folder in the hub's cache, whole or not; null where nothing was ever fetched."""
    try:
        return Path(download_model(model, local_files_only=True))
    except (OSError, ValueError):
        return None


def _fetched(model: str, told: Told) -> str:
    """The folder of a model from the hub.

    The hub takes any file that is in the cache for whole, so a damaged one is taken out first.
    """
    folder = _cached(model)
    while folder is not None and (found := fault(folder)) and found.kind != "missing":
        path = folder / found.file
        content = path.resolve()  # in the cache names point to contents
        path.unlink()
        if content.is_relative_to(folder.parents[1].resolve()):
            content.unlink(missing_ok=True)
    fetch_weights(_MODELS.get(model, model), told)
    return str(download_model(model))


def _reachable(model: str) -> None:
    """Ask the hub for the model's card, so that a closed network is noticed within seconds."""
    repository = _MODELS.get(model, model)
    answers: list[Exception | None] = []

    def ask() -> None:
        try:
            HfApi().model_info(repository, timeout=ANSWER_WITHIN)
        except Exception as error:  # raised again in the thread that waits
            answers.append(error)
        else:
            answers.append(None)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(ANSWER_WITHIN)
    error = answers[0] if answers else TimeoutError("no answer")
    if error is not None:
        raise ModelUnavailableError(
            "speech_model", model=model, reason=first_line(error)
        ) from error


def _asked(model: str, ask: Callable[[], str]) -> str:
    try:
        return ask()
    except Exception as error:  # hub, HTTP client and TLS each have their own tree of errors
        reason = first_line(error)
        raise ModelUnavailableError("speech_model", model=model, reason=reason) from error


def first_line(error: Exception) -> str:
    """What an error of a library says, short enough for a sentence of ours."""
    text = str(error).strip()
    return text.splitlines()[0][:200] if text else type(error).__name__
