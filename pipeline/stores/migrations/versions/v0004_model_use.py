"""What models took, a row for each call site and model, with the meeting they are about."""

from alembic import op
from sqlalchemy import JSON, Column, ForeignKeyConstraint, PrimaryKeyConstraint, String

revision = "v0004"
down_revision = "v0003"


def upgrade() -> None:
    """Make the table."""
    names = ("meeting", "site", "model", "project", "schema")
    op.create_table(
        "model_use",
        *(Column(name, String, nullable=False) for name in names),
        Column("body", JSON, nullable=False),
        PrimaryKeyConstraint("meeting", "site", "model"),
        ForeignKeyConstraint(["meeting"], ["meeting.uid"]),
    )
