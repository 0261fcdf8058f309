"""Deletion of a meeting: the client's words go, the proof that something was decided stays."""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Engine, delete, func, select
from sqlalchemy.orm import Session

from pipeline.models.review import Deletion
from pipeline.stores.engine import refusals
from pipeline.stores.meetings import project_of
from pipeline.stores.rows import (
    Base,
    BatchRow,
    BlobRow,
    DraftRow,
    EventBodyRow,
    EventRow,
    FileRow,
    ItemRow,
    JobRow,
    MeetingRow,
    OurTalkRow,
    SpecRow,
    SpecVersionRow,
    StageRow,
    TranscriptRow,
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
    "jobs": JobRow,
    "files": FileRow,
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
        if self._sessions.current is None:
            with refusals(self._sessions.engine):
                _empty_log(self._sessions.engine)
        return done


def _delete(session: Session, meeting: str) -> Deletion:
    project = project_of(session, meeting)
    hashes = session.scalars(select(FileRow.sha256).where(FileRow.meeting == meeting)).all()
    events = select(EventRow.uid).where(EventRow.meeting == meeting)
    specs = select(SpecRow.uid).where(SpecRow.meeting == meeting)
    removed = {
        "edit_texts": _count(session, EventBodyRow, EventBodyRow.event.in_(events)),
        "spec_versions": _count(session, SpecVersionRow, SpecVersionRow.spec.in_(specs)),
    }
    for name, row in _OF_MEETING.items():
        removed[name] = _count(session, row, row.__table__.c.meeting == meeting)
    still = select(FileRow.sha256).where(FileRow.project == project)
    mine = (BlobRow.project == project) & BlobRow.sha256.in_(hashes)
    session.execute(delete(BlobRow).where(mine, BlobRow.sha256.not_in(still)))
    session.execute(delete(MeetingRow).where(MeetingRow.uid == meeting))
    kept = session.scalar(
        select(func.count()).select_from(EventRow).where(EventRow.meeting == meeting)
    )
    used = set(session.scalars(select(BlobRow.sha256).where(BlobRow.sha256.in_(hashes))))
    return Deletion(
        removed=removed,
        kept={"edits": kept or 0},
        unused_blobs=tuple(one for one in hashes if one not in used),
    )


def _count(session: Session, row: type[Base], which: ColumnElement[bool]) -> int:
    return cast(CursorResult[Any], session.execute(delete(row).where(which))).rowcount


def _empty_log(engine: Engine) -> None:
    """SQLite's write-ahead log still holds the words until it is written back and cut."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
