"""The only place that knows which engine stands behind which port."""

import importlib.metadata
import threading
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from pipeline import endpoints, hearing, vocabularies
from pipeline.errors import InputError, UnavailableError
from pipeline.models.actor import Actor
from pipeline.models.job import StageName
from pipeline.models.project import Project
from pipeline.models.recording import RecordTo
from pipeline.models.transcript import Transcript
from pipeline.ports.engines import Reader
from pipeline.ports.files import Exporter
from pipeline.ports.jobs import Ears
from pipeline.ports.store import Store
from pipeline.ports.tools import Tools
from pipeline.record import code_digest
from pipeline.service import retention
from pipeline.service.backups import BackupTools
from pipeline.service.house import House
from pipeline.service.upload_folder import UploadFolder
from pipeline.settings import Settings, refused
from pipeline.settings_files import SETTINGS_FILE

if TYPE_CHECKING:
    from pipeline.demo.calls import DemoCall
    from pipeline.jobs.queue import DbosJobs

WORKER = Actor(id="worker", name="worker", via="worker")
"""Who tidies up where nobody asked for it."""
RECORDED_STAGES: frozenset[StageName] = frozenset({"extract", "specify"})
"""Stages in which a model is asked."""


def settings(**given: object) -> Settings:
    """Settings from the environment and dragoman.toml, with what a command line says on top.

    Raises:
        InputError: a value does not fit; names it.
    """
    said: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**said)
    except ValidationError as error:
        # From None: the cause holds every value, a key too.
        raise refused(error) from None
    except ValueError as error:
        raise InputError("settings_file_broken", file=SETTINGS_FILE, reason=str(error)) from error


def house(chosen: Settings, record: RecordTo | None = None) -> House:
    """Everything a use case needs, with the database brought up to date.

    Args:
        chosen: the settings.
        record: where the answers of a model are written down; it is asked even where what was
            made of its answers is kept.

    Raises:
        StorageError: the data folder or the database refuses.
    """
    from pipeline.engines.speech.playback import PlaybackFolder
    from pipeline.engines.speech.probe import probe
    from pipeline.exporters.files import save
    from pipeline.exporters.subtitles import write_transcript
    from pipeline.stores.blobs import FileBlobs
    from pipeline.stores.holds import HomeHolds
    from pipeline.stores.home import make_home
    from pipeline.stores.logs import FileLogs

    make_home(chosen.home)
    opened = store(chosen)
    drafting = endpoints.engines(chosen, opened, record)
    return House(
        tools=Tools(
            store=opened,
            blobs=FileBlobs(chosen.home / "recordings"),
            reader=reader(),
            transcriber=cache(lambda: hearing.transcriber(chosen)),
            probe=probe,
            extractor=drafting.extractor,
            specifier=drafting.specifier,
            code=code_digest(),
            again=RECORDED_STAGES if record else frozenset(),
            diarizer=hearing.diarizer(chosen),
        ),
        exporters=exporters(),
        write_transcript=write_transcript,
        jobs=cache(lambda: jobs(opened, chosen)),
        logs=FileLogs(chosen.home / "logs"),
        holds=HomeHolds(chosen.home),
        uploads=UploadFolder(chosen.home / "uploads"),
        playback=PlaybackFolder(chosen.home / "playback"),
        vocabulary=cache(vocabularies.reader),
        save=save,
        rehearsal=partial(endpoints.rehearsal, lambda: chosen, opened),
    )


def replaying(built: House, folder: Path, transcript: Transcript) -> House | None:
    """The same house with recorded answers as its engine; None where they do not fit.

    Raises:
        InputError: the recording is damaged or changed.
    """
    drafting = endpoints.recorded_on(folder, transcript)
    if drafting is None:
        return None
    tools = built.tools._replace(extractor=drafting.extractor, specifier=drafting.specifier)
    return replace(built, tools=tools)


def reader() -> Reader:
    """What reads transcripts, chats and notes."""
    from pipeline.readers.reader import TranscriptReader

    return TranscriptReader()


def store(chosen: Settings) -> Store:
    """The database, at the schema this code knows."""
    from pipeline.stores.database import open_store

    return open_store(chosen.database)


