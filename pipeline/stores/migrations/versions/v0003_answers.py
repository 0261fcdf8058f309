"""What models answered, a row each, with the meeting they are about."""

from alembic import op
from sqlalchemy import JSON, Column, ForeignKeyConstraint, PrimaryKeyConstraint, String

revision = "v0003"
down_revision = "v0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "model_answer",
        *(Column(name, String, nullable=False) for name in ("meeting", "key", "project", "schema")),
        Column("body", JSON, nullable=False),
        PrimaryKeyConstraint("meeting", "key"),
        ForeignKeyConstraint(["meeting"], ["meeting.uid"]),
    )
