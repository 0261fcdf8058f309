"""Name or folder -> the folder of a speech model: from this machine first, then from the hub."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from faster_whisper.utils import _MODELS, available_models, download_model
from huggingface_hub import HfApi

from pipeline.errors import ModelUnavailableError

DEMO = "demo"
"""Name of the model bundled with the demo."""
TRAITS_FILE = "dragoman.json"
NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""Without tokenizer.json faster-whisper would fetch one from the hub."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
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


def find(model: str, *, demo_model: Path) -> Path | None:
    """The folder of a model that is on this machine; null when it has to be fetched.

    Raises:
        ModelUnavailableError: there is no such model, or its folder is not complete.
    """
    if model == DEMO:
        return _whole(demo_model, model)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _whole(folder, model)
    if not _is_hub_name(model):
        known = ", ".join(available_models())
        raise ModelUnavailableError("speech_model_unknown", model=model, known=known)
    try:
        cached = Path(download_model(model, local_files_only=True))
    except (OSError, ValueError):
        return None  # not on this machine, or only part of it
    return None if _missing(cached) else cached


def obtain(model: str, *, demo_model: Path) -> Path:
    """The folder of a model, fetched when it is not on this machine.

    Raises:
        ModelUnavailableError: it cannot be had; the message says the ways to get it.
    """
    folder = find(model, demo_model=demo_model)
    if folder is not None:
        return folder
    _reachable(model)
    return _whole(Path(_asked(model, lambda: download_model(model))), model)


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


def _missing(folder: Path) -> str | None:
    for name in NEEDED:
        if not (folder / name).is_file():
            return name
    if not any((folder / name).is_file() for name in VOCABULARIES):
        return VOCABULARIES[0]
    return None


def _whole(folder: Path, model: str) -> Path:
    missing = _missing(folder)
    if missing is not None:
        raise ModelUnavailableError("speech_model_file", model=model, missing=missing)
    return folder


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
            "speech_model", model=model, reason=_first_line(error)
        ) from error


def _asked(model: str, ask: Callable[[], str]) -> str:
    try:
        return ask()
    except Exception as error:  # hub, HTTP client and TLS each have their own tree of errors
        reason = _first_line(error)
        raise ModelUnavailableError("speech_model", model=model, reason=reason) from error


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0][:200] if text else type(error).__name__
