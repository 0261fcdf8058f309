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
        """Insert, or update by uid, else the one with the same client and system."""
        with self._sessions.writing() as session:
            row = _row(session, project)
            saved = project.with_(uid=row.uid if row else project.uid or new_uid())
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


def _row(session: Session, project: Project) -> ProjectRow | None:
    known = session.get(ProjectRow, project.uid) if project.uid else None
    same = select(ProjectRow).where(
        ProjectRow.client == project.client, ProjectRow.system == project.system
    )
    return known or session.scalars(same).one_or_none()
