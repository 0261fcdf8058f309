"""`dragoman db backup`: a whole copy, whoever works meanwhile, and never half of one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.service import backups

ME = Actor(id="u1", name="陈立", via="test")
WRITER = """
import sys
from pipeline.models.project import Project
from pipeline.stores.database import open_store
store = open_store(sys.argv[1])
for number in range(100_000):
    store.save_project(Project(client=f"client {number}"))
    print(number, flush=True)
"""

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "备份 1"


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


@LANGUAGES
def test_everything_is_in_the_folder_and_described(dragoman, home, folder, language):
    ran = dragoman("db", "backup", folder, language=language)
    assert ran.code == 0, ran.err
    assert str(folder) in ran.out
    assert home.meetings(folder / "dragoman.db") == {"m1", "m2"}
    assert home.recordings(folder) == home.recordings()
    told = json.loads((folder / "backup.json").read_bytes())
    assert (told["schema"], told["meetings"], told["recordings"]) == ("dragoman/backup/v1", 2, 2)
    assert names(folder) == {"dragoman.db", "recordings", "backup.json"}


def test_the_next_backup_copies_what_is_new_and_forgets_what_was_deleted(dragoman, home, folder):
    dragoman("db", "backup", folder)
    times = {one: one.stat().st_mtime_ns for one in folder.rglob("sha256/*/*")}
    home.add("m3")
    home.delete("m1")
    ran = dragoman("db", "backup", folder)
    assert "new: 1, removed: 1" in ran.out
    assert home.recordings(folder) == home.recordings()
    assert home.meetings(folder / "dragoman.db") == {"m2", "m3"}
    kept = [one for one in folder.rglob("sha256/*/*") if one in times]
    assert [one.stat().st_mtime_ns for one in kept] == [times[one] for one in kept]
    assert len(kept) == 1


def test_without_recordings_the_deleted_ones_go_all_the_same(dragoman, home, folder):
    dragoman("db", "backup", folder)
    home.add("m3")
    home.delete("m1")
    ran = dragoman("db", "backup", folder, "--no-recordings")
    assert ran.code == 0
    assert home.recordings(folder) < home.recordings()
    assert json.loads((folder / "backup.json").read_bytes())["recordings"] == 1


@pytest.mark.slow
def test_others_write_meanwhile(dragoman, home, folder):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, home.url], stdout=subprocess.PIPE, text=True
    )
    try:
        writer.stdout.readline()
        for _ in range(3):
            ran = dragoman("db", "backup", folder)
            assert ran.code == 0, ran.err
            assert home.meetings(folder / "dragoman.db") == {"m1", "m2"}
        assert writer.poll() is None, "nobody was told that the database is locked"
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_a_recording_deleted_meanwhile_is_told_and_is_no_error(home, folder):
    tools = bootstrap.backup_tools(bootstrap.settings())

    def counted(done: int, total: int) -> None:
        if done == 0 and "m1" in home.meetings():
            home.delete("m1")

    made = backups.back_up(ME, tools, folder, counted=counted)
    assert (made.deleted, made.lost, made.backup.recordings) == (1, (), 1)


@LANGUAGES
def test_a_recording_that_is_lost_or_damaged_is_named(dragoman, home, folder, language):
    lost = sorted(home.recordings())[0]
    home.blobs.path(lost).write_bytes(b"damaged")
    ran = dragoman("db", "backup", folder, language=language)
    assert ran.code == 4
    assert lost[:12] in ran.err
    assert home.recordings(folder) == {one for one in home.blobs.held() if one != lost}


@LANGUAGES
@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("home", {"en": "outside it", "zh": "以外"}),
        ("home/inside/it", {"en": "outside it", "zh": "以外"}),
        ("photos", {"en": "no backup of Dragoman", "zh": "没有 Dragoman 的备份"}),
        ("file", {"en": "not a folder", "zh": "不是文件夹"}),
        ("file/below", {"en": "file/below", "zh": "file/below"}),
    ],
)
def test_a_folder_that_is_not_for_it_is_left_alone(dragoman, home, tmp_path, where, says, language):
    (tmp_path / "photos" / "recordings").mkdir(parents=True)
    (tmp_path / "photos" / "dragoman.db").write_text("somebody's")
    (tmp_path / "file").write_text("a file")
    (tmp_path / "home").symlink_to(home.at)
    before = sorted(tmp_path.rglob("*"))
    ran = dragoman("db", "backup", tmp_path / where, language=language)
    assert (ran.code, ran.out) == (2, "")
    assert says[language] in ran.err
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "photos" / "dragoman.db").read_text() == "somebody's"


@LANGUAGES
def test_a_server_has_programs_of_its_own(dragoman, tmp_path, language):
    for words in (("backup", tmp_path / "b"), ("restore", tmp_path / "b", "--yes")):
        url = "postgresql://chen:geheim@127.0.0.1:9/d"
        ran = dragoman("db", *words, language=language, DRAGOMAN_DATABASE_URL=url)
        assert ran.code == 3
        assert "pg_dump" in ran.err
        assert "geheim" not in ran.err
    assert not (tmp_path / "b").exists()


@LANGUAGES
def test_where_nothing_is_there_is_nothing_to_copy(dragoman, folder, language):
    ran = dragoman("db", "backup", folder, language=language)
    assert (ran.code, ran.out) == (2, "")
    assert "DRAGOMAN_HOME" in ran.err
    assert not folder.exists()


@LANGUAGES
def test_a_damaged_database_does_not_touch_the_last_backup(dragoman, home, folder, language):
    dragoman("db", "backup", folder)
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    content = bytearray(home.database.read_bytes())
    content[8192:40960] = os.urandom(32768)
    home.database.write_bytes(content)
    ran = dragoman("db", "backup", folder, language=language)
    assert ran.code == 1
    assert "dragoman db restore" in ran.err
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before


def test_a_full_disk_leaves_nothing_half_written(dragoman, home, folder):
    ran = dragoman("db", "backup", folder, largest=100_000)
    assert ran.code == 2
    assert str(folder) in ran.err
    assert not folder.exists()


def test_a_disk_that_fills_up_keeps_the_last_backup(dragoman, home, folder):
    dragoman("db", "backup", folder)
    home.add("m3")
    ran = dragoman("db", "backup", folder, largest=100_000)
    assert ran.code == 2
    assert home.meetings(folder / "dragoman.db") == {"m1", "m2"}
    assert names(folder) == {"dragoman.db", "recordings", "backup.json"}
    assert dragoman("db", "restore", folder, "--yes").code == 0


def test_too_little_room_is_said_before_anything_is_written(dragoman, home, folder):
    """The file claims more bytes than any disk has; it takes none itself."""
    sparse = home.at / "dragoman.db-wal"
    with sparse.open("wb") as file:
        file.truncate(2**43)
    ran = dragoman("db", "backup", folder)
    assert ran.code == 2
    assert "needs 8796.2 GB" in ran.err
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "point", ["step:1.9", "recording:2", "rename:dragoman.db.part", "rename:backup.json.part"]
)
def test_killed_on_the_way_there_is_a_whole_backup_or_none(dragoman, home, folder, point):
    home.killed(point, "db", "backup", folder)
    ran = dragoman("db", "restore", folder, "--yes")
    assert ran.code == (0 if point == "rename:backup.json.part" else 2), ran.err
    assert dragoman("db", "backup", folder).code == 0, "and it can be made again"
    assert names(folder) == {"dragoman.db", "recordings", "backup.json"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "point",
    ["step:1.9", "recording:1", "rename:dragoman.db.part", "rename:backup.json.part", "delete:"],
)
def test_killed_on_the_way_the_last_backup_or_the_new_one_is_whole(dragoman, home, folder, point):
    dragoman("db", "backup", folder)
    home.add("m3")
    home.delete("m1")
    home.killed(point, "db", "backup", folder)
    ran = dragoman("db", "restore", folder, "--yes")
    assert ran.code == 0, ran.err
    assert home.meetings() in ({"m1", "m2"}, {"m2", "m3"})
