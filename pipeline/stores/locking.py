"""Whether the disk keeps two writers apart: without that, a database breaks sooner or later."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from pipeline.errors import StorageError
from pipeline.stores.engine import opened, place


def check_locks(engine: Engine) -> None:
    """Hold the lock of a writer and see that a second one is refused. Waits for nobody.

    Raises:
        StorageError: the second one was let in.
        sqlite3.Error: the database refuses for another reason.
    """
    with _impatient(engine) as first, _impatient(engine) as second:
        if not _begin(first):
            return  # another program writes just now, and we were refused: that is the proof
        try:
            if _begin(second):
                raise StorageError("database_no_locks", path=place(engine))
        finally:
            first.execute("ROLLBACK")


def _begin(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True


@contextmanager
def _impatient(engine: Engine) -> Iterator[sqlite3.Connection]:
    """A connection of its own, which is closed afterwards."""
    with opened(engine) as connection:
        connection.execute("PRAGMA busy_timeout=0")
        yield connection
