"""Files that people attached to specs: kept until the meeting goes, whatever becomes of the spec.

Whether a spec has one now is for its edits to say, and an edit can be taken back.
"""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, select, union
from sqlalchemy.orm import Mapped, Session, mapped_column

from pipeline.stores.names import now
from pipeline.stores.rows import Base, BlobRow, FileRow
from pipeline.stores.session import Part


class AttachmentRow(Base):
    """Content that some spec of a meeting has or had."""

    __tablename__ = "attachment"
    __table_args__ = (ForeignKeyConstraint(["project", "sha256"], ["blob.project", "blob.sha256"]),)

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    project: Mapped[str]


class Attachments(Part):
    """The store's attached files. The bytes are with the Blobs port."""

    def keep_attachment(self, meeting: str, project: str, sha256: str, size: int) -> None:
        """Note that a meeting needs this content; the same again is no fault."""
        with self._sessions.writing() as session:
            if session.get(BlobRow, (project, sha256)) is None:
                session.add(BlobRow(project=project, sha256=sha256, size=size, added_at=now()))
                session.flush()
            if session.get(AttachmentRow, (meeting, sha256)) is None:
                session.add(AttachmentRow(meeting=meeting, sha256=sha256, project=project))
            session.flush()

    def attachments(self, meeting: str) -> frozenset[str]:
        """SHA-256 of all that was ever attached to a spec of the meeting."""
        with self._sessions.reading() as session:
            chosen = select(AttachmentRow.sha256).where(AttachmentRow.meeting == meeting)
            return frozenset(session.scalars(chosen))

    def files_in_use(self) -> frozenset[str]:
        """SHA-256 of every file that a meeting was made from or that is attached to a spec."""
        with self._sessions.reading() as session:
            return frozenset(
                session.scalars(union(select(FileRow.sha256), select(AttachmentRow.sha256)))
            )


def hashes_of(session: Session, meeting: str) -> set[str]:
    """Content that a meeting needs."""
    tables = (FileRow, AttachmentRow)
    return {
        sha256
        for table in tables
        for sha256 in session.scalars(select(table.sha256).where(table.meeting == meeting))
    }


def used_of(session: Session, hashes: set[str], project: str | None = None) -> set[str]:
    """Of some content, what a meeting of the project, or of any, still needs."""
    found: set[str] = set()
    for table in (FileRow, AttachmentRow):
        chosen = select(table.sha256).where(table.sha256.in_(hashes))
        if project is not None:
            chosen = chosen.where(table.project == project)
        found |= set(session.scalars(chosen))
    return found
