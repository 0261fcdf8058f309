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

from pipeline.stores.database import open_store

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
OLD, NEW = {"m1", "m2"}, {"m2", "m3"}
"""Meetings in the backup, and those that are there when it is restored."""
READER = """
import sys
from pipeline.stores.database import open_store
store = open_store(sys.argv[1])
while True:
    print(",".join(sorted(one.uid for one in store.meetings())), flush=True)
"""


@pytest.fixture
def folder(dragoman, home, tmp_path: Path) -> Path:
    """A backup; after it a meeting was deleted and another one made."""
    folder = tmp_path / "备份 1"
    assert dragoman("db", "backup", folder).code == 0
    home.delete("m1")
    home.add("m3")
    return folder


def damage(home) -> bytes:
    """Garbage in the middle of the database; what it then holds."""
    content = bytearray(home.database.read_bytes())
    content[8192:-8192] = os.urandom(len(content) - 16384)
    home.database.write_bytes(content)
    return bytes(content)


@LANGUAGES
def test_what_the_backup_holds_is_back_and_what_was_there_is_set_aside(
    dragoman, home, folder, language
):
    ran = dragoman("db", "restore", folder, "--yes", language=language)
    assert ran.code == 0, ran.err
    assert home.meetings() == OLD
    (aside,) = home.aside()
    assert str(aside) in ran.out
    assert home.meetings(aside / "dragoman.db") == NEW
    assert home.recordings() >= home.recordings(folder)
    store = open_store(home.url)
    assert all(home.blobs.path(one.sha256) for m in store.meetings() for one in m.recordings)
    assert store.log_apart
    store.close()


def test_a_restore_can_be_taken_back(dragoman, home, folder):
    dragoman("db", "restore", folder, "--yes")
    (aside,) = home.aside()
    assert dragoman("db", "restore", aside, "--yes").code == 0
    assert home.meetings() == NEW


def test_another_computer_gets_everything(dragoman, home, folder, tmp_path):
    there = tmp_path / "another" / "home"
    ran = dragoman("db", "restore", folder, "--yes", DRAGOMAN_HOME=str(there))
    assert ran.code == 0, ran.err
    assert home.meetings(there / "dragoman.db") == OLD
    assert home.recordings(there) == home.recordings(folder)
    assert list(there.glob("before-restore-*")) == []


def test_a_damaged_recording_is_replaced_by_the_good_one(dragoman, home, folder):
    good = sorted(home.recordings(folder) & home.recordings())[0]
    at = home.blobs.path(good)
    at.write_bytes(bytes(at.stat().st_size))
    ran = dragoman("db", "restore", folder, "--yes")
    assert ran.code == 0
    assert home.blobs.whole(good)


@LANGUAGES
def test_a_recording_that_is_in_neither_is_named(dragoman, home, folder, language):
    lost = sorted(home.recordings(folder) - home.recordings())[0]
    (folder / "recordings" / "sha256" / lost[:2] / lost).write_bytes(b"damaged")
    ran = dragoman("db", "restore", folder, "--yes", language=language)
    assert ran.code == 4
    assert lost[:12] in ran.err
    assert home.meetings() == OLD
    assert lost not in home.recordings()


@LANGUAGES
def test_a_damaged_database_is_moved_aside(dragoman, home, folder, language):
    content = damage(home)
    ran = dragoman("db", "restore", folder, "--yes", language=language)
    assert ran.code == 0, ran.err
    assert home.meetings() == OLD
    (aside,) = home.aside()
    assert str(aside) in ran.out
    assert (aside / "dragoman.db").read_bytes() == content


def test_the_log_of_a_damaged_database_does_not_reach_the_new_one(dragoman, home, folder):
    """Another program keeps it open, so its log stays."""
    other = sqlite3.connect(home.database, isolation_level=None)
    other.execute("UPDATE meeting SET created_at = 'in the log'")
    home.database.write_bytes(b"a letter " * 10_000)
    assert Path(f"{home.database}-wal").stat().st_size > 0
    assert dragoman("db", "restore", folder, "--yes").code == 0
    other.close()
    assert home.meetings() == OLD
    with sqlite3.connect(home.database) as found:
        assert found.execute("SELECT DISTINCT created_at FROM meeting").fetchall() == [("x",)]
    found.close()


