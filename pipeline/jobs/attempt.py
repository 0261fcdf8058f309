"""One attempt at one part of a job: begun, watched, ended, and fenced off from all others."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from pipeline.errors import DragomanError, NotFoundError, StoppedError, StorageError
from pipeline.jobs import states
from pipeline.models.job import Failure, Job, Progress
from pipeline.ports.jobs import Watch
from pipeline.ports.store import Store
from pipeline.record import now

J = TypeVar("J", Job, Job | None)
_EVERY = 0.5
"""Seconds between two writes of progress over ground that was covered before."""
_BUSY = "database_busy"
_PASSES = frozenset(
    {
        *("disk_full", "disk_refused", "data_dir_readonly"),
        *(_BUSY, "database_no_answer", "database_no_locks"),
    }
)
"""What may be over without anybody doing anything to the database itself."""
_TRIES = 5
"""How often anything else is tried."""
_PATIENCE = 24 * 3600.0
"""Seconds after which nobody is waited for: a weekend's full disk is seen to on Monday, and the
job says then that it stopped."""


@dataclass(frozen=True)
class Bench:
    """What a worker's attempts share."""

    store: Store
    worker: str
    check_room: Callable[[], None]
    """Raises StorageError before the disk is so full that not even that could be written."""
    keep_log: Callable[[BaseException], str]
    """Keeps what a bug left behind; where it is to be found."""
    tell: Callable[[Job], None]
    """Told of every job that is begun or ended here; does not raise."""
    refused: Callable[[DragomanError], None]
    """Told once when the database refuses to write how a job stands; does not raise."""
    stopped: Callable[[DragomanError], None]
    """Told why an attempt was left; does not raise."""
    leaving: threading.Event = field(default_factory=threading.Event)
    """Set when the worker ends: what is under way then never comes back to the library, which
    would take it for finished."""
    again: float = 2.0
    """Seconds until something is tried again where the database or the disk refused it."""


class Attempt:
    """Whoever holds the job's latest attempt number works on it; everybody else stops."""

    def __init__(self, bench: Bench, job: Job) -> None:
        self._bench = bench
        self._job = job
        self._saved = 0.0

    def watch(self, progress: Progress) -> None:
        """Keep how far it is.

        Raises:
            StoppedError: it was cancelled, or another worker has it now.
            StorageError: the disk is nearly full.
        """
        if progress.state == "saving":  # in a transaction that is open around both
            self._mine()
            return
        self._bench.check_room()
        if progress.state == "going" and time.monotonic() - self._saved < _EVERY:
            mine = self._mine()
            if states.advanced(mine, progress, "").furthest == mine.furthest:
                return  # further than ever is always written: it decides whether a try counts
        with self._bench.store.transaction():
            self._bench.store.save_job(states.advanced(self._mine(), progress, now()))
        if progress.state == "going":  # the first of a stage is always written
            self._saved = time.monotonic()

    def end(self, change: Callable[[Job], Job]) -> bool:
        """Write how it ended; whether it was still ours to end, and could be written."""

        def write() -> Job:
            job = change(self._mine())
            self._bench.store.save_job(job)
            return job

        try:
            self._bench.tell(_insist(self._bench, write))
        except (StoppedError, NotFoundError):  # its meeting may be gone
            return False
        except StorageError as error:
            self._bench.stopped(error)
            return False
        return True

    def _mine(self) -> Job:
        job = self._bench.store.job(self._job.meeting)
        if job is None:
            raise StoppedError("job_meeting_gone", meeting=self._job.meeting)
        if (job.uid, job.attempt) == (self._job.uid, self._job.attempt):
            if job.state == "running":
                return job
            raise StoppedError("job_cancelled", meeting=job.meeting)
        raise StoppedError("job_lost", meeting=job.meeting)


