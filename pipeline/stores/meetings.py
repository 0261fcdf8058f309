"""Meetings with their files, and the versions of their transcripts."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select, union_all
from sqlalchemy.orm import Session

from pipeline.errors import ConflictError, NotFoundError
from pipeline.models.hashing import digest
from pipeline.models.meeting import Meeting, Recording, Source
from pipeline.models.transcript import Transcript
from pipeline.stores.bodies import Columns, columns, model
from pipeline.stores.names import now
from pipeline.stores.rows import (
    BlobRow,
    DraftRow,
    EventRow,
    FileRow,
    MeetingRow,
    OurTalkRow,
    StageRow,
    TranscriptRow,
)
from pipeline.stores.session import Part


class Meetings(Part):
    """The store's meetings and transcripts."""

    def add_meeting(self, meeting: Meeting) -> None:
        """Keep a new one; its uid was never used before.

        Raises:
            ConflictError: another meeting of the project was made from one of the files.
        """
        with self._sessions.writing() as session:
            session.add(
                MeetingRow(
                    uid=meeting.uid,
                    project=meeting.project,
                    created_at=meeting.created_at,
                    **_bare(meeting),
                )
            )
            session.flush()
            _save_files(session, meeting)

    def save_meeting(self, meeting: Meeting) -> None:
        """Update by uid. Only `add_meeting` inserts, so that what was deleted stays so.

        Raises:
            NotFoundError: there is no such meeting any more.
            ConflictError: another meeting of the project was made from one of the files.
        """
        with self._sessions.writing() as session:
            row, stored = _row(session, meeting.uid), _bare(meeting)
            row.project, row.created_at = meeting.project, meeting.created_at
            row.schema, row.body = stored["schema"], stored["body"]
            session.flush()
            _save_files(session, meeting)

    def meeting(self, uid: str) -> Meeting:
        """By uid or an unambiguous end of it.

        Raises:
            NotFoundError: none or several end so.
        """
        with self._sessions.reading() as session:
            row = session.get(MeetingRow, uid)
            if row is None:
                row = _by_end(session, uid)
            return _meeting(session, row)

    def meetings(self, project: str | None = None) -> tuple[Meeting, ...]:
        """Newest first."""
        newest_first = (MeetingRow.created_at.desc(), MeetingRow.uid.desc())
        chosen = select(MeetingRow).order_by(*newest_first)
        if project is not None:
            chosen = chosen.where(MeetingRow.project == project)
        with self._sessions.reading() as session:
            return tuple(_meeting(session, row) for row in session.scalars(chosen))

    def last_changes(self) -> Mapping[str, str]:
        """By uid of each meeting, when it was made, edited or run last: UTC instants."""
        times = union_all(
            select(MeetingRow.uid.label("uid"), MeetingRow.created_at.label("at")),
            select(EventRow.meeting, EventRow.at),
            select(DraftRow.meeting, DraftRow.saved_at),
            select(StageRow.meeting, StageRow.finished_at),
        ).subquery()
        latest = select(MeetingRow.uid, func.max(times.c.at).label("at")).group_by(MeetingRow.uid)
        with self._sessions.reading() as session:
            rows = session.execute(latest.join(times, times.c.uid == MeetingRow.uid))
            return {row.uid: row.at for row in rows}

    def find_meeting(self, project: str, sha256: str) -> Meeting | None:
        """The meeting of the project that was made from this very file."""
        with self._sessions.reading() as session:
            row = _owner(session, project, sha256)
            return _meeting(session, row) if row else None

    def save_transcript(self, meeting: str, transcript: Transcript) -> Transcript:
        """Keep a version; numbered after the last one unless the content is the same."""
        with self._sessions.writing() as session:
            latest = _latest(session, meeting)
            content = transcript.with_(meeting=meeting, version=1)
            seal = digest(content.model_dump(mode="json"))
            if latest is not None and latest.digest == seal:
                return model(Transcript, latest)
            saved = content.with_(version=latest.version + 1 if latest else 1)
            session.add(
                TranscriptRow(
                    meeting=meeting,
                    version=saved.version,
                    project=project_of(session, meeting),
                    digest=seal,
                    **columns(saved),
                )
            )
            session.flush()
            return saved

    def transcript(self, meeting: str, version: int | None = None) -> Transcript | None:
        """The latest or a given version."""
        with self._sessions.reading() as session:
            if version is None:
                row = _latest(session, meeting)
            else:
                row = session.get(TranscriptRow, (meeting, version))
            return model(Transcript, row) if row else None

    def save_our_talk(self, meeting: str, segments: Sequence[str]) -> None:
        """Keep which segments were spoken among ourselves, in place of those kept before.

        Raises:
            NotFoundError: there is no such meeting.
        """
        with self._sessions.writing() as session:
            project = project_of(session, meeting)
            session.execute(delete(OurTalkRow).where(OurTalkRow.meeting == meeting))
            session.add_all(
                OurTalkRow(meeting=meeting, segment=segment, position=position, project=project)
                for position, segment in enumerate(dict.fromkeys(segments))
            )
            session.flush()

    def our_talk(self, meeting: str) -> tuple[str, ...]:
        """Ids of the segments spoken among ourselves, as they were given."""
        chosen = select(OurTalkRow.segment).where(OurTalkRow.meeting == meeting)
        with self._sessions.reading() as session:
            return tuple(session.scalars(chosen.order_by(OurTalkRow.position)))


