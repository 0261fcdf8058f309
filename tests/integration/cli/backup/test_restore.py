"""`dragoman db restore`: looked through first, set aside, and old or new at every moment."""

import hashlib
import json
import os
import pty
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.errors import ConflictError
from pipeline.jobs.identity import identity
from pipeline.stores.database import open_store
from pipeline.stores.holds import HomeHolds
from pipeline.stores.schema import HEAD

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
OLD, NEW = {"m1", "m2"}, {"m2", "m3"}
"""Meetings in the backup, and those that are there when it is restored."""


@LANGUAGES
def test_what_the_backup_holds_is_back_and_what_was_there_is_set_aside(
    dragoman, home, old_backup, language
):
    ran = dragoman("db", "restore", old_backup, "--yes", language=language)
    assert ran.code == 0, ran.err
    assert home.meetings() == OLD
    (aside,) = home.aside()
    assert str(aside) in ran.out
    assert home.meetings(aside / "dragoman.db") == NEW
    assert home.recordings() >= home.recordings(old_backup)
    store = open_store(home.url)
    assert all(home.blobs.path(one.sha256) for m in store.meetings() for one in m.recordings)
    assert store.log_apart
    store.close()


def test_a_restore_can_be_taken_back(dragoman, home, old_backup):
    dragoman("db", "restore", old_backup, "--yes")
    (aside,) = home.aside()
    assert dragoman("db", "restore", aside, "--yes").code == 0
    assert home.meetings() == NEW


def test_another_computer_gets_everything(dragoman, home, old_backup, tmp_path):
    there = tmp_path / "another" / "home"
    ran = dragoman("db", "restore", old_backup, "--yes", DRAGOMAN_HOME=str(there))
    assert ran.code == 0, ran.err
    assert home.meetings(there / "dragoman.db") == OLD
    assert home.recordings(there) == home.recordings(old_backup)
    assert list(there.glob("before-restore-*")) == []


def test_a_damaged_recording_is_replaced_by_the_good_one(dragoman, home, old_backup):
    good = sorted(home.recordings(old_backup) & home.recordings())[0]
    at = home.blobs.path(good)
    at.write_bytes(bytes(at.stat().st_size))
    ran = dragoman("db", "restore", old_backup, "--yes")
    assert ran.code == 0
    assert home.blobs.whole(good)


@LANGUAGES
def test_a_recording_that_is_in_neither_is_named(dragoman, home, old_backup, language):
    lost = sorted(home.recordings(old_backup) - home.recordings())[0]
    (old_backup / "recordings" / "sha256" / lost[:2] / lost).write_bytes(b"damaged")
    ran = dragoman("db", "restore", old_backup, "--yes", language=language)
    assert ran.code == 4
    assert lost[:12] in ran.err
    assert home.meetings() == OLD
    assert lost not in home.recordings()


@LANGUAGES
def test_a_damaged_database_is_moved_aside(dragoman, home, old_backup, language):
    content = home.damage()
    ran = dragoman("db", "restore", old_backup, "--yes", language=language)
    assert ran.code == 0, ran.err
    assert home.meetings() == OLD
    (aside,) = home.aside()
    assert str(aside) in ran.out
    assert (aside / "dragoman.db").read_bytes() == content


def test_the_log_of_a_damaged_database_does_not_reach_the_new_one(dragoman, home, old_backup):
    """Another program keeps it open, so its log stays."""
    other = sqlite3.connect(home.database, isolation_level=None)
    other.execute("UPDATE meeting SET created_at = 'in the log'")
    home.database.write_bytes(b"a letter " * 10_000)
    assert Path(f"{home.database}-wal").stat().st_size > 0
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    other.close()
    assert home.meetings() == OLD
    with sqlite3.connect(home.database) as found:
        assert found.execute("SELECT DISTINCT created_at FROM meeting").fetchall() == [("x",)]
    found.close()


def test_a_database_of_a_newer_program_can_be_replaced(dragoman, home, old_backup):
    with sqlite3.connect(home.database) as found:
        found.execute("UPDATE alembic_version SET version_num = 'v9999'")
    found.close()
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    assert home.meetings() == OLD
    assert home.meetings(home.aside()[0] / "dragoman.db") == NEW


def test_a_backup_of_an_older_program_is_brought_up_to_date(dragoman, home, old_backup):
    with sqlite3.connect(old_backup / "dragoman.db") as found:
        found.executescript(
            "DROP TABLE attachment; DROP TABLE model_use; DROP TABLE model_answer;"
            "DROP TABLE job; DROP TABLE worker;"
        )
        found.execute("UPDATE alembic_version SET version_num = 'v0001'")
    found.close()
    _sign(old_backup)
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    with sqlite3.connect(home.database) as found:
        assert found.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    found.close()
    assert home.meetings() == OLD


def _changed(folder: Path) -> None:
    file = folder / "dragoman.db"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def _newer(folder: Path) -> None:
    with sqlite3.connect(folder / "dragoman.db") as found:
        found.execute("UPDATE alembic_version SET version_num = 'v9999'")
    found.close()
    _sign(folder)


