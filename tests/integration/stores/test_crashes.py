"""What was acknowledged is there, whatever happens to the program or the disk."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.models.review import verify
from pipeline.stores.database import open_store

WRITER = """
import sys
from pipeline.errors import StorageError
from pipeline.models.actor import Actor
from pipeline.models.meeting import Meeting
from pipeline.models.project import Project
from pipeline.models.review import Edit
from pipeline.stores.database import open_store

{before}
store = open_store(sys.argv[1])
actor = Actor(id="u1", name="陈立", via="test")
project = store.save_project(Project(client="华露饮料"))
if not store.meetings():
    store.add_meeting(Meeting(uid="m1", project=project.uid, title="", created_at="x"))
for number in range(int(sys.argv[2]), 100_000):
    edit = Edit(entity="item", entity_uid="i1", operation="set", field="text", after=number)
    try:
        store.append_edit(actor, project=project.uid, meeting="m1", edit=edit)
    except StorageError as error:
        print(error.code, flush=True)
        break
    print(number, flush=True)
"""
LITTLE_ROOM = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))
"""


def writing(url: str, *, start: int = 0, before: str = "") -> "subprocess.Popen[str]":
    script = WRITER.replace("{before}", before)
    return subprocess.Popen(
        [sys.executable, "-c", script, url, str(start)], stdout=subprocess.PIPE, text=True
    )


def kept(url: str) -> list[int]:
    """The numbers in the database, which must be whole."""
    store = open_store(url)
    with store._sessions.engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
    events = store.edits("m1")
    store.close()
    assert verify(events) == ()
    return [event.body.after for event in events]


@pytest.mark.slow
def test_a_program_killed_while_it_writes_loses_nothing_acknowledged(url):
    said: list[int] = []
    dice = random.Random(7)
    for _ in range(8):
        writer = writing(url, start=len(kept(url)))
        said.append(int(writer.stdout.readline()))
        time.sleep(dice.uniform(0.05, 0.6))
        writer.kill()
        said += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        writer.wait()
        writer.stdout.close()
        there = kept(url)
        assert there[: len(said)] == said
        assert len(there) <= len(said) + 1, "at most the one that was not yet acknowledged"
        said = there
    assert len(said) > 50


@pytest.mark.skipif(os.name == "nt", reason="no file size limit on Windows")
def test_a_full_disk_is_said_so_and_costs_nothing_acknowledged(url, tmp_path: Path):
    writer = writing(url, before=LITTLE_ROOM)
    lines = writer.stdout.read().split()
    writer.stdout.close()
    assert writer.wait() == 0
    assert lines[-1] in ("disk_full", "disk_refused")
    said = [int(line) for line in lines[:-1]]
    assert len(said) > 10
    assert kept(url) == said
    again = writing(url, start=len(said))
    assert int(again.stdout.readline()) == len(said), "there is room again"
    again.kill()
    again.wait()
    again.stdout.close()
