"""The tables. Rows never leave this package: what goes in and comes out are the models.

Every row carries its project. Values that only the domain reads are kept as JSON together with
the name of the schema they were written in; columns are what the database itself looks at.
Instants are UTC text with Z, so that they sort as they are.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of ours."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012 - declared so by SQLAlchemy


class Body:
    """A model as JSON."""

    schema: Mapped[str]
    """Name of the schema it was written in, such as "dragoman/item/v1"."""
    body: Mapped[dict[str, Any]]


class ProjectRow(Body, Base):
    """A client and a system."""

    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("client", "system"),)

    uid: Mapped[str] = mapped_column(primary_key=True)
    client: Mapped[str]
    system: Mapped[str]


class CounterRow(Base):
    """The last short id given out for a letter. Never goes down: ids are never reused."""

    __tablename__ = "counter"

    project: Mapped[str] = mapped_column(ForeignKey("project.uid"), primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class MeetingRow(Body, Base):
    """A meeting without its files."""

    __tablename__ = "meeting"

    uid: Mapped[str] = mapped_column(primary_key=True)
    project: Mapped[str] = mapped_column(ForeignKey("project.uid"), index=True)
    created_at: Mapped[str]


class BlobRow(Base):
    """Content that a project holds. The bytes are with the Blobs port."""

    __tablename__ = "blob"

    project: Mapped[str] = mapped_column(ForeignKey("project.uid"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True, index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[str]


class FileRow(Body, Base):
    """A recording or source of a meeting. One file makes one meeting of a project."""

    __tablename__ = "file"
    __table_args__ = (
        UniqueConstraint("project", "sha256"),
        ForeignKeyConstraint(["project", "sha256"], ["blob.project", "blob.sha256"]),
    )

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    """recording or source."""
    position: Mapped[int] = mapped_column(primary_key=True)
    project: Mapped[str]
    sha256: Mapped[str]


class TranscriptRow(Body, Base):
    """One version of a call's words."""

    __tablename__ = "transcript"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    project: Mapped[str]
    digest: Mapped[str]
    """Of the content without its version."""


class OurTalkRow(Base):
    """A segment spoken among ourselves, as when the client has left the call."""

    __tablename__ = "our_talk"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    segment: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    """0-based place among them."""
    project: Mapped[str]


class DraftRow(Body, Base):
    """The minutes as one run drafted them, without their items."""

    __tablename__ = "draft"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    run: Mapped[int] = mapped_column(primary_key=True)
    """1-based: a run that finds other items is another draft."""
    project: Mapped[str]
    saved_at: Mapped[str]


class ItemRow(Body, Base):
    """An item as the latest run that found it drafted it."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("project", "id"),
        Index(None, "meeting", "kind", "first_segment"),
    )

    uid: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str]
    kind: Mapped[str]
    project: Mapped[str]
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"))
    first_segment: Mapped[str | None]
    position: Mapped[int]
    """0-based place among the items of the draft."""
    run: Mapped[int]
    """The latest run that found it; 0 while it has a name and is in no saved draft."""
    missed_run: Mapped[int | None]
    """The first run after it that did not find it."""
    missed_after: Mapped[int | None]
    """How many edits of the meeting came before that run."""


class SpecRow(Body, Base):
    """The latest draft of the spec of one ask."""

    __tablename__ = "spec"
    __table_args__ = (UniqueConstraint("project", "id"),)

    uid: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str]
    project: Mapped[str]
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), index=True)
    ask: Mapped[str] = mapped_column(ForeignKey("item.uid"), unique=True)
    version: Mapped[int]
    """0 while it has a name and no saved draft."""


class SpecVersionRow(Body, Base):
    """One version of a spec's draft: another content is another version."""

    __tablename__ = "spec_version"

    spec: Mapped[str] = mapped_column(ForeignKey("spec.uid"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    project: Mapped[str]
    content_hash: Mapped[str]
    saved_at: Mapped[str]


class StageRow(Body, Base):
    """What made an output. `body` is the record."""

    __tablename__ = "stage_record"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """Digest of the stage key."""
    project: Mapped[str]
    stage: Mapped[str]
    finished_at: Mapped[str]


class BatchRow(Body, Base):
    """A heard batch, kept at once."""

    __tablename__ = "batch_checkpoint"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """Digest of the stage key."""
    batch: Mapped[str] = mapped_column(primary_key=True)
    project: Mapped[str]


class AnswerRow(Body, Base):
    """What a model answered."""

    __tablename__ = "model_answer"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """Digest of everything that decides the answer."""
    project: Mapped[str]


class UseRow(Body, Base):
    """What one call site of one model took."""

    __tablename__ = "model_use"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"), primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    project: Mapped[str]


class EventRow(Base):
    """An edit that happened. Outlives its meeting; triggers refuse every change."""

    __tablename__ = "edit_event"
    __table_args__ = (UniqueConstraint("meeting", "entity", "entity_uid", "seq"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    """Order in which edits were made."""
    uid: Mapped[str] = mapped_column(unique=True)
    project: Mapped[str]
    meeting: Mapped[str]
    entity: Mapped[str]
    entity_uid: Mapped[str]
    seq: Mapped[int]
    actor: Mapped[dict[str, Any]]
    at: Mapped[str]
    operation: Mapped[str]
    body_hash: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]


class EventBodyRow(Body, Base):
    """The words of an edit: deleted with the client's data."""

    __tablename__ = "edit_body"

    event: Mapped[str] = mapped_column(ForeignKey("edit_event.uid"), primary_key=True)
    project: Mapped[str]
    salt: Mapped[str]


class JobRow(Body, Base):
    """One processing of a meeting. The job library keeps rows of its own for it."""

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("meeting", "run"),)

    uid: Mapped[str] = mapped_column(primary_key=True)
    project: Mapped[str]
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.uid"))
    run: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)


class WorkerRow(Body, Base):
    """A worker's last sign of life; of no project."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(primary_key=True)
