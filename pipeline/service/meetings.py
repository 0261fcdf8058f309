"""Use cases of meetings: take a file in, process it, look at what there is."""

import datetime as dt
from pathlib import Path

from ulid import ULID

from pipeline import run as stages
from pipeline.errors import NotFoundError, NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.base import Language, Model
from pipeline.models.meeting import Meeting, Recording, Source
from pipeline.models.minutes import Minutes
from pipeline.models.project import DEFAULT_CLIENT, Project
from pipeline.models.reading import Reading
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.ports.jobs import Watch
from pipeline.record import now
from pipeline.service import projects
from pipeline.service.house import House
from pipeline.service.media import media_kind

_HEAD = 4096
"""Bytes that tell a recording from a text."""
_LARGEST_TEXT = 50_000_000
"""Bytes: far above any call's transcript."""


class Intake(Model):
    """What somebody says about a file they hand in; null means found out from the file."""

    project: Project | None = None
    title: str | None = None
    date: dt.date | None = None
    languages: tuple[str, ...] = ()
    text_language: Language | None = None


class MeetingView(Model):
    """A meeting with all that was made of it so far."""

    meeting: Meeting
    project: Project
    transcript: Transcript | None = None
    minutes: Minutes | None = None
    specs: tuple[FeatureSpec, ...] = ()
    our_talk: tuple[str, ...] = ()
    """Segments spoken among ourselves: nothing of them reaches the client."""


def add(actor: Actor, house: House, file: Path, intake: Intake) -> Meeting:
    """Keep a recording or transcript and make a meeting of it.

    The same file in the same project is the same meeting: what was said about it is updated.

    Raises:
        NotReadableError: the file is missing, a folder, empty, or neither sound nor a transcript.
        StorageError: the disk is full or read-only; nothing half-written stays.
    """
    if not file.exists():
        raise NotReadableError("file_missing", file=str(file))
    if file.is_dir():
        raise NotReadableError("is_folder", file=str(file))
    if not file.is_file():
        raise NotReadableError("no_plain_file", file=str(file))
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise NotReadableError("file_refused", file=str(file), reason=error.strerror) from error
    if not head:
        raise NotReadableError("empty_file", file=str(file))
    if media_kind(head, file.suffix) == "recording":
        return _add_recording(actor, house, file, intake)
    return _add_text(actor, house, file, intake)


def _add_recording(actor: Actor, house: House, file: Path, intake: Intake) -> Meeting:
    facts = house.tools.probe(file)
    sha256, size = house.tools.blobs.put(file)
    recording = Recording(name=file.name, sha256=sha256, size=size, duration=facts.duration)
    return _save(actor, house, file, intake, sha256, recordings=(recording,))


def _add_text(actor: Actor, house: House, file: Path, intake: Intake) -> Meeting:
    if file.stat().st_size > _LARGEST_TEXT:
        raise NotReadableError("text_too_large", file=str(file))
    reading = house.tools.reader.read(file.read_bytes(), name=str(file))
    sha256, size = house.tools.blobs.put(file)
    source = Source(name=file.name, sha256=sha256, size=size, shape=reading.shape)
    filled = _filled(intake, reading, named=file.stem)
    return _save(actor, house, file, filled, sha256, sources=(source,))


def _filled(intake: Intake, reading: Reading, *, named: str) -> Intake:
    """What the file says of itself fills what nobody said.

    People without a client are a project of their own: they are not everybody's.
    """
    date = intake.date
    if date is None and reading.date:
        try:
            date = dt.date.fromisoformat(reading.date[:10])
        except ValueError:
            date = None
    own = reading.project
    if own is not None and own.client == DEFAULT_CLIENT and not own.system:
        own = own.with_(system=reading.title or named)
    return intake.with_(
        project=intake.project or own,
        title=intake.title or reading.title,
        date=date,
        languages=intake.languages or reading.languages,
    )


def _save(
    actor: Actor,
    house: House,
    file: Path,
    intake: Intake,
    sha256: str,
    *,
    recordings: tuple[Recording, ...] = (),
    sources: tuple[Source, ...] = (),
) -> Meeting:
    with house.tools.store.transaction():
        project = projects.save(actor, house, intake.project)
        earlier = house.tools.store.find_meeting(project.uid, sha256)
        keep = house.tools.store.save_meeting if earlier else house.tools.store.add_meeting
        meeting = earlier or Meeting(
            uid=str(ULID()), project=project.uid, title=file.stem, created_at=now()
        )
        meeting = meeting.with_(
            title=intake.title or meeting.title,
            date=intake.date or meeting.date,
            time_zone=project.time_zone,
            languages=intake.languages or meeting.languages,
            text_language=intake.text_language or meeting.text_language,
            participants=tuple(person.name for person in project.participants),
            recordings=recordings,
            sources=sources,
        )
        keep(meeting)
        _keep_content(house, file, sha256)
    return meeting


def _keep_content(house: House, file: Path, sha256: str) -> None:
    """A deletion of the only other meeting with this file may just have taken the content away.

    Content is only ever taken away inside a transaction of the Store, and we are in one.
    """
    try:
        house.tools.blobs.path(sha256)
    except NotFoundError:
        house.tools.blobs.put(file)


def process(actor: Actor, house: House, meeting: str, watch: Watch) -> stages.Outcome:
    """Run all stages that are not done yet.

    Raises:
        DragomanError: a stage cannot go on; what was finished before it is kept.
    """
    del actor
    return stages.run(meeting, house.tools, watch)


def transcribe(actor: Actor, house: House, meeting: str, watch: Watch) -> Transcript:
    """Only hear the meeting."""
    del actor
    return stages.hear(meeting, house.tools, watch)


def listed(actor: Actor, house: House) -> tuple[MeetingView, ...]:
    """All meetings, newest first."""
    return tuple(view(actor, house, one.uid) for one in house.tools.store.meetings())


def view(actor: Actor, house: House, meeting: str) -> MeetingView:
    """One meeting, by its uid or an unambiguous end of it.

    Raises:
        NotFoundError: none or several have it.
    """
    store = house.tools.store
    found = store.meeting(meeting)
    return MeetingView(
        meeting=found,
        project=projects.of(actor, house, found.project),
        transcript=store.transcript(found.uid),
        minutes=store.minutes(found.uid),
        specs=store.specs(found.uid),
        our_talk=store.our_talk(found.uid),
    )