def project_of(session: Session, meeting: str) -> str:
    """The uid of the project of a meeting.

    Raises:
        NotFoundError: there is no such meeting.
    """
    return _row(session, meeting).project


def _row(session: Session, meeting: str) -> MeetingRow:
    row = session.get(MeetingRow, meeting)
    if row is None:
        raise NotFoundError("meeting_not_found", meeting=meeting)
    return row


def _bare(meeting: Meeting) -> Columns:
    return columns(meeting.with_(recordings=(), sources=()))


def _by_end(session: Session, end: str) -> MeetingRow:
    ends = MeetingRow.uid.endswith(end.upper(), autoescape=True)
    found = session.scalars(select(MeetingRow).where(ends)).all() if end else ()
    if not found:
        raise NotFoundError("meeting_not_found", meeting=end)
    if len(found) > 1:
        raise NotFoundError("meeting_ambiguous", name=end, count=len(found))
    return found[0]


def _meeting(session: Session, row: MeetingRow) -> Meeting:
    files = session.scalars(
        select(FileRow).where(FileRow.meeting == row.uid).order_by(FileRow.role, FileRow.position)
    ).all()
    return model(Meeting, row).with_(
        recordings=tuple(model(Recording, one) for one in files if one.role == "recording"),
        sources=tuple(model(Source, one) for one in files if one.role == "source"),
    )


def _owner(session: Session, project: str, sha256: str) -> MeetingRow | None:
    return session.scalars(
        select(MeetingRow)
        .join(FileRow, FileRow.meeting == MeetingRow.uid)
        .where(FileRow.project == project, FileRow.sha256 == sha256)
    ).one_or_none()


def _save_files(session: Session, meeting: Meeting) -> None:
    for old in session.scalars(select(FileRow).where(FileRow.meeting == meeting.uid)):
        session.delete(old)
    session.flush()
    roles: list[tuple[str, tuple[Recording | Source, ...]]] = [
        ("recording", meeting.recordings),
        ("source", meeting.sources),
    ]
    for role, files in roles:
        for position, file in enumerate(files):
            _save_file(session, meeting, role, position, file)
    session.flush()


def _save_file(
    session: Session, meeting: Meeting, role: str, position: int, file: Recording | Source
) -> None:
    other = _owner(session, meeting.project, file.sha256)
    if other is not None and other.uid == meeting.uid:
        return  # named twice
    if other is not None:
        raise ConflictError("file_of_another_meeting", file=file.name, meeting=other.uid)
    if session.get(BlobRow, (meeting.project, file.sha256)) is None:
        session.add(
            BlobRow(project=meeting.project, sha256=file.sha256, size=file.size, added_at=now())
        )
        session.flush()
    session.add(
        FileRow(
            meeting=meeting.uid,
            role=role,
            position=position,
            project=meeting.project,
            sha256=file.sha256,
            **columns(file),
        )
    )
    session.flush()


def _latest(session: Session, meeting: str) -> TranscriptRow | None:
    newest = (
        select(func.max(TranscriptRow.version))
        .where(TranscriptRow.meeting == meeting)
        .scalar_subquery()
    )
    return session.scalars(
        select(TranscriptRow).where(
            TranscriptRow.meeting == meeting, TranscriptRow.version == newest
        )
    ).one_or_none()
