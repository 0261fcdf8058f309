"""The schema of the database: brought up to date, and never used when it is newer than we are."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from pipeline.errors import StorageError
from pipeline.stores.engine import place

HEAD = "v0005"
"""Revision of the newest migration; a test holds it."""


def _ours(_object: object, _name: str, kind: str, reflected: bool, compared: object) -> bool:
    """Tables that others keep in the same database, such as the jobs', are not ours to drop."""
    return not (kind == "table" and reflected and compared is None)


COMPARISON: dict[str, Any] = {"compare_type": True, "include_object": _ours}
"""What decides whether models and database agree."""


def upgrade(engine: Engine) -> None:
    """Bring the database to `HEAD`, in one transaction; nothing when it is there already.

    Raises:
        StorageError: the database is newer than this program.
    """
    with engine.execution_options(read_only=True).begin() as connection:
        if _revision(connection) == HEAD:
            return
    # Two programs that start at once: the second waits here and finds nothing left to do.
    with engine.begin() as connection:
        check_known(_revision(connection), place(connection.engine))
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", _scripts().replace("%", "%%"))
        command.upgrade(config, "head")


def check_known(revision: str | None, path: str) -> None:
    """Refuse what a later program wrote.

    Raises:
        StorageError: no migration of ours leads to this revision.
    """
    known = {script.revision for script in ScriptDirectory(_scripts()).walk_revisions()}
    if revision is not None and revision not in known:
        raise StorageError("newer_schema", path=path, revision=revision)


def _scripts() -> str:
    return str(Path(__file__).with_name("migrations"))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
