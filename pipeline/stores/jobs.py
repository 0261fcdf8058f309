"""Jobs and workers: what people see of work that goes on without them."""

from sqlalchemy import delete, func, select

from pipeline.models.job import UNDER_WAY, Job, Worker
from pipeline.stores.bodies import columns, model
from pipeline.stores.meetings import project_of
from pipeline.stores.rows import JobRow, WorkerRow
from pipeline.stores.session import Part


class JobRecords(Part):
    """The store's jobs and workers."""

    def save_job(self, job: Job) -> None:
        """Insert or update by uid.

        Raises:
            NotFoundError: there is no such meeting any more.
        """
        with self._sessions.writing() as session:
            session.merge(
                JobRow(
                    uid=job.uid,
                    project=project_of(session, job.meeting),
                    meeting=job.meeting,
                    run=job.run,
                    state=job.state,
                    **columns(job),
                )
            )
            session.flush()

    def job(self, meeting: str) -> Job | None:
        """The latest job of a meeting."""
        chosen = select(JobRow).where(JobRow.meeting == meeting).order_by(JobRow.run.desc())
        with self._sessions.reading() as session:
            row = session.scalars(chosen.limit(1)).one_or_none()
            return model(Job, row) if row else None

    def jobs(self, *, under_way: bool = False) -> tuple[Job, ...]:
        """The latest job of every meeting that has one, newest first; or only those under way."""
        newest = select(JobRow.meeting, func.max(JobRow.run).label("run"))
        latest = newest.group_by(JobRow.meeting).subquery()
        chosen = select(JobRow).join(
            latest, (JobRow.meeting == latest.c.meeting) & (JobRow.run == latest.c.run)
        )
        if under_way:
            chosen = chosen.where(JobRow.state.in_(UNDER_WAY))
        with self._sessions.reading() as session:
            found = [model(Job, row) for row in session.scalars(chosen)]
        return tuple(sorted(found, key=lambda job: (job.created_at, job.uid), reverse=True))

    def save_worker(self, worker: Worker) -> None:
        """Keep a sign of life."""
        with self._sessions.writing() as session:
            session.merge(WorkerRow(name=worker.name, **columns(worker)))
            session.flush()

    def forget_worker(self, name: str) -> None:
        """It said goodbye; unknown names are ignored."""
        with self._sessions.writing() as session:
            session.execute(delete(WorkerRow).where(WorkerRow.name == name))

    def workers(self) -> tuple[Worker, ...]:
        """All that were heard of, by name."""
        with self._sessions.reading() as session:
            rows = session.scalars(select(WorkerRow).order_by(WorkerRow.name))
            return tuple(model(Worker, row) for row in rows)
