"""Use cases of jobs: hand a meeting to a worker, see how far it is, stop it, try again."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.job import Job, Worker
from pipeline.models.meeting import Meeting
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake


class Submitted(NamedTuple):
    """What became of a file that was handed in."""

    meeting: Meeting
    job: Job
    known: bool
    """Whether the project had a meeting of this very file already."""


class JobView(Model):
    """A job with what a person wants to know of it."""

    job: Job
    meeting: Meeting
    stalled: bool = False
    """It is under way, and whoever had it has fallen silent."""


class Board(Model):
    """All jobs, and who works on them."""

    jobs: tuple[JobView, ...]
    """The latest of each meeting, newest first."""
    workers: tuple[Worker, ...]
    """Those that are alive."""


def submit(actor: Actor, house: House, file: Path, intake: Intake) -> Submitted:
    """Keep a file, make a meeting of it and queue it: all of that or nothing.

    The same file in the same project is the same meeting, whose job under way goes on.

    Raises:
        NotReadableError: the file is missing, a folder, empty, or neither sound nor a transcript.
        StorageError: the disk is full or read-only; nothing half-written stays.
    """
    jobs = house.jobs()  # opens its tables: not with a transaction open
    taken = meetings.take_in(actor, house, file, intake)
    with house.tools.store.transaction() as tx:
        kept = meetings.keep(actor, house, taken)
        return Submitted(kept.meeting, jobs.submit(tx, kept.meeting.uid), kept.known)


def listed(actor: Actor, house: House) -> Board:
    """The latest job of every meeting, and the workers that are alive."""
    del actor
    store, at = house.tools.store, datetime.now(UTC)
    alive = tuple(worker for worker in store.workers() if not worker.silent(at))
    names = {worker.name for worker in alive}
    meeting_of = {meeting.uid: meeting for meeting in store.meetings()}
    return Board(
        jobs=tuple(
            JobView(
                job=job,
                meeting=meeting_of[job.meeting],
                stalled=job.state == "running" and job.worker not in names,
            )
            for job in store.jobs()
            if job.meeting in meeting_of
        ),
        workers=alive,
    )


def cancel(actor: Actor, house: House, meeting: str) -> Job:
    """Stop the job of a meeting within one batch; what is finished is kept.

    Raises:
        NotFoundError: no meeting has this name, or it has no job.
    """
    del actor
    return house.jobs().cancel(house.tools.store.meeting(meeting).uid)


def retry(actor: Actor, house: House, meeting: str) -> Job:
    """Go on where the last job of a meeting stopped.

    Raises:
        NotFoundError: no meeting has this name, or it has no job.
    """
    del actor
    return house.jobs().retry(house.tools.store.meeting(meeting).uid)


def begin(actor: Actor, house: House, meeting: str) -> Job:
    """Queue a meeting that is here already; its job under way goes on.

    Raises:
        NotFoundError: no meeting has this name.
    """
    del actor
    jobs = house.jobs()  # opens its tables: not with a transaction open
    with house.tools.store.transaction() as tx:
        return jobs.submit(tx, house.tools.store.meeting(meeting).uid)
