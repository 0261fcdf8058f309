"""Files that people attach to specs, each once a meeting."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, String

revision = "v0005"
down_revision = "v0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attachment",
        *(Column(name, String, nullable=False) for name in ("meeting", "sha256", "project")),
        PrimaryKeyConstraint("meeting", "sha256"),
        ForeignKeyConstraint(["meeting"], ["meeting.uid"]),
        ForeignKeyConstraint(["project", "sha256"], ["blob.project", "blob.sha256"]),
    )
