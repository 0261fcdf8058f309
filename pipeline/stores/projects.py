"""Projects."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import NotFoundError
from pipeline.models.project import Project
from pipeline.stores.bodies import columns, model
from pipeline.stores.names import new_uid
from pipeline.stores.rows import ProjectRow
from pipeline.stores.session import Part


class Projects(Part):
    """The store's projects."""

    def save_project(self, project: Project) -> Project:
        """Insert, or update the one with the same client and system; has its uid.

        A uid that it brings counts for nothing: it may come from a file, and would then let the
        file rename somebody else's project.
        """
        with self._sessions.writing() as session:
            uid = _same(session, project)
            saved = project.with_(uid=uid or new_uid())
            session.merge(
                ProjectRow(
                    uid=saved.uid, client=saved.client, system=saved.system, **columns(saved)
                )
            )
            session.flush()
            return saved

    def project(self, uid: str) -> Project:
        """Raises NotFoundError."""
        with self._sessions.reading() as session:
            row = session.get(ProjectRow, uid)
            if row is None:
                raise NotFoundError("project_not_found", project=uid)
            return model(Project, row)

    def projects(self) -> tuple[Project, ...]:
        """All, by client and system."""
        with self._sessions.reading() as session:
            rows = session.scalars(
                select(ProjectRow).order_by(ProjectRow.client, ProjectRow.system)
            )
            return tuple(model(Project, row) for row in rows)


def _same(session: Session, project: Project) -> str | None:
    same = select(ProjectRow.uid).where(
        ProjectRow.client == project.client, ProjectRow.system == project.system
    )
    return session.scalars(same).one_or_none()
