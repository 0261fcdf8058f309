"""Use cases of meetings: take a file in, process it, look at what there is."""

import datetime as dt
from pathlib import Path

from ulid import ULID

from pipeline import run as stages
from pipeline.errors import NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.base import Language, Model
from pipeline.models.meeting import Meeting, Recording, Source
from pipeline.models.minutes import Minutes
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.ports import Watch
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
    return _save(actor, house, file, _filled(intake, reading), sha256, sources=(source,))


def _filled(intake: Intake, reading: Reading) -> Intake:
    """What the file says of itself fills what nobody said."""
    date = intake.date
    if date is None and reading.date:
        try:
            date = dt.date.fromisoformat(reading.date[:10])
        except ValueError:
            date = None
    return intake.with_(
        project=intake.project or reading.project,
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
    project = projects.save(actor, house, intake.project)
    earlier = house.tools.store.find_meeting(project.uid, sha256)
    meeting = Meeting(
        uid=earlier.uid if earlier else str(ULID()),
        project=project.uid,
        title=intake.title or (earlier.title if earlier else file.stem),
        date=intake.date or (earlier.date if earlier else None),
        time_zone=project.time_zone,
        languages=intake.languages or (earlier.languages if earlier else ()),
        text_language=intake.text_language or (earlier.text_language if earlier else None),
        participants=tuple(person.name for person in project.participants),
        recordings=recordings,
        sources=sources,
        created_at=earlier.created_at if earlier else now(),
    )
    house.tools.store.save_meeting(meeting)
    return meeting


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
    )