def _damaged_before(folder: Path) -> None:
    """Damaged, and described as it is."""
    file = folder / "dragoman.db"
    content = bytearray(file.read_bytes())
    content[8192:40960] = os.urandom(32768)
    file.write_bytes(content)
    _sign(folder)


def _sign(folder: Path) -> None:
    told = json.loads((folder / "backup.json").read_bytes())
    digest = hashlib.sha256((folder / "dragoman.db").read_bytes()).hexdigest()
    (folder / "backup.json").write_text(json.dumps({**told, "database_sha256": digest}))


@LANGUAGES
@pytest.mark.parametrize(
    ("spoil", "code", "says"),
    [
        (shutil.rmtree, 2, "backup.json"),
        (lambda folder: (folder / "backup.json").unlink(), 2, "backup.json"),
        (lambda folder: (folder / "backup.json").write_text("{"), 2, "backup.json"),
        (lambda folder: (folder / "dragoman.db").unlink(), 2, "备份 1"),
        (_changed, 2, "dragoman.db"),
        (_damaged_before, 2, "dragoman.db"),
        (_newer, 1, "v9999"),
    ],
    ids=["gone", "undescribed", "cut", "empty", "changed", "damaged", "newer"],
)
def test_what_is_no_whole_backup_changes_nothing(
    dragoman, home, old_backup, spoil, code, says, language
):
    spoil(old_backup)
    before = home.database.read_bytes()
    ran = dragoman("db", "restore", old_backup, "--yes", language=language)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert home.database.read_bytes() == before
    assert home.aside() == []


@LANGUAGES
def test_a_running_worker_is_named_and_nothing_is_changed(dragoman, home, old_backup, language):
    (home.at / "workers").mkdir()
    with FileLock(home.at / "workers" / "laptop-1.lock"):
        ran = dragoman("db", "restore", old_backup, "--yes", language=language)
    assert (ran.code, ran.out) == (2, "")
    assert "laptop-1" in ran.err
    assert home.meetings() == NEW
    assert dragoman("db", "restore", old_backup, "--yes").code == 0, (
        "a lock nobody holds is no worker"
    )


def test_a_second_one_waits_for_nobody(dragoman, home, old_backup):
    with FileLock(home.at / "copying.lock"):
        for words in (("backup", old_backup), ("restore", old_backup, "--yes")):
            ran = dragoman("db", *words)
            assert ran.code == 2
            assert "under way" in ran.err


@LANGUAGES
def test_without_anybody_to_ask_it_refuses(dragoman, home, old_backup, language):
    ran = dragoman("db", "restore", old_backup, language=language)
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert home.meetings() == NEW


@pytest.mark.parametrize(
    ("answer", "language", "then"),
    [("y", "en", OLD), ("n", "en", NEW), ("", "en", NEW), ("是", "zh", OLD), ("不", "zh", NEW)],
)
def test_a_person_at_the_terminal_is_asked(home, old_backup, answer, language, then):
    person, terminal = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", "from ui.cli.main import main; main()", "db", "restore", old_backup],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "DRAGOMAN_LANGUAGE": language},
        text=True,
    )
    os.write(person, f"{answer}\n".encode())
    _, said = program.communicate(timeout=60)
    os.close(person)
    os.close(terminal)
    assert program.returncode == 0, said
    assert "[y/N]" in said
    assert str(home.database) in said
    assert home.meetings() == then


def test_recordings_that_only_the_set_aside_database_knows_go_with_it(
    dragoman, home, old_backup, tmp_path
):
    """A worker that tidies, or a deletion, would find them in use by nobody."""
    (theirs,) = home.recordings() - home.recordings(old_backup)
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    (aside,) = home.aside()
    assert home.recordings(aside) == {theirs}
    assert theirs not in home.recordings()
    assert dragoman("delete", "--older-than", "1", "--yes").code == 0
    assert dragoman("db", "restore", aside, "--yes").code == 0
    assert theirs in home.recordings()
    assert "m3" in home.meetings()


def test_a_worker_does_not_start_in_the_middle_of_a_restore(home):
    restoring = HomeHolds(home.at).without_workers()
    with restoring, pytest.raises(ConflictError, match="restore_going_on"):
        identity(home.at, "new").__enter__()
    with identity(home.at, "new"), pytest.raises(ConflictError, match="worker_running"):
        HomeHolds(home.at).without_workers().__enter__()


def test_a_deletion_leaves_files_alone_while_a_restore_brings_them(dragoman, home, tmp_path):
    file = tmp_path / "brought"
    file.write_bytes(b"on its way back")
    sha256, _ = home.blobs.put(file)
    with HomeHolds(home.at).alone():
        dragoman("delete", "m1", "--yes")
        assert sha256 in home.recordings()
    dragoman("delete", "m2", "--yes")
    assert sha256 not in home.recordings()
