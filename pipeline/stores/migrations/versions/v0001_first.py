"""The first schema. Names of constraints follow the naming convention in stores/rows.py."""

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
)

revision = "v0001"
down_revision = None

TO_MEETING = (["meeting"], ["meeting.uid"])
TO_PROJECT = (["project"], ["project.uid"])


def upgrade() -> None:
    """Make all tables."""
    _projects_and_meetings()
    _drafts()
    _work()
    _audit()
    {"sqlite": _protect_on_sqlite, "postgresql": _protect_on_postgresql}[
        op.get_context().dialect.name
    ]()


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, String, nullable=False) for name in names]


def _number(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


def _body() -> list[Column[object]]:
    return [Column("schema", String, nullable=False), Column("body", JSON, nullable=False)]


def _projects_and_meetings() -> None:
    op.create_table(
        "project",
        *_text("uid", "client", "system"),
        *_body(),
        PrimaryKeyConstraint("uid"),
        UniqueConstraint("client", "system"),
    )
    op.create_table(
        "counter",
        *_text("project", "letter"),
        *_number("last"),
        PrimaryKeyConstraint("project", "letter"),
        ForeignKeyConstraint(*TO_PROJECT),
    )
    op.create_table(
        "meeting",
        *_text("uid", "project", "created_at"),
        *_body(),
        PrimaryKeyConstraint("uid"),
        ForeignKeyConstraint(*TO_PROJECT),
    )
    op.create_index(None, "meeting", ["project"])
    op.create_table(
        "blob",
        *_text("project", "sha256"),
        Column("size", BigInteger, nullable=False),
        *_text("added_at"),
        PrimaryKeyConstraint("project", "sha256"),
        ForeignKeyConstraint(*TO_PROJECT),
    )
    op.create_index(None, "blob", ["sha256"])
    op.create_table(
        "file",
        *_text("meeting", "role"),
        *_number("position"),
        *_text("project", "sha256"),
        *_body(),
        PrimaryKeyConstraint("meeting", "role", "position"),
        UniqueConstraint("project", "sha256"),
        ForeignKeyConstraint(*TO_MEETING),
        ForeignKeyConstraint(["project", "sha256"], ["blob.project", "blob.sha256"]),
    )


def _drafts() -> None:
    op.create_table(
        "transcript",
        *_text("meeting"),
        *_number("version"),
        *_text("project", "digest"),
        *_body(),
        PrimaryKeyConstraint("meeting", "version"),
        ForeignKeyConstraint(*TO_MEETING),
    )
    op.create_table(
        "our_talk",
        *_text("meeting", "segment"),
        *_number("position"),
        *_text("project"),
        PrimaryKeyConstraint("meeting", "segment"),
        ForeignKeyConstraint(*TO_MEETING),
    )
    op.create_table(
        "draft",
        *_text("meeting"),
        *_number("run"),
        *_text("project", "saved_at"),
        *_body(),
        PrimaryKeyConstraint("meeting", "run"),
        ForeignKeyConstraint(*TO_MEETING),
    )
    op.create_table(
        "item",
        *_text("uid", "id", "kind", "project", "meeting"),
        Column("first_segment", String),
        *_number("position", "run"),
        Column("missed_run", Integer),
        Column("missed_after", Integer),
        *_body(),
        PrimaryKeyConstraint("uid"),
        UniqueConstraint("project", "id"),
        ForeignKeyConstraint(*TO_MEETING),
    )
    op.create_index(None, "item", ["meeting", "kind", "first_segment"])
    op.create_table(
        "spec",
        *_text("uid", "id", "project", "meeting", "ask"),
        *_number("version"),
        *_body(),
        PrimaryKeyConstraint("uid"),
        UniqueConstraint("project", "id"),
        UniqueConstraint("ask"),
        ForeignKeyConstraint(*TO_MEETING),
        ForeignKeyConstraint(["ask"], ["item.uid"]),
    )
    op.create_index(None, "spec", ["meeting"])
    op.create_table(
        "spec_version",
        *_text("spec"),
        *_number("version"),
        *_text("project", "content_hash", "saved_at"),
        *_body(),
        PrimaryKeyConstraint("spec", "version"),
        ForeignKeyConstraint(["spec"], ["spec.uid"]),
    )


def _work() -> None:
    op.create_table(
        "stage_record",
        *_text("meeting", "key", "project", "stage", "finished_at"),
        *_body(),
        PrimaryKeyConstraint("meeting", "key"),
        ForeignKeyConstraint(*TO_MEETING),
    )
    op.create_table(
        "batch_checkpoint",
        *_text("meeting", "key", "batch", "project"),
        *_body(),
        PrimaryKeyConstraint("meeting", "key", "batch"),
        ForeignKeyConstraint(*TO_MEETING),
    )


def _audit() -> None:
    op.create_table(
        "edit_event",
        Column("position", Integer, primary_key=True, autoincrement=True),
        *_text("uid", "project", "meeting", "entity", "entity_uid"),
        *_number("seq"),
        Column("actor", JSON, nullable=False),
        *_text("at", "operation", "body_hash", "prev_hash", "hash"),
        UniqueConstraint("uid"),
        UniqueConstraint("meeting", "entity", "entity_uid", "seq"),
    )
    op.create_table(
        "edit_body",
        *_text("event", "project", "salt"),
        *_body(),
        PrimaryKeyConstraint("event"),
        ForeignKeyConstraint(["event"], ["edit_event.uid"]),
    )


REFUSED = "what people did is only ever added to"


def _protect_on_sqlite() -> None:
    """Refuse UPDATE and DELETE, and INSERT OR REPLACE, which deletes without a DELETE trigger."""
    same = """NEW.position = position OR NEW.uid = uid OR (NEW.meeting, NEW.entity,
        NEW.entity_uid, NEW.seq) = (meeting, entity, entity_uid, seq)"""
    cases = {
        "edit_event_no_update": "UPDATE ON edit_event",
        "edit_event_no_delete": "DELETE ON edit_event",
        "edit_event_no_replace": "INSERT ON edit_event "
        f"WHEN EXISTS (SELECT 1 FROM edit_event WHERE {same})",
        "edit_body_no_update": "UPDATE ON edit_body",
        "edit_body_no_replace": "INSERT ON edit_body "
        "WHEN EXISTS (SELECT 1 FROM edit_body WHERE NEW.event = event)",
    }
    for name, case in cases.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {case} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    for name, case, each in (
        ("edit_event_no_change", "UPDATE OR DELETE ON edit_event", "ROW"),
        ("edit_event_no_truncate", "TRUNCATE ON edit_event", "STATEMENT"),
        ("edit_body_no_change", "UPDATE ON edit_body", "ROW"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {case} FOR EACH {each} EXECUTE FUNCTION only_added_to()"
        )