def jobs(opened: Store, chosen: Settings) -> "DbosJobs":
    """The queue that workers take from, in the same database.

    Raises:
        StorageError: the database refuses.
    """
    from pipeline.jobs.queue import DbosJobs

    return DbosJobs(opened, chosen.database)


def work(
    built: House,
    chosen: Settings,
    ears: Ears,
    *,
    name: str | None,
    stop: threading.Event,
    until_done: bool,
) -> None:
    """Be a worker until told to stop.

    Raises:
        InputError: a worker of this name runs already, or the name is none.
        StorageError: the data folder or the database refuses.
    """
    from pipeline.jobs import worker
    from pipeline.jobs.identity import default_name
    from pipeline.jobs.library import Terms

    terms = Terms(
        name=name or default_name(chosen.home),
        home=chosen.home,
        url=chosen.database,
        every=chosen.worker_heartbeat,
        speech_at_once=chosen.speech_at_once,
        words_at_once=chosen.words_at_once,
    )
    queue = jobs(built.tools.store, chosen)
    tidy = partial(retention.tidy, WORKER, built, keep_days=chosen.keep_days)
    current = endpoints.Current(built.tools, chosen, settings)
    worker.work(
        terms,
        built.tools,
        queue,
        ears,
        tools_now=current.tools,
        tidy=tidy,
        stop=stop,
        until_done=until_done,
    )


def backup_tools(chosen: Settings) -> BackupTools:
    """What copies everything out and back; the database need not be whole.

    Raises:
        UnavailableError: the database is on a server, which has programs of its own for that.
    """
    from pipeline.stores.blobs import FileBlobs
    from pipeline.stores.copies import SqliteCopies
    from pipeline.stores.database import open_store
    from pipeline.stores.engine import is_file
    from pipeline.stores.holds import HomeHolds
    from pipeline.stores.home import make_home

    recordings = chosen.home / "recordings"
    if not is_file(chosen.database):
        raise UnavailableError("backup_of_server", recordings=str(recordings))
    make_home(chosen.home)
    return BackupTools(
        home=chosen.home,
        copies=SqliteCopies(chosen.database),
        blobs=FileBlobs(recordings),
        blobs_in=FileBlobs,
        holds=HomeHolds(chosen.home),
        upgrade=lambda: open_store(chosen.database).close(),
        program=importlib.metadata.version("dragoman"),
    )


def database_shown(chosen: Settings) -> str:
    """The address of the database as it may be shown: without a password."""
    from pipeline.stores.engine import shown

    return shown(chosen.database)


def exporters() -> dict[str, Exporter]:
    """All file targets, by the name `--to` takes."""
    from pipeline.exporters.docx.exporter import DocxExporter
    from pipeline.exporters.feature import FeatureExporter
    from pipeline.exporters.html.exporter import HtmlExporter
    from pipeline.exporters.json import JsonExporter
    from pipeline.exporters.markdown import MarkdownExporter
    from pipeline.exporters.openspec.exporter import OpenSpecExporter
    from pipeline.exporters.xlsx.exporter import XlsxExporter

    documents: tuple[Exporter, ...] = (MarkdownExporter(), HtmlExporter(), DocxExporter())
    data: tuple[Exporter, ...] = (XlsxExporter(), JsonExporter())
    every = (*documents, *data, FeatureExporter(), OpenSpecExporter())
    return {one.target: one for one in every}


def project_file(path: Path) -> Project:
    """A project somebody wrote by hand.

    Raises:
        ProjectFileError: names the field and the line that do not fit.
    """
    from pipeline.readers.project_file import read_project

    return read_project(path)


def project_content(content: bytes, name: str) -> Project:
    """A project somebody wrote by hand, from the bytes of its file.

    Raises:
        NotReadableError: it is in no known encoding.
        ProjectFileError: names the field and the line that do not fit.
    """
    from pipeline.readers.project_file import parse_project

    return parse_project(content, name)


def project_text(project: Project) -> str:
    """A project as the text of a project file."""
    from pipeline.readers.project_file import project_text

    return project_text(project)


def demo_call(language: Literal["zh", "en"]) -> "DemoCall":
    """The bundled call in one language."""
    from pipeline.demo import calls

    return calls.demo_call(language)
