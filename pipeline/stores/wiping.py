"""What deleted words leave in SQLite's files, and how it goes away.

`secure_delete` overwrites what is deleted, but not the copies that stay behind when SQLite moves
rows between pages: of 40 databases filled and emptied at random, 9 still held some. Only writing
the whole file anew, as VACUUM does, is sure. Then the write-ahead log, which holds the pages as
they were, is written back and cut.

A deletion notes in its own transaction that this is to be done, so that a program which is killed
right after it leaves it to the next one. The note is SQLite's `user_version`: odd while the files
are to be wiped, even when they are clean, and always growing, so that nobody takes the state
after another deletion for the one they wiped.
"""

import sqlite3
import time

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Session

from pipeline.errors import StorageError
from pipeline.stores.engine import BUSY_SECONDS, place

PATIENCE = 5.0
"""Seconds to wait for others who still read the database as it was."""

_TRY = 0.5
"""Seconds that one attempt to cut the log keeps other writers waiting."""


def note(session: Session) -> None:
    """In the transaction of a deletion: the files are to be wiped."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        due = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        connection.exec_driver_sql(f"PRAGMA user_version={due + 1 + due % 2}")


def wipe(engine: Engine) -> bool:
    """Do what deletions noted; false if somebody is in the way, or the disk has no room.

    Raises:
        StorageError: the database is damaged.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=0")  # a reader may have left it so
        due = cursor.execute("PRAGMA user_version").fetchone()[0]
        return due % 2 == 0 or _wiped(cursor, due)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise StorageError("database_corrupt", path=place(engine)) from error
        return False
    finally:
        connection.close()


def _wiped(cursor: DBAPICursor, due: int) -> bool:
    cursor.execute(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
    try:
        cursor.execute("VACUUM")
        cursor.execute(f"PRAGMA busy_timeout={int(_TRY * 1000)}")
        if not _cut(cursor):
            return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("BEGIN IMMEDIATE")
    if cursor.execute("PRAGMA user_version").fetchone()[0] == due:
        cursor.execute(f"PRAGMA user_version={due + 1}")  # else somebody deleted more meanwhile
    cursor.execute("COMMIT")
    return True


def _cut(cursor: DBAPICursor) -> bool:
    """Write the log back and cut it to nothing; others who read old pages keep it as it is."""
    end = time.monotonic() + PATIENCE
    while True:
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(_TRY / 5)