def attempt(
    bench: Bench,
    meeting: str,
    run: int,
    work: Callable[[Watch], object],
    *,
    then: Callable[[Job, str], Job],
) -> bool:
    """Do one part of a job; whether it was done to its end and the next part may follow.

    Args:
        bench: The worker it is done in.
        meeting: uid of the meeting.
        run: Which of its jobs; where it is no longer the latest under way, nothing is done.
        work: The part; told whom to report to.
        then: What the job becomes when it is done.
    """
    while True:
        try:
            job = _begin(bench, meeting, run)
        except StorageError as error:
            return _lost(bench, error)
        if job is None:
            return _lost(bench)
        bench.tell(job)
        mine = Attempt(bench, job)
        try:
            work(mine.watch)
        except StoppedError as error:
            return _lost(bench, error)
        except DragomanError as error:
            if error.code == _BUSY:  # somebody else held the database for long: once more
                bench.refused(error)
                time.sleep(bench.again)
                continue
            failure = _failure(error)
        except Exception as error:
            failure = _bug(error, bench)
        else:
            return mine.end(lambda job: then(job, now())) or _lost(bench)
        mine.end(partial(_failed, failure))
        return _lost(bench)


def _failed(why: Failure, job: Job) -> Job:
    return states.failed(job, why, now())


def _lost(bench: Bench, why: DragomanError | None = None) -> bool:
    """Nothing follows here. While the worker leaves, not even the library is told so."""
    if why is not None and not bench.leaving.is_set():
        bench.stopped(why)
    if bench.leaving.is_set():
        threading.Event().wait()  # the program ends with this thread in it
    return False


def _begin(bench: Bench, meeting: str, run: int) -> Job | None:
    """The job, begun here; None where it does not go on. Without room on the disk it waits."""
    while True:
        low = _low(bench)
        job = _insist(bench, partial(_taken, bench, meeting, run, low))
        if job is not None and job.state == "failed":
            bench.tell(job)
            return None
        if low is None or job is None:
            return job
        time.sleep(bench.again)


def _taken(bench: Bench, meeting: str, run: int, low: StorageError | None) -> Job | None:
    """Written inside a transaction: what becomes of the job now that its turn has come."""
    job = bench.store.job(meeting)
    if job is None or job.run != run or not job.under_way:
        return None
    if states.exhausted(job):
        told = {"tries": str(job.tries), "stage": job.stage or "-"}
        job = states.failed(job, Failure(code="job_exhausted", params=told), now())
    elif low is not None:
        if job.failure is not None and job.state == "queued":
            return job  # it says so already: a full disk is not written to again and again
        told = _failure(low).params
        job = states.held(job, Failure(code="disk_waits", params=told), now())
    else:
        job = states.begun(job, bench.worker, now())
    bench.store.save_job(job)
    return job


def _low(bench: Bench) -> StorageError | None:
    """Why nothing is begun that could not be written down."""
    try:
        bench.check_room()
    except StorageError as error:
        return error
    return None


def _insist(bench: Bench, write: Callable[[], J]) -> J:
    """Write in a transaction, as often as it takes: a full disk may have room again.

    What was finished before is kept whatever happens here; the next look after the jobs says of
    one whose end could not be written that it stopped, and a retry goes on from there.

    Raises:
        StorageError: no waiting mends it, or none did.
    """
    begun, tries = time.monotonic(), 0
    while True:
        try:
            with bench.store.transaction():
                return write()
        except StorageError as error:
            tries += 1
            if tries == 1:
                bench.refused(error)
            most = _PATIENCE if error.code in _PASSES else _TRIES * bench.again
            if tries >= _TRIES and time.monotonic() - begun >= most - bench.again:
                raise
            time.sleep(bench.again)


def _failure(error: DragomanError) -> Failure:
    return Failure(code=error.code, params={name: str(of) for name, of in error.params.items()})


def _bug(error: Exception, bench: Bench) -> Failure:
    params = {"kind": type(error).__name__, "log": bench.keep_log(error)}
    return Failure(code="job_bug", params=params)
