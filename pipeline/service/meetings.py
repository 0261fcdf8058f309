"""Use cases of meetings: take a file in, process it, look at what there is."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from ulid import ULID

from pipeline import run as stages
from pipeline.errors import NotFoundError, NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.meeting import Meeting, MeetingKind, Recording, Source
from pipeline.models.minutes import Minutes
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.spec import FeatureSpec
from pipeline.models.standing import Standing
from pipeline.models.transcript import Transcript
from pipeline.ports.jobs import Watch
from pipeline.record import now
from pipeline.service import projects
from pipeline.service.house import House
from pipeline.service.intake import Intake, began_at, filled
from pipeline.service.media import kind_of
from pipeline.service.merging import over

_LARGEST_TEXT = 50_000_000
"""Bytes: far above any call's transcript."""


class Taken(NamedTuple):
    """A file that is kept and belongs to no meeting yet."""

    intake: Intake
    path: Path
    """Where it was handed in."""
    file: Recording | Source
    kind: MeetingKind = "call"
    time: dt.time | None = None
    """When it began, where the file says so."""


class Kept(NamedTuple):
    """The meeting of a file."""

    meeting: Meeting
    known: bool
    """Whether the project had a meeting of this very file already."""


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
    return keep(actor, house, take_in(actor, house, file, intake)).meeting


def take_in(actor: Actor, house: House, file: Path, intake: Intake) -> Taken:
    """Keep the file itself; no row names it yet.

    Raises:
        NotReadableError: the file is missing, a folder, empty, or neither sound nor a transcript.
        StorageError: the disk is full or read-only; nothing half-written stays.
    """
    del actor
    take = _take_recording if kind_of(file) == "recording" else _take_text
    taken = take(house, file, intake)
    return taken._replace(intake=_with_words(taken.intake, named=file.stem))


def _with_words(intake: Intake, *, named: str) -> Intake:
    """What describes a system belongs to a project: the call's own, or one named after it."""
    if intake.words is None:
        return intake
    project = intake.project or Project(system=intake.title or named)
    return intake.with_(project=over(project, intake.words), words=None)


def _take_recording(house: House, file: Path, intake: Intake) -> Taken:
    facts = house.tools.probe(file)
    sha256, size = house.tools.blobs.put(file)
    recording = Recording(name=file.name, sha256=sha256, size=size, duration=facts.duration)
    return Taken(intake, file, recording)


def _take_text(house: House, file: Path, intake: Intake) -> Taken:
    reading = read_text(house, file, shape=intake.shape)
    sha256, size = house.tools.blobs.put(file)
    source = Source(name=file.name, sha256=sha256, size=size, shape=reading.shape)
    began = began_at(reading, intake.date)
    return Taken(filled(intake, reading, named=file.stem), file, source, reading.kind, began)


def read_text(house: House, file: Path, *, shape: str | None = None) -> Reading:
    """What a transcript, chat or note says; its shape is told from the content, unless given.

    Raises:
        InputError: there is no such shape.
        NotReadableError: it is too large for one, or none that can be read.
    """
    if file.stat().st_size > _LARGEST_TEXT:
        raise NotReadableError("text_too_large", file=str(file))
    return house.tools.reader.read(file.read_bytes(), name=str(file), shape=shape)


def keep(actor: Actor, house: House, taken: Taken) -> Kept:
    """Make a meeting of a file that was taken in, or renew the one that was made of it before."""
    intake, file = taken.intake, taken.file
    with house.tools.store.transaction():
        project = projects.save(actor, house, intake.project)
        earlier = house.tools.store.find_meeting(project.uid, file.sha256)
        if earlier is not None and earlier.own.sha256 != file.sha256:
            keep_content(house, taken)
            return Kept(earlier, known=True)  # joined to it: what is said of it is not said of that
        save = house.tools.store.save_meeting if earlier else house.tools.store.add_meeting
        meeting = earlier or Meeting(
            uid=str(ULID()), project=project.uid, title=taken.path.stem, created_at=now()
        )
        meeting = meeting.with_(
            title=intake.title or meeting.title,
            kind=taken.kind,
            date=intake.date or meeting.date,
            time=taken.time or meeting.time,
            time_zone=project.time_zone,
            languages=intake.languages or meeting.languages,
            text_language=intake.text_language or meeting.text_language,
            consent=meeting.consent if intake.consent is None else intake.consent,
            participants=tuple(person.name for person in project.participants),
        )
        meeting = meeting.with_file(file)
        save(meeting)
        keep_content(house, taken)
    return Kept(meeting, known=earlier is not None)


def keep_content(house: House, taken: Taken) -> None:
    """Keep the content of a file that a row names by now.

    A deletion of the only other meeting with this file may just have taken the content away.
    Content is only ever taken away inside a transaction of the Store, and we are in one.
    """
    try:
        house.tools.blobs.path(taken.file.sha256)
    except NotFoundError:
        house.tools.blobs.take(taken.file.sha256, taken.path)


def process(actor: Actor, house: House, meeting: str, watch: Watch) -> stages.Outcome:
    """Run all stages that are not done yet.

    Raises:
        DragomanError: a stage cannot go on; what was finished before it is kept.
    """
    del actor
    return stages.run(meeting, house.tools, watch)


def understand(actor: Actor, house: House, meeting: str, watch: Watch) -> stages.Outcome:
    """Make minutes and specs of what was heard.

    Raises:
        DragomanError: a stage cannot go on; what was finished before it is kept.
    """
    del actor
    return stages.understand(meeting, house.tools, watch)


def transcribe(actor: Actor, house: House, meeting: str, watch: Watch) -> Transcript:
    """Only hear the meeting."""
    del actor
    return stages.hear(meeting, house.tools, watch)


def listed(actor: Actor, house: House) -> tuple[MeetingView, ...]:
    """All meetings, newest first."""
    return tuple(view(actor, house, one.uid) for one in house.tools.store.meetings())


def outlined(
    actor: Actor, house: House, *, skip: int = 0, most: int = 50
) -> tuple[int, tuple[MeetingView, ...]]:
    """How many meetings there are, and some of them, newest first, with their minutes only.

    A meeting without minutes comes with its words: they tell that it was heard.
    """
    every = house.tools.store.meetings()
    return len(every), tuple(_outline(actor, house, one) for one in every[skip : skip + most])


def _outline(actor: Actor, house: House, meeting: Meeting) -> MeetingView:
    store = house.tools.store
    minutes = store.minutes(meeting.uid)
    return MeetingView(
        meeting=meeting,
        project=projects.of(actor, house, meeting.project),
        transcript=store.transcript(meeting.uid) if minutes is None else None,
        minutes=minutes,
    )


def minutes(actor: Actor, house: House, meeting: str) -> Minutes | None:
    """Only the minutes of a meeting, by its uid, as they hold now."""
    del actor
    return house.tools.store.minutes(meeting)


def standing(actor: Actor, house: House, meeting: str, since: Standing | None = None) -> Standing:
    """What tells, without reading a meeting by its uid, whether it became another, and where."""
    del actor
    return house.tools.store.standing(meeting, since)


def transcript(actor: Actor, house: House, meeting: str, version: int) -> Transcript | None:
    """One version of the words of a meeting, by its uid."""
    del actor
    return house.tools.store.transcript(meeting, version)


def view(actor: Actor, house: House, meeting: str, *, specs: bool = True) -> MeetingView:
    """One meeting, by its uid or an unambiguous end of it; without its specs on request.

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
        specs=store.specs(found.uid) if specs else (),
        our_talk=store.our_talk(found.uid),
    )
