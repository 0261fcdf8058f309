"""The Jobs port on DBOS Transact: the queue lives in the Store's own database."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, WorkflowStatus

from pipeline.errors import NotFoundError, StorageError
from pipeline.jobs import states
from pipeline.jobs.flow import NAME, SPEECH, VERSION, WORDS, WORKFLOWS, place_of, workflow_id
from pipeline.models.job import Failure, Job, Worker
from pipeline.ports.store import Store, Tx
from pipeline.record import now

KEEP_ENDED = timedelta(days=2)
"""How long the library's rows of ended work are kept; the Store's own rows tell what became of it."""
_WAITING = ["ENQUEUED", "DELAYED", "PENDING"]
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


class DbosJobs:
    """Durable jobs in the Store's database.

    What people see is the Store's `job` row; the library's rows only remember which part of
    which job is to be run, by uids, and never hold a word of a call.
    """

    def __init__(self, store: Store, url: str) -> None:
        """Bring the library's tables up to date. The Store's own must be there already."""
        self._store = store
        self._dropped: frozenset[str] = frozenset()
        with _refusals():
            DBOS.migrate(url)
            self._client = DBOSClient(
                system_database_url=url,
                application_name=NAME,
                serializer=DBOSPortableJSONSerializer(),
            )

    def submit(self, tx: Tx, meeting: str) -> Job:
        """Queue the meeting, in the transaction that also saved it; the job under way if any.

        Raises:
            NotFoundError: there is no such meeting.
        """
        found = self._store.meeting(meeting)
        earlier = self._store.job(found.uid)
        if earlier is not None and earlier.under_way:
            return earlier
        job = states.following(earlier, now()) if earlier else states.fresh(found.uid, 1, now())
        self._store.save_job(job)
        self._client.enqueue_in_transaction(
            cast(Any, tx),
            {
                "workflow_name": WORKFLOWS["hear"],
                # A transcript is only read: it does not wait behind somebody's recording.
                "queue_name": SPEECH if found.recordings else WORDS,
                "workflow_id": workflow_id("hear", job),
                "app_version": VERSION,
            },
            job.meeting,
            job.run,
        )
        return job

    def status(self, meeting: str) -> Job | None:
        """The latest job of a meeting, with its progress."""
        return self._store.job(meeting)

    def progress(self) -> tuple[Job, ...]:
        """The latest job of every meeting that has one, newest first."""
        return self._store.jobs()

    def cancel(self, meeting: str) -> Job:
        """Stop the job under way; whoever works on it ends within one batch.

        Raises:
            NotFoundError: the meeting has no job.
        """
        with self._store.transaction():
            job = self._latest(meeting)
            if job.under_way:
                job = states.cancelled(job, now())
                self._store.save_job(job)
        return job

    def retry(self, meeting: str) -> Job:
        """Another run, which goes on where the last one stopped; the job under way if any.

        Raises:
            NotFoundError: the meeting has no job.
        """
        with self._store.transaction() as tx:
            self._latest(meeting)
            return self.submit(tx, meeting)

    def recover(self) -> int:
        """Take over what workers left that have been silent for too long; how many jobs.

        One that only slept and wakes up finds that its jobs are another's, and leaves them.
        """
        at = datetime.now(UTC)
        alive = {worker.name for worker in self._store.workers() if not worker.silent(at)}
        taken = 0
        for one in self._listed(status="PENDING"):
            if one.executor_id and one.executor_id not in alive and self._requeued(one):
                taken += 1
        return taken

    def requeue_dropped(self, worker: str, in_hand: Collection[str]) -> None:
        """Put back what the library twice counted as under way in a worker that has it not.

        That is left behind where the library could not write how a part ended; it would fill its
        place in the queue for ever.

        Args:
            worker: name of the worker that asks; the work is its own.
            in_hand: workflows that it has, or had so short a time ago that they may just end.
        """
        pending = self._listed(status="PENDING", executor_id=worker)
        dropped = {one.workflow_id: one for one in pending if one.workflow_id not in in_hand}
        for one in dropped.values():
            if one.workflow_id in self._dropped:
                self._requeued(one)
        self._dropped = frozenset(dropped)

    def settle(self) -> int:
        """Say so where the library has ended a job that is still under way; how many.

        That happens where the library could neither go on nor write down why.
        """
        jobs = self._store.jobs(under_way=True)
        waiting = {one.workflow_id for one in self._listed(status=_WAITING)} if jobs else set()
        lost = 0
        for job in jobs:
            if waiting.isdisjoint(workflow_id(part, job) for part in WORKFLOWS):
                lost += self._failed(job)
        return lost

    def forget_ended(self) -> int:
        """Remove the library's rows of work that ended a while ago; how many."""
        before = (datetime.now(UTC) - KEEP_ENDED).isoformat()
        ids = [one.workflow_id for one in self._listed(status=_ENDED, completed_before=before)]
        self._removed(ids)
        return len(ids)

    def delete(self, meeting: str) -> int:
        """Forget all jobs of a meeting; how many."""
        prefixes = [f"{part}-{meeting}-" for part in WORKFLOWS]
        ids = [one.workflow_id for one in self._listed(workflow_id_prefix=prefixes)]
        self._removed(ids)
        return len({place.run for one in ids if (place := place_of(one))})

    def workers(self) -> tuple[Worker, ...]:
        """Workers heard of, with when that was."""
        return self._store.workers()

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()

    def _latest(self, meeting: str) -> Job:
        job = self._store.job(self._store.meeting(meeting).uid)
        if job is None:
            raise NotFoundError("no_job", meeting=meeting)
        return job

    def _listed(self, **which: Any) -> list[WorkflowStatus]:
        with _refusals():
            return self._client.list_workflows(load_input=False, load_output=False, **which)

    def _removed(self, ids: list[str]) -> None:
        if ids:
            with _refusals():
                self._client.delete_workflows(ids, delete_children=False)

    def _requeued(self, one: WorkflowStatus) -> bool:
        """Put work of a dead worker back into its queue, unless somebody else was quicker."""
        place = place_of(one.workflow_id)
        if place is None or one.executor_id is None:
            return False
        # No public call puts work back on condition that it is still the dead worker's. It comes
        # first: from then on the library takes no result from that worker any more.
        with _refusals():
            back = self._client._sys_db.reenqueue_for_recovery(
                one.workflow_id, [one.executor_id], one.queue_name or WORDS
            )
        with self._store.transaction():
            job = self._store.job(place.meeting)
            mine = (place.run, "running", one.executor_id)
            if back and job and (job.run, job.state, job.worker) == mine:
                self._store.save_job(states.left(job, now()))
        return back

    def _alive(self, job: Job) -> bool:
        """Whether the library still means to run a part of it."""
        ids = [workflow_id(part, job) for part in WORKFLOWS]
        return bool(self._listed(workflow_ids=ids, status=_WAITING))

    def _failed(self, seen: Job) -> bool:
        with self._store.transaction():
            job = self._store.job(seen.meeting)
            if job != seen or self._alive(seen):
                return False
            self._store.save_job(states.failed(job, Failure(code="job_broken_off"), now()))
        return True


@contextmanager
def _refusals() -> Iterator[None]:
    """What the library's own connection raises, as an error a person can do something about.

    Raises:
        StorageError: the database refuses.
    """
    try:
        yield
    except Exception as error:  # the library passes on whatever its database driver raises
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StorageError("jobs_refused", reason=reason) from error
