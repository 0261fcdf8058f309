"""The Store: one database, opened at the schema this code knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError, StorageError
from pipeline.ports.store import Tx
from pipeline.stores import schema
from pipeline.stores.attachments import Attachments
from pipeline.stores.audit import AuditTrail
from pipeline.stores.deletion import Deletions
from pipeline.stores.engine import connect, file_of, refusals
from pipeline.stores.items import Items
from pipeline.stores.jobs import JobRecords
from pipeline.stores.locking import check_locks
from pipeline.stores.meetings import Meetings
from pipeline.stores.projects import Projects
from pipeline.stores.session import Sessions
from pipeline.stores.specs import Specs
from pipeline.stores.stages import Stages
from pipeline.stores.standing import Standings
from pipeline.stores.subjects import Subjects


class SqlStore(
    Projects,
    Meetings,
    Attachments,
    Items,
    Specs,
    Subjects,
    Standings,
    Stages,
    AuditTrail,
    JobRecords,
    Deletions,
):
    """The Store port on SQLite or PostgreSQL. Threads and processes may share one database."""

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """All calls inside commit or roll back together; one inside another can fail alone.

        Belongs to the thread that opened it.

        Raises:
            StorageError: the database refuses; nothing of the transaction was kept.
        """
        with self._sessions.transaction() as session:
            yield Tx(session)

    @property
    def log_apart(self) -> bool:
        """Whether readers wait for nobody; on SQLite some disks do not allow it."""
        engine = self._sessions.engine
        if file_of(engine) is None:
            return True
        with refusals(engine), engine.execution_options(read_only=True).begin() as connection:
            return connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"

    def check(self) -> None:
        """Look through the whole database, as far as it can be told without anybody's words.

        Raises:
            StorageError: it is damaged.
        """
        engine = self._sessions.engine
        file = file_of(engine)
        if file is None:
            return
        with refusals(engine), engine.execution_options(read_only=True).begin() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise StorageError("database_corrupt", path=str(file))

    def close(self) -> None:
        """Let go of the database file."""
        self._sessions.engine.dispose()


def open_store(url: str) -> SqlStore:
    """The database at a URL, made or brought up to date first.

    Raises:
        InputError: the URL names no database that this installation can talk to.
        StorageError: the database is damaged, newer than this program, or may not be written.
    """
    engine = connect(url)
    file = file_of(engine)
    if engine.dialect.name == "sqlite" and file is None:
        raise InputError("database_in_memory", url=url)
    if file is not None:
        if not file.is_absolute():
            raise InputError("database_relative", url=url, path=str(file.absolute()))
        _check_not_emptied(file)
        _make_folder(file.parent)
        if file.is_dir():
            raise InputError("database_is_folder", path=str(file))
    with refusals(engine):
        if file is not None:
            check_locks(engine)
        schema.upgrade(engine)
    return SqlStore(Sessions(engine))


def _check_not_emptied(file: Path) -> None:
    """A file without a byte beside recordings was a database once: nobody begins anew on it."""
    beside = file.parent / "recordings" / "sha256"
    if file.is_file() and not file.stat().st_size and any(beside.glob("??/*")):
        raise StorageError("database_emptied", path=str(file))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("data_dir_readonly", path=str(folder)) from error
