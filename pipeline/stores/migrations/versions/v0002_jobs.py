"""Jobs and the workers that do them."""

from alembic import op
from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
)

revision = "v0002"
down_revision = "v0001"


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "job",
        *(Column(name, String, nullable=False) for name in ("uid", "project", "meeting", "state")),
        Column("run", Integer, nullable=False),
        Column("schema", String, nullable=False),
        Column("body", JSON, nullable=False),
        PrimaryKeyConstraint("uid"),
        UniqueConstraint("meeting", "run"),
        ForeignKeyConstraint(["meeting"], ["meeting.uid"]),
    )
    op.create_index("ix_job_state", "job", ["state"])
    op.create_table(
        "worker",
        Column("name", String, nullable=False),
        Column("schema", String, nullable=False),
        Column("body", JSON, nullable=False),
        PrimaryKeyConstraint("name"),
    )
