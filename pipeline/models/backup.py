"""A backup as its folder describes it."""

from typing import Literal

from pydantic import Field

from pipeline.models.base import Model

BACKUP_SCHEMA: Literal["dragoman/backup/v1"] = "dragoman/backup/v1"


class Backup(Model):
    """What `backup.json` says of the files beside it. It is written when they are complete."""

    schema_: Literal["dragoman/backup/v1"] = Field(default=BACKUP_SCHEMA, alias="schema")
    made_at: str
    """UTC instant with Z at which the database was copied."""
    program: str
    """Version of Dragoman that made it."""
    revision: str
    """Schema of the database."""
    meetings: int
    recordings: int
    """How many recordings and other files handed in lie beside the database."""
    database_sha256: str
