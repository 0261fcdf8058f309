"""A restore that is watched, or killed: old or new at every moment, and never neither."""

import subprocess
import sys

import pytest

OLD, NEW = {"m1", "m2"}, {"m2", "m3"}
"""Meetings in the backup, and those that are there when it is restored."""
READER = """
import sys
from pipeline.stores.database import open_store
store = open_store(sys.argv[1])
while True:
    print(",".join(sorted(one.uid for one in store.meetings())), flush=True)
"""


@pytest.mark.slow
def test_a_program_that_has_it_open_sees_all_old_or_all_new(dragoman, home, old_backup):
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, home.url], stdout=subprocess.PIPE, text=True
    )
    first = reader.stdout.readline()
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    assert dragoman("db", "restore", home.aside()[0], "--yes").code == 0
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    assert reader.poll() is None
    reader.kill()
    seen = [first, *reader.stdout.readlines()][:-1]  # the last line may be cut
    reader.wait()
    reader.stdout.close()
    assert set(seen) == {"m1,m2\n", "m2,m3\n"}
    assert seen[-1] == "m1,m2\n"


@pytest.mark.slow
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
    dragoman, home, old_backup, point
):
    home.killed(point, "db", "restore", old_backup, "--yes")
    late = point in ("rename:backup.json.part", "upgrade:")
    assert home.meetings() == (OLD if late else NEW)
    assert dragoman("meetings").code == 0
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    assert home.meetings() == OLD
    assert home.recordings() >= home.recordings(old_backup)
    assert any(home.meetings(one / "dragoman.db") == NEW for one in home.aside())
    assert not list(home.at.rglob("dragoman.db.part*"))


@pytest.mark.slow
@pytest.mark.parametrize("point", ["recording:1", "rename:dragoman.db.part", "upgrade:"])
def test_killed_over_a_damaged_one_the_same_again_completes_it(dragoman, home, old_backup, point):
    content = home.damage()
    home.killed(point, "db", "restore", old_backup, "--yes")
    assert home.database.is_file()
    if point != "upgrade:":
        assert home.database.read_bytes() == content
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    assert home.meetings() == OLD
    assert any((one / "dragoman.db").read_bytes() == content for one in home.aside())


def test_a_full_disk_keeps_the_old_database(dragoman, home, old_backup):
    ran = dragoman("db", "restore", old_backup, "--yes", largest=100_000)
    assert ran.code in (1, 2)
    assert home.meetings() == NEW
    assert dragoman("db", "restore", old_backup, "--yes").code == 0
    assert home.meetings() == OLD
