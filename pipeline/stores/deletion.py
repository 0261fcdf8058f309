"""Deletion of a meeting: the client's words go, the proof that something was decided stays."""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.orm import Session

from pipeline.errors import NotFoundError
from pipeline.models.review import Deletion
from pipeline.stores import wiping
from pipeline.stores.attachments import AttachmentRow, hashes_of, used_of
from pipeline.stores.engine import refusals
from pipeline.stores.meetings import project_of
from pipeline.stores.rows import (
    AnswerRow,
    Base,
    BatchRow,
    BlobRow,
    CounterRow,
    DraftRow,
    EventBodyRow,
    EventRow,
    FileRow,
    ItemRow,
    JobRow,
    MeetingRow,
    OurTalkRow,
    ProjectRow,
    SpecRow,
    SpecVersionRow,
    StageRow,
    TranscriptRow,
    UseRow,
)
from pipeline.stores.session import Part

_OF_MEETING: dict[str, type[Base]] = {
    "specs": SpecRow,
    "items": ItemRow,
    "drafts": DraftRow,
    "transcripts": TranscriptRow,
    "our_talk": OurTalkRow,
    "stage_records": StageRow,
    "batches": BatchRow,
    "answers": AnswerRow,
    "model_use": UseRow,
    "jobs": JobRow,
    "files": FileRow,
    "attachments": AttachmentRow,
}
"""Tables with a column `meeting`, in the order in which they may be emptied."""


class Deletions(Part):
    """What the store forgets on request."""

    def delete_meeting(self, uid: str) -> Deletion:
        """Remove everything of a meeting but the bare record of what people decided.

        The bytes of its files are for the caller to forget: `unused_blobs` names those that no
        meeting refers to any more. Short ids are not given out again.

        Raises:
            NotFoundError: there is no such meeting.
        """
        with self._sessions.transaction() as session:
            done = _delete(session, uid)
        return self._clean(done)

    def delete_project(self, uid: str) -> Deletion:
        """Remove a project with all its meetings; of what people decided the bare record stays.

        Raises:
            NotFoundError: there is no such project.
        """
        with self._sessions.transaction() as session:
            done = _delete_project(session, uid)
        return self._clean(done)

    def wipe(self) -> bool:
        """Let no copy of deleted words stay in the database's files; whether that could be done."""
        with refusals(self._sessions.engine):
            return wiping.wipe(self._sessions.engine)

    def _clean(self, done: Deletion) -> Deletion:
        """A deletion inside a bigger transaction is wiped by whoever opened that."""
        if self._sessions.current is not None or self.wipe():
            return done
        return done.plus(Deletion(kept={"old_pages": 1}))


def _delete_project(session: Session, project: str) -> Deletion:
    row = session.get(ProjectRow, project)
    if row is None:
        raise NotFoundError("project_not_found", project=project)
    done = Deletion(removed={"projects": 1})
    meetings = select(MeetingRow.uid).where(MeetingRow.project == project)
    for meeting in session.scalars(meetings).all():
        done = done.plus(_delete(session, meeting))
    for table in (EventBodyRow, BlobRow, CounterRow):
        _count(session, table, table.__table__.c.project == project)
    session.delete(row)
    session.flush()
    return done


def _delete(session: Session, meeting: str) -> Deletion:
    project = project_of(session, meeting)
    hashes = hashes_of(session, meeting)
    events = select(EventRow.uid).where(EventRow.meeting == meeting)
    specs = select(SpecRow.uid).where(SpecRow.meeting == meeting)
    removed = {
        "edit_texts": _count(session, EventBodyRow, EventBodyRow.event.in_(events)),
        "spec_versions": _count(session, SpecVersionRow, SpecVersionRow.spec.in_(specs)),
    }
    for name, row in _OF_MEETING.items():
        removed[name] = _count(session, row, row.__table__.c.meeting == meeting)
    gone = hashes - used_of(session, hashes, project)
    mine = (BlobRow.project == project) & BlobRow.sha256.in_(gone)
    session.execute(delete(BlobRow).where(mine))
    removed["meetings"] = _count(session, MeetingRow, MeetingRow.uid == meeting)
    wiping.note(session)
    kept = session.scalar(
        select(func.count()).select_from(EventRow).where(EventRow.meeting == meeting)
    )
    used = used_of(session, hashes)
    shared = {"shared_files": len(used)} if used else {}
    return Deletion(
        removed=removed,
        kept={"edits": kept or 0, **shared},
        unused_blobs=tuple(sorted(hashes - used)),
    )


def _count(session: Session, row: type[Base], which: ColumnElement[bool]) -> int:
    return cast(CursorResult[Any], session.execute(delete(row).where(which))).rowcount
