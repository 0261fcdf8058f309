"""The database connection: how SQLite is set, and what its refusals mean."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, ProgrammingError

from pipeline.errors import InputError, StorageError

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

# busy_timeout comes first, so that switching to WAL waits for another process that does the same.
# FULL keeps an acknowledged edit through a power cut; secure_delete leaves no words in free pages.
_PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)

_WRITER = 0x6472616761
"""Key of the lock that PostgreSQL's writers take: any number that nobody else uses."""


def connect(url: str) -> Engine:
    """An engine whose transactions lock when they begin and whose read-only ones only read.

    With the execution option `read_only`, a connection can change nothing and waits for nobody.

    Raises:
        InputError: the URL names no database that this installation can talk to.
    """
    try:
        engine = create_engine(
            _parsed(url),
            json_serializer=_json,
            connect_args={"timeout": BUSY_SECONDS} if url.startswith("sqlite") else {},
        )
    except (ArgumentError, ModuleNotFoundError) as error:
        raise InputError("database_unknown", reason=str(error)) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def shown(url: str) -> str:
    """The URL as anybody may read it: without the password.

    Raises:
        InputError: it is no URL of a database.
    """
    parsed = _parsed(url)
    secrets = [name for name in parsed.query if "pass" in name.lower()]
    if parsed.password is None and not secrets:
        return url  # as it was written: rendering escapes every letter that is not ASCII
    return parsed.difference_update_query(secrets).render_as_string(hide_password=True)


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:  # their words may hold the URL, and so a password
        raise InputError("database_unknown", reason="not a URL") from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - of the DB-API
    connection.isolation_level = None  # we begin ourselves: see _begin_sqlite
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Lock at once: a reader that becomes a writer is refused without any waiting."""
    read_only = bool(connection.get_execution_options().get("read_only"))
    connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    """The same rule as on SQLite: readers only read, writers come one after the other."""
    if connection.get_execution_options().get("read_only"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")


@contextmanager
def refusals(engine: Engine) -> Iterator[None]:
    """What the database refuses, as an error a person can do something about.

    Raises:
        StorageError: the disk is full or read-only, the file is damaged or held by another.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise  # a fault of ours
    except DatabaseError as error:
        where = engine.url.database or engine.url.render_as_string(hide_password=True)
        code = _code(error.orig)
        reason = {"reason": str(error.orig)} if code == "database_failed" else {}
        raise StorageError(code, path=where, **reason) from error


_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "data_dir_readonly",
    sqlite3.SQLITE_CANTOPEN: "data_dir_readonly",
    sqlite3.SQLITE_PERM: "data_dir_readonly",
    sqlite3.SQLITE_CORRUPT: "database_corrupt",
    sqlite3.SQLITE_NOTADB: "database_corrupt",
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_IOERR: "disk_refused",
}


def _code(error: BaseException | None) -> str:
    extended = getattr(error, "sqlite_errorcode", None)
    # The low byte is the primary code; the rest tells it apart further.
    return _CODES.get(extended & 0xFF, "database_failed") if extended else "database_failed"
