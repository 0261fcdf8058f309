"""The database connection: how SQLite is set, and what its refusals mean."""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, cast
from urllib.parse import unquote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
)

from pipeline.errors import InputError, StorageError

BUSY_SECONDS = 30
"""How long a writer waits for another one."""
CONNECT_SECONDS = 10
"""How long a database server has to answer."""

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
    parsed = _parsed(url)
    try:
        engine = create_engine(
            parsed, json_serializer=_json, connect_args=_PATIENCE.get(parsed.get_backend_name(), {})
        )
    except (ArgumentError, ModuleNotFoundError) as error:
        raise InputError("database_unknown", reason=parsed.drivername) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


_PATIENCE: dict[str, dict[str, int]] = {
    "sqlite": {"timeout": BUSY_SECONDS},
    "postgresql": {"connect_timeout": CONNECT_SECONDS},
}


def file_of(engine: Engine) -> Path | None:
    """The file of an SQLite database; None for a server, and for one that is only in memory."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or ":memory:" in name:
        return None
    return Path(unquote(name.removeprefix("file:"))) if name.startswith("file:") else Path(name)


def is_file(url: str) -> bool:
    """Whether the database is a file of ours, and not on a server.

    Raises:
        InputError: the URL names no database that this installation can talk to.
    """
    return file_of(connect(url)) is not None


@contextmanager
def opened(engine: Engine) -> Iterator[sqlite3.Connection]:
    """A connection to an SQLite database past SQLAlchemy, closed for good afterwards.

    Raises:
        sqlite3.Error: the database refuses.
    """
    pooled = engine.raw_connection()
    connection = cast(sqlite3.Connection, pooled.driver_connection)
    pooled.detach()
    try:
        connection.execute("PRAGMA query_only=0")  # a reader may have had it before
        yield connection
    finally:
        pooled.close()


def place(engine: Engine) -> str:
    """The database as a message names it: its file, or its address without the password."""
    file = file_of(engine)
    return str(file) if file else shown(engine.url.render_as_string(hide_password=False))


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
        answer = _patiently(connection, f"PRAGMA {pragma}")
        if pragma == "journal_mode=WAL" and answer == ("delete",):  # the disk cannot share memory
            connection.execute("PRAGMA journal_mode=TRUNCATE")


def _patiently(connection: Any, statement: str) -> object:  # noqa: ANN401 - of the DB-API
    """Run a statement that SQLite refuses at once, whatever the time-out, while another switches.

    Two programs that make a new database at the same moment both want its journal changed; of
    360 openings by six threads at once nine were refused so.
    """
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.execute(statement).fetchone()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > end:
                raise
        time.sleep(0.01)


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
        StorageError: the disk is full or read-only, the file is damaged or held by another, the
            server does not answer.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError, sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a fault of ours
    except DatabaseError as error:
        _refuse(engine, error.orig or error, cause=error)
    except sqlite3.DatabaseError as error:
        _refuse(engine, error, cause=error)
    except json.JSONDecodeError as error:  # a stored value that no longer is what was written
        raise StorageError("database_corrupt", path=place(engine)) from error


def _refuse(engine: Engine, error: BaseException, *, cause: BaseException) -> NoReturn:
    file = file_of(engine)
    code = _server_code(cause) if engine.dialect.name != "sqlite" else _code(error, file)
    lines = str(error).strip().splitlines() or [type(error).__name__]
    reason = {"reason": lines[0]} if code in ("database_failed", "database_no_answer") else {}
    raise StorageError(code, path=place(engine), **reason) from cause


def _server_code(error: BaseException) -> str:
    silent = isinstance(error, OperationalError) and error.statement is None
    return "database_no_answer" if silent else "database_failed"


_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "data_dir_readonly",
    sqlite3.SQLITE_CANTOPEN: "data_dir_readonly",
    sqlite3.SQLITE_PERM: "data_dir_readonly",
    sqlite3.SQLITE_CORRUPT: "database_corrupt",
    sqlite3.SQLITE_NOTADB: "database_corrupt",
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_PROTOCOL: "database_no_locks",
    sqlite3.SQLITE_IOERR: "disk_refused",
    sqlite3.SQLITE_IOERR_LOCK: "database_no_locks",
    sqlite3.SQLITE_IOERR_UNLOCK: "database_no_locks",
    sqlite3.SQLITE_IOERR_RDLOCK: "database_no_locks",
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK: "database_no_locks",
    sqlite3.SQLITE_IOERR_SHMLOCK: "database_no_locks",
    sqlite3.SQLITE_IOERR_SHMMAP: "database_no_locks",
}


def _code(error: BaseException, file: Path | None) -> str:
    extended = getattr(error, "sqlite_errorcode", None)
    if not extended:
        damaged = "Could not decode to UTF-8" in str(error)
        return "database_corrupt" if damaged else "database_failed"
    # The low byte is the primary code; the rest tells it apart further.
    code = _CODES.get(extended) or _CODES.get(extended & 0xFF, "database_failed")
    cannot_open = extended & 0xFF == sqlite3.SQLITE_CANTOPEN
    return "database_no_locks" if cannot_open and file and _moved_here(file) else code


def _moved_here(file: Path) -> bool:
    """Whether it may be written and yet cannot be opened: the disk has no locks for its log."""
    try:
        with file.open("rb") as stream:
            logged = stream.read(20)[18:] == b"\2\2"
    except OSError:
        return False
    return logged and os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
