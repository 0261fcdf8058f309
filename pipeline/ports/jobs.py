"""Work that outlives the program that began it."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from pipeline.errors import DragomanError
from pipeline.models.job import Job, Progress, Worker
from pipeline.ports.store import Tx

Watch = Callable[[Progress], None]
"""Told how far the work is. Raises StoppedError to end it: what is finished is kept."""


class Jobs(Protocol):
    """Hears and understands meetings in worker processes. One job a meeting is under way."""

    def submit(self, tx: Tx, meeting: str) -> Job:
        """Queue the meeting, in the transaction that also saved it; the job under way if any.

        Raises:
            NotFoundError: there is no such meeting.
        """

    def status(self, meeting: str) -> Job | None:
        """The latest job of a meeting, with its progress."""

    def progress(self) -> tuple[Job, ...]:
        """The latest job of every meeting that has one, newest first."""

    def cancel(self, meeting: str) -> Job:
        """Stop the job under way; whoever works on it ends within one batch.

        Raises:
            NotFoundError: the meeting has no job.
        """

    def retry(self, meeting: str) -> Job:
        """Another run, which goes on where the last one stopped; the job under way if any.

        Raises:
            NotFoundError: the meeting has no job.
        """

    def recover(self) -> int:
        """Take over what workers left that have been silent for too long; how many jobs."""

    def delete(self, meeting: str) -> int:
        """Forget all jobs of a meeting; how many."""

    def workers(self) -> tuple[Worker, ...]:
        """Workers heard of, with when that was."""


class Ears(NamedTuple):
    """Who is told what happens in a worker; none of them raises."""

    job: Callable[[Job], None]
    """A job was begun or ended here."""
    ready: Callable[[str], None]
    """The worker of this name waits for jobs."""
    stopped: Callable[[DragomanError], None]
    """A job was left: it was cancelled, or its meeting is gone, or another worker has it."""
    refused: Callable[[DragomanError], None]
    """The database or the disk refuses; the worker goes on trying."""
    library: Callable[[str], None]
    """The job library has something to complain about."""
    bug: Callable[[BaseException], str]
    """Keeps a traceback; where it is to be found."""
