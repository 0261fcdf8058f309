"""The only place that knows which engine stands behind which port."""

import hashlib
import platform
import shutil
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import ValidationError

from pipeline.errors import DragomanError, InputError, ModelUnavailableError, StorageError
from pipeline.models.project import Project
from pipeline.ports.engines import Transcriber
from pipeline.ports.files import Exporter
from pipeline.ports.store import Store
from pipeline.ports.tools import Tools
from pipeline.service.house import House
from pipeline.settings import Settings
from pipeline.words.loader import say

if TYPE_CHECKING:
    from pipeline.demo.calls import DemoCall

LOW_DISK = 5.0
"""Gigabytes below which a day's recordings may not fit."""
DEMO_MODEL = "demo"
"""Name of the bundled speech model: it knows the two bundled calls and little else."""


def settings(**given: object) -> Settings:
    """Settings from the environment and dragoman.toml, with what a command line says on top.

    Raises:
        InputError: a value does not fit; names it.
    """
    said: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**said)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InputError(
            "settings_invalid", name=name, value=str(first["input"]), reason=first["msg"]
        ) from error
    except ValueError as error:
        raise InputError("settings_file_broken", reason=str(error)) from error


def house(chosen: Settings) -> House:
    """Everything a use case needs, with the database brought up to date.

    Raises:
        StorageError: the data folder or the database refuses.
    """
    from pipeline.engines.rules.extract import RulesExtractor
    from pipeline.engines.rules.specify import RulesSpecifier
    from pipeline.engines.speech.probe import probe
    from pipeline.exporters.subtitles import write_transcript
    from pipeline.readers.text_reader import TextReader
    from pipeline.stores.blobs import FileBlobs
    from pipeline.stores.logs import FileLogs

    _make_home(chosen.home)
    code = code_digest()
    return House(
        tools=Tools(
            store=store(chosen),
            blobs=FileBlobs(chosen.home / "recordings"),
            reader=TextReader(),
            transcriber=cache(lambda: transcriber(chosen)),
            probe=probe,
            extractor=RulesExtractor(),
            specifier=RulesSpecifier(),
            code=code,
        ),
        exporters=exporters(),
        write_transcript=write_transcript,
        logs=FileLogs(chosen.home / "logs"),
    )


def store(chosen: Settings) -> Store:
    """The database, at the schema this code knows."""
    from pipeline.stores.database import open_store

    return open_store(chosen.database)


def database_shown(chosen: Settings) -> str:
    """The address of the database as it may be shown: without a password."""
    from pipeline.stores.engine import shown

    return shown(chosen.database)


def transcriber(chosen: Settings) -> Transcriber:
    """The speech engine. Loads no weights until it hears something."""
    from pipeline.demo.calls import demo_folder
    from pipeline.engines.speech.transcriber import WhisperTranscriber

    return WhisperTranscriber(
        model=chosen.speech_model,
        demo_model=demo_folder() / "model",
        device=chosen.speech_device,
        compute_type=chosen.speech_compute,
        threads=chosen.speech_threads,
        batch_size=chosen.speech_batch,
        our_channel=chosen.our_channel,
    )


def exporters() -> dict[str, Exporter]:
    """All file targets, by the name `--to` takes."""
    from pipeline.exporters.docx.exporter import DocxExporter
    from pipeline.exporters.html.exporter import HtmlExporter
    from pipeline.exporters.json import JsonExporter
    from pipeline.exporters.markdown import MarkdownExporter
    from pipeline.exporters.xlsx.exporter import XlsxExporter

    every: tuple[Exporter, ...] = (
        MarkdownExporter(),
        HtmlExporter(),
        DocxExporter(),
        XlsxExporter(),
        JsonExporter(),
    )
    return {one.target: one for one in every}


def project_file(path: Path) -> Project:
    """A project somebody wrote by hand.

    Raises:
        ProjectFileError: names the field and the line that do not fit.
    """
    from pipeline.readers.project_file import read_project

    return read_project(path)


def demo_call(language: Literal["zh", "en"]) -> "DemoCall":
    """The bundled call in one language."""
    from pipeline.demo import calls

    return calls.demo_call(language)


class Check(NamedTuple):
    """One line of `dragoman doctor`; its words are `doctor.<code>`."""

    code: str
    state: Literal["ok", "advice", "missing"]
    params: dict[str, object]


def checks(chosen: Settings) -> tuple[Check, ...]:
    """What is here and what is missing, without changing or fetching anything but the database."""
    return (
        Check("python", "ok", {"version": platform.python_version(), "system": platform.system()}),
        _check_home(chosen),
        _check_database(chosen),
        _check_demo(),
        _check_speech(chosen),
        Check("engine", "ok", {"engine": chosen.engine}),
    )


def _check_home(chosen: Settings) -> Check:
    try:
        _make_home(chosen.home)
    except StorageError as error:
        return Check("home_missing", "missing", {"reason": _said(error, chosen)})
    free = shutil.disk_usage(chosen.home).free / 1e9
    state: Literal["ok", "advice"] = "ok" if free > LOW_DISK else "advice"
    code = "home" if state == "ok" else "home_low"
    return Check(code, state, {"path": chosen.home, "free": f"{free:.1f}"})


def _check_database(chosen: Settings) -> Check:
    try:
        store(chosen)
    except DragomanError as error:
        return Check("database_missing", "missing", {"reason": _said(error, chosen)})
    return Check("database", "ok", {"url": database_shown(chosen)})


def _said(error: DragomanError, chosen: Settings) -> str:
    return say(f"error.{error.code}", chosen.language, **error.params)


def _check_demo() -> Check:
    from pipeline.demo.calls import demo_folder

    here = (demo_folder() / "model" / "model.bin").is_file()
    return Check("demo", "ok", {}) if here else Check("demo_missing", "missing", {})


def _check_speech(chosen: Settings) -> Check:
    from pipeline.demo.calls import demo_folder
    from pipeline.engines.speech.weights import find

    try:
        folder = find(chosen.speech_model, demo_model=demo_folder() / "model")
    except ModelUnavailableError as error:
        return Check("speech_broken", "advice", {"reason": _said(error, chosen)})
    if folder is None:
        return Check("speech_missing", "advice", {"model": chosen.speech_model})
    return Check("speech", "ok", {"model": chosen.speech_model, "folder": folder})


@cache
def code_digest() -> str:
    """Digest of our code and word lists: the version of all stages that use no engine."""
    total = hashlib.sha256()
    for path, content in sorted(_sources(files("pipeline"), "")):
        total.update(path.encode() + b"\0" + content + b"\0")
    return total.hexdigest()[:16]


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir() and entry.name not in ("demo", "stores", "exporters", "__pycache__"):
            found += _sources(entry, f"{name}/")
        elif entry.name.endswith((".py", ".toml")):
            found.append((name, entry.read_bytes()))
    return found


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("home_refused", path=str(home), reason=error.strerror) from error
