"""Copies of an SQLite database through its own backup interface: one moment, whole, both ways.

While one is made, other programs read and write. Copied in, they see either all old or all new.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.errors import InputError, NotReadableError, OutputError, StorageError
from pipeline.ports.store import Contents
from pipeline.stores.blobs import settle
from pipeline.stores.engine import BUSY_SECONDS, connect, file_of, opened, refusals
from pipeline.stores.schema import check_known

NAME = "dragoman.db"
"""Name of the database in a folder that holds a copy."""
STEP = 4096
"""Pages copied at a time."""
CHECKPOINT_MS = 1000
"""How long the log waits for readers before it is emptied another time."""

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database. A log that stayed would be read into the next one."""
_OF_THE_COPY = {
    sqlite3.SQLITE_FULL: "backup_no_room",
    sqlite3.SQLITE_IOERR: "backup_not_writable",
    sqlite3.SQLITE_CANTOPEN: "backup_not_writable",
    sqlite3.SQLITE_READONLY: "backup_not_writable",
    sqlite3.SQLITE_PERM: "backup_not_writable",
}


class SqliteCopies:
    """The Copies port for a database that is a file."""

    def __init__(self, url: str) -> None:
        self._engine = connect(url)
        file = file_of(self._engine)
        if file is None:
            raise InputError("no_database", path=url)
        self._file = file

    def size(self) -> int:
        """Bytes that a copy takes at most."""
        files = (self._file, self._beside("-wal"))
        return sum(one.stat().st_size for one in files if one.is_file())

    def referred(self) -> frozenset[str]:
        """Hashes of all recordings that the database refers to now.

        Raises:
            StorageError: the database refuses.
        """
        with refusals(self._engine), opened(self._engine) as live:
            return frozenset(_files(live))

    def copy_out(self, to: Path) -> Contents:
        """Write one moment of the database into a file and check it.

        Raises:
            InputError: there is no database yet.
            OutputError: the file cannot be written; nothing of it stays.
            StorageError: the database is damaged or does not answer.
        """
        if not self._file.is_file():
            raise InputError("no_database", path=str(self._file))
        to.unlink(missing_ok=True)
        try:
            with refusals(self._engine), opened(self._engine) as live:
                live.execute("BEGIN")  # one moment, however long the copy takes
                live.execute("SELECT count(*) FROM sqlite_master")
                with _writing(to):
                    self._write(live, to)
            return _contents(to)
        except NotReadableError as error:
            to.unlink()
            raise StorageError("database_corrupt", path=str(self._file)) from error
        except OutputError as error:
            to.unlink(missing_ok=True)
            if self._damaged():  # SQLite may call a damaged original a full disk
                raise StorageError("database_corrupt", path=str(self._file)) from error
            raise
        except BaseException:
            to.unlink(missing_ok=True)
            raise

    def _damaged(self) -> bool:
        try:
            with opened(self._engine) as live:
                return bool(live.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
        except sqlite3.DatabaseError as error:
            return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

    def check(self, copy: Path) -> Contents:
        """Look through a copy from end to end.

        Raises:
            NotReadableError: it is damaged, or no database of ours.
            StorageError: it was written by a newer program.
        """
        contents = _contents(copy)
        check_known(contents.revision, str(copy))
        return contents

    def replace(self, copy: Path, *, aside: Path) -> Contents | None:
        """Set the database aside and put a checked copy in its place, all at once.

        Raises:
            StorageError: the disk or another program refuses; the old database stays.
        """
        kept = self._set_aside(aside)
        if kept is None:
            self._put_in_place(copy)
        else:
            with refusals(self._engine), opened(self._engine) as live:
                with closing(_reading(copy)) as source:
                    source.backup(live, pages=STEP, progress=self._patience(), sleep=0.05)
                live.execute(f"PRAGMA busy_timeout={CHECKPOINT_MS}")
                live.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else the log keeps a second copy
        return kept

    def _write(self, live: sqlite3.Connection, to: Path) -> None:
        with closing(sqlite3.connect(to, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode=OFF")  # what is not finished is thrown away
            live.backup(target, pages=STEP, progress=self._patience(), sleep=0.05)
            target.execute("VACUUM")  # free pages of the original may hold words that were deleted
            target.execute("PRAGMA journal_mode=DELETE")  # a file that needs no other beside it
        with to.open("rb+") as file:
            os.fsync(file.fileno())

    def _patience(self) -> Callable[[int, int, int], None]:
        """Gives up when the database stays locked; by itself a copy would wait for ever."""
        began = time.monotonic()

        def step(status: int, _remaining: int, _total: int) -> None:
            nonlocal began
            if status == sqlite3.SQLITE_OK:
                began = time.monotonic()
            elif status != sqlite3.SQLITE_DONE and time.monotonic() - began >= BUSY_SECONDS:
                raise StorageError("database_busy", path=str(self._file))

        return step

    def _set_aside(self, aside: Path) -> Contents | None:
        with self._moving():
            aside.mkdir(parents=True)
        part = aside / f"{NAME}.part"
        try:
            kept = self.copy_out(part)
        except OutputError as error:
            aside.rmdir()
            reason = error.params["reason"]
            raise StorageError("restore_refused", path=str(self._file), reason=reason) from error
        except (InputError, StorageError) as error:
            if error.code not in ("no_database", "database_corrupt"):
                aside.rmdir()
                raise
            self._move_aside(aside)
            return None
        with self._moving():
            part.replace(aside / NAME)
        return kept

    def _move_aside(self, aside: Path) -> None:
        """Copy the file and move what belongs to it: until the very end there is a database."""
        with self._moving():
            if self._file.is_file():
                shutil.copy2(self._file, aside / NAME)
            for end in _BESIDE:
                if self._beside(end).is_file():
                    shutil.move(self._beside(end), aside / f"{NAME}{end}")
            if not any(aside.iterdir()):
                aside.rmdir()

    def _put_in_place(self, copy: Path) -> None:
        self._engine.dispose()
        part = self._beside(".part")
        with self._moving():
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(copy, part)
                with part.open("rb+") as file:
                    os.fsync(file.fileno())
                part.replace(self._file)
                settle(self._file.parent)
            finally:
                part.unlink(missing_ok=True)

    @contextmanager
    def _moving(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise StorageError("restore_refused", path=str(self._file), reason=reason) from error

    def _beside(self, end: str) -> Path:
        return self._file.with_name(self._file.name + end)


@contextmanager
def _writing(to: Path) -> Iterator[None]:
    """What the disk of the copy refuses; what the database refuses passes through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = _OF_THE_COPY.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise OutputError(code, path=str(to.parent), reason=str(error)) from error


def _reading(copy: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _contents(copy: Path) -> Contents:
    try:
        with closing(_reading(copy)) as found:
            whole = found.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            if not whole or found.execute("PRAGMA foreign_key_check").fetchone():
                raise NotReadableError("backup_damaged", path=str(copy))
            (revision,) = found.execute("SELECT version_num FROM alembic_version").fetchone()
            (meetings,) = found.execute("SELECT count(*) FROM meeting").fetchone()
            return Contents(revision, meetings, _files(found))
    except (sqlite3.DatabaseError, TypeError) as error:  # no row in it at all is None
        raise NotReadableError("backup_damaged", path=str(copy)) from error


def _files(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT sha256, max(size) FROM blob GROUP BY sha256"))
