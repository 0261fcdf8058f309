"""Checkout, lock and speech models -> a bundle that installs without a network."""

import importlib.metadata
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline import hearing
from pipeline.bundling.folder import begin, finish, keep_models, put_model, put_text, writing
from pipeline.bundling.lock import Platform
from pipeline.bundling.wheels import build, digest, discard_others, download
from pipeline.errors import InputError
from pipeline.settings import Settings

Step = Literal["model", "copy", "wheels", "program", "sums"]
Told = Callable[[Step, str, int, int], None]
"""Called with a step, what it is about, how much of it is done and how much there is."""
LOCK, PROGRAM = "requirements.lock", "program.lock"
TEXTS = ("install.py", "install.sh", "README.en.txt", "README.zh.txt")
FOR_WINDOWS = "install.bat"


class Bundled(NamedTuple):
    """What was made."""

    size: int
    """Bytes."""
    models: tuple[str, ...]


def bundle(
    folder: Path,
    chosen: Settings,
    *,
    platforms: Sequence[Platform],
    python: str,
    models: Sequence[str],
    told: Told,
) -> Bundled:
    """Make a bundle, or complete one that was begun.

    Args:
        folder: New, empty, or that of an earlier bundle.
        chosen: The settings; the first model is the one that is set after installing.
        platforms: Where it shall install.
        python: The Python there, such as `3.11`.
        models: Names or folders of speech models.
        told: Told how far it is.

    Raises:
        InputError: the folder holds something else, or this is no checkout.
        ModelUnavailableError: a model cannot be had.
        UnavailableError: a wheel cannot be had.
        OutputError: the folder cannot be written.
    """
    checkout = _checkout()
    if not re.fullmatch(r"3\.\d{1,2}", python):
        raise InputError("bundle_python", python=python)
    lock = (checkout / LOCK).read_text(encoding="utf-8")
    named = _named(models)
    begin(folder)
    with writing(folder):
        for name, model in named.items():
            told("model", name, 0, 0)
            with_model = chosen.model_copy(update={"speech_model": model})
            source = hearing.fetch_model(with_model, partial(told, "model", name))
            put_model(source, folder / "models" / name, partial(told, "copy", name))
        keep_models(folder, set(named))
        discard_others(lock, folder / "wheels")
        for platform in platforms:
            download(lock, platform, python, folder / "wheels", partial(told, "wheels", platform))
        told("program", "", 0, 0)
        wheel = build(checkout, folder / "wheels")
        put_text(folder / LOCK, lock)
        program, version, *_ = wheel.name.split("-")
        put_text(folder / PROGRAM, f"{program}=={version} --hash=sha256:{digest(wheel)}\n")
        put_texts(folder, python)
        about: dict[str, object] = {
            "program": importlib.metadata.version("dragoman"),
            "made_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "python": python,
            "platforms": list(platforms),
            "models": list(named),
        }
        size = finish(folder, about, partial(told, "sums", ""))
    return Bundled(size, tuple(named))


def _checkout() -> Path:
    """The folder of the sources: only there lie the lock and what the wheel is built from."""
    root = Path(__file__).parents[2]
    if not (root / "pyproject.toml").is_file() or not (root / LOCK).is_file():
        raise InputError("bundle_no_checkout")
    return root


def _named(models: Sequence[str]) -> dict[str, str]:
    """Each model under the name of its folder in the bundle; the bundled one comes by itself."""
    named: dict[str, str] = {}
    for model in models:
        if model == hearing.DEMO_MODEL:
            continue
        name = Path(model).expanduser().name or model
        if named.get(name, model) != model:
            raise InputError("bundle_two_models", name=name)
        named[name] = model
    return named


def put_texts(folder: Path, python: str) -> None:
    """What a person reads and starts; it names the Python that is wanted."""
    stick = files("pipeline.bundling").joinpath("stick")
    for name in (*TEXTS, FOR_WINDOWS):
        text = stick.joinpath(name).read_text(encoding="utf-8").replace("@PYTHON@", python)
        newline = "\n" if name.endswith((".py", ".sh")) else "\r\n"
        put_text(folder / name, text, newline=newline)