def test_a_database_of_a_newer_program_can_be_replaced(dragoman, home, folder):
    with sqlite3.connect(home.database) as found:
        found.execute("UPDATE alembic_version SET version_num = 'v9999'")
    found.close()
    assert dragoman("db", "restore", folder, "--yes").code == 0
    assert home.meetings() == OLD
    assert home.meetings(home.aside()[0] / "dragoman.db") == NEW


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
    dragoman, home, folder, spoil, code, says, language
):
    spoil(folder)
    before = home.database.read_bytes()
    ran = dragoman("db", "restore", folder, "--yes", language=language)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert home.database.read_bytes() == before
    assert home.aside() == []


@LANGUAGES
def test_a_running_worker_is_named_and_nothing_is_changed(dragoman, home, folder, language):
    (home.at / "workers").mkdir()
    with FileLock(home.at / "workers" / "laptop-1.lock"):
        ran = dragoman("db", "restore", folder, "--yes", language=language)
    assert (ran.code, ran.out) == (2, "")
    assert "laptop-1" in ran.err
    assert home.meetings() == NEW
    assert dragoman("db", "restore", folder, "--yes").code == 0, "a lock nobody holds is no worker"


def test_a_second_one_waits_for_nobody(dragoman, home, folder):
    with FileLock(home.at / "copying.lock"):
        for words in (("backup", folder), ("restore", folder, "--yes")):
            ran = dragoman("db", *words)
            assert ran.code == 2
            assert "under way" in ran.err


@LANGUAGES
def test_without_anybody_to_ask_it_refuses(dragoman, home, folder, language):
    ran = dragoman("db", "restore", folder, language=language)
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert home.meetings() == NEW


@pytest.mark.parametrize(
    ("answer", "language", "then"),
    [("y", "en", OLD), ("n", "en", NEW), ("", "en", NEW), ("是", "zh", OLD), ("不", "zh", NEW)],
)
def test_a_person_at_the_terminal_is_asked(home, folder, answer, language, then):
    person, terminal = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", "from ui.cli.main import main; main()", "db", "restore", folder],
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


def test_a_program_that_has_it_open_sees_all_old_or_all_new(dragoman, home, folder):
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, home.url], stdout=subprocess.PIPE, text=True
    )
    first = reader.stdout.readline()
    assert dragoman("db", "restore", folder, "--yes").code == 0
    assert dragoman("db", "restore", home.aside()[0], "--yes").code == 0
    assert dragoman("db", "restore", folder, "--yes").code == 0
    assert reader.poll() is None
    reader.kill()
    seen = [first, *reader.stdout.readlines()][:-1]  # the last line may be cut
    reader.wait()
    reader.stdout.close()
    assert set(seen) == {"m1,m2\n", "m2,m3\n"}
    assert seen[-1] == "m1,m2\n"


@pytest.mark.parametrize(
    "point",
    [
        "recording:1",
        "step:1.5",
        "rename:dragoman.db.part",
        "step:2.1",
        "step:2.9",
        "rename:backup.json.part",
        "upgrade:",
    ],
)
def test_killed_on_the_way_it_is_old_or_new_and_the_same_again_completes_it(
    dragoman, home, folder, point
):
    home.killed(point, "db", "restore", folder, "--yes")
    late = point in ("rename:backup.json.part", "upgrade:")
    assert home.meetings() == (OLD if late else NEW)
    assert dragoman("meetings").code == 0
    assert dragoman("db", "restore", folder, "--yes").code == 0
    assert home.meetings() == OLD
    assert home.recordings() >= home.recordings(folder)
    assert any(home.meetings(one / "dragoman.db") == NEW for one in home.aside())
    assert not list(home.at.rglob("dragoman.db.part*"))


@pytest.mark.parametrize("point", ["recording:1", "rename:dragoman.db.part", "upgrade:"])
def test_killed_over_a_damaged_one_the_same_again_completes_it(dragoman, home, folder, point):
    content = damage(home)
    home.killed(point, "db", "restore", folder, "--yes")
    assert home.database.is_file()
    if point != "upgrade:":
        assert home.database.read_bytes() == content
    assert dragoman("db", "restore", folder, "--yes").code == 0
    assert home.meetings() == OLD
    assert any((one / "dragoman.db").read_bytes() == content for one in home.aside())


def test_a_full_disk_keeps_the_old_database(dragoman, home, folder):
    ran = dragoman("db", "restore", folder, "--yes", largest=100_000)
    assert ran.code in (1, 2)
    assert home.meetings() == NEW
    assert dragoman("db", "restore", folder, "--yes").code == 0
    assert home.meetings() == OLD
