"""Opening a database where something is wrong with it, with its disk or with its address."""

import os
import socket
import sqlite3
from pathlib import Path

import pytest

from pipeline.errors import InputError, StorageError
from pipeline.stores.database import open_store
from pipeline.stores.engine import connect, opened, refusals
from pipeline.stores.locking import check_locks

WITHOUT_LOCKS, WITHOUT_SHARED_MEMORY = "unix-none", "unix-dotfile"

on_unix = pytest.mark.skipif(os.name == "nt", reason="these ways to the disk are not on Windows")


def odd(tmp_path: Path, way: str) -> str:
    """A database on a disk that lacks something."""
    return f"sqlite:///file:{(tmp_path / '数据' / 'dragoman.db').as_posix()}?vfs={way}&uri=true"


def refused(code: int, words: str = "disk I/O error") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


@on_unix
def test_a_disk_that_keeps_nobody_apart_is_refused(tmp_path):
    with pytest.raises(StorageError, match="database_no_locks") as error:
        open_store(odd(tmp_path, WITHOUT_LOCKS))
    assert error.value.params["path"] == str(tmp_path / "数据" / "dragoman.db")


@on_unix
def test_a_disk_without_shared_memory_is_used_in_the_older_way(tmp_path, make):
    store = open_store(odd(tmp_path, WITHOUT_SHARED_MEMORY))
    saved = store.save_project(make.project())
    assert not store.log_apart
    with opened(store._sessions.engine) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    store.close()
    again = open_store(odd(tmp_path, WITHOUT_SHARED_MEMORY))
    assert again.projects() == (saved,)
    again.close()


@on_unix
@pytest.mark.parametrize("way", [WITHOUT_LOCKS, WITHOUT_SHARED_MEMORY])
def test_a_database_that_was_moved_to_such_a_disk_is_told_from_a_read_only_one(tmp_path, way):
    open_store(f"sqlite:///{(tmp_path / '数据' / 'dragoman.db').as_posix()}").close()
    with pytest.raises(StorageError, match="database_no_locks"):
        open_store(odd(tmp_path, way))


def test_a_good_disk_passes_and_can_be_written_afterwards(store, make):
    assert store.log_apart
    check_locks(store._sessions.engine)
    assert store.save_project(make.project()).uid


def test_a_program_that_writes_just_now_is_no_fault_of_the_disk(url, store, raw):
    raw.execute("BEGIN IMMEDIATE")
    late = open_store(url)
    assert late.projects() == ()
    late.close()


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_IOERR_LOCK,
        sqlite3.SQLITE_IOERR_SHMMAP,
        sqlite3.SQLITE_IOERR_SHMLOCK,
        sqlite3.SQLITE_PROTOCOL,
    ],
)
def test_a_disk_that_says_it_cannot_lock_is_the_same(url, code):
    with pytest.raises(StorageError, match="database_no_locks"), refusals(connect(url)):
        raise refused(code)


def test_a_disk_that_fails_otherwise_is_not(url):
    with pytest.raises(StorageError, match="disk_refused"), refusals(connect(url)):
        raise refused(sqlite3.SQLITE_IOERR_WRITE)


def test_damage_in_the_middle_is_found_when_it_is_read(url, store, meeting, tmp_path, raw):
    """The head of the file and the list of its tables are whole."""
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'meeting'").fetchone()
    raw.close()
    store.close()
    file = tmp_path / "dragoman.db"
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = os.urandom(4096)
    file.write_bytes(content)
    damaged = open_store(url)
    with pytest.raises(StorageError, match="database_corrupt") as error:
        damaged.meetings()
    assert error.value.params["path"] == str(file)
    damaged.close()


@pytest.mark.parametrize("value", ["'{\"cut'", "CAST(X'ff00fe' AS TEXT)"])
def test_a_value_that_is_no_longer_what_was_written_is_damage(store, meeting, raw, value):
    raw.execute(f"UPDATE meeting SET body = {value}")
    with pytest.raises(StorageError, match="database_corrupt"):
        store.meetings()


def test_an_address_that_is_a_folder_is_said_so(tmp_path):
    with pytest.raises(InputError, match="database_is_folder"):
        open_store(f"sqlite:///{tmp_path.as_posix()}")


def test_a_server_that_does_not_answer_is_named_without_its_password():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(StorageError, match="database_no_answer") as error:
        open_store(f"postgresql+psycopg://chen:geheim@127.0.0.1:{port}/d")
    assert "geheim" not in str(error.value)
    assert error.value.params["path"] == f"postgresql+psycopg://chen:***@127.0.0.1:{port}/d"


def test_an_unknown_kind_of_database_is_named_without_the_address():
    with pytest.raises(InputError, match="database_unknown") as error:
        connect("nosuch://chen:geheim@db/d")
    assert error.value.params == {"reason": "nosuch"}
