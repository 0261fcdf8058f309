"""After `dragoman delete` no word of the client's is anywhere in the data folder."""

import dataclasses
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.errors import NotFoundError
from pipeline.models.job import Progress
from pipeline.models.review import verify
from pipeline.service import meetings
from pipeline.service.intake import Intake


def open_again(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "dragoman.db", isolation_level=None)


def test_a_deleted_client_leaves_no_word_in_any_file(dragoman, data):
    ran = dragoman("delete", "--client", data.client, "--yes", "--json")
    assert ran.code == 0, ran.err
    assert data.secrets() == set()
    told = json.loads(ran.out)
    some = ("projects", "meetings", "jobs", "files", "contents", "error_logs")
    assert [told["removed"][name] for name in some] == [1, 1, 1, 2, 2, 1]
    assert [one["what"] for one in told["kept"]] == ["edits"]
    store = bootstrap.store(bootstrap.settings())
    events = store.edits(data.meeting)
    assert len(events) >= 3
    assert verify(events) == ()
    assert {(event.actor, event.body) for event in events} == {(data.actor, None)}
    assert len(data.found(data.other)) > 0, "the other client is untouched"
    assert [one.client for one in store.projects()] == [data.other]
    assert store.minutes(store.meetings()[0].uid).asks


def test_a_deleted_meeting_leaves_the_client_and_nothing_of_the_call(dragoman, data):
    ran = dragoman("delete", data.meeting[-6:], "--yes")
    assert ran.code == 0, ran.err
    assert "proof stays" in ran.out
    assert data.found(data.place) == set()
    assert {name.split(" in ")[0] for name in data.secrets()} == {data.client, data.speaker}
    assert dragoman("delete", "--client", data.client, "--yes").code == 0
    assert data.secrets() == set()


def test_another_program_that_has_the_database_open_changes_nothing(dragoman, data):
    others = [open_again(data.home) for _ in range(3)]
    for other in others:
        other.execute("SELECT count(*) FROM item").fetchall()
    assert dragoman("delete", "--client", data.client, "--yes").code == 0
    assert data.secrets() == set()
    for other in others:
        other.close()


@pytest.mark.slow
def test_a_reader_of_the_old_state_is_named_and_wiped_after(dragoman, data):
    reader = open_again(data.home)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM item").fetchall()
    ran = dragoman("delete", "--client", data.client, "--yes")
    assert ran.code == 4, ran.err
    assert "copies inside the database's files" in ran.out
    assert data.secrets() != set()
    reader.execute("COMMIT")
    assert dragoman("delete", "--client", data.client, "--yes").code == 2
    assert data.secrets() == set()
    reader.close()


KILLED = """
import os, signal, sys
from pipeline.stores import blobs, deletion, wiping
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
{where} = die
from ui.cli.main import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize(
    "where",
    ["wiping.note", "blobs.FileBlobs.delete", "wiping._wiped", "wiping._cut"],
)
def test_a_deletion_that_is_killed_is_finished_by_the_next(dragoman, data, where):
    words = ["delete", "--client", data.client, "--yes"]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED.replace("{where}", where), *words], check=False
    )
    assert killed.returncode == -9
    again = dragoman(*words)
    rolled_back = where == "wiping.note"
    assert again.code == (0 if rolled_back else 2), again.err
    assert data.secrets() == set()
    assert bootstrap.store(bootstrap.settings()).meetings() != ()


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["ingest", "extract", "ground", "cover", "specify"])
def test_what_is_deleted_while_it_is_worked_on_leaves_nothing(dragoman, data, stage):
    """Whoever works on it is told that it is gone, in whichever stage."""
    house = bootstrap.house(bootstrap.settings())
    store = house.tools.store
    store.save_meeting(store.meeting(data.meeting).with_(recordings=()))
    house = dataclasses.replace(house, tools=house.tools._replace(code="other code"))

    gone: list[int] = []

    def watch(progress: Progress) -> None:
        if progress.stage == stage and progress.state in ("started", "going") and not gone:
            gone.append(dragoman("delete", "--client", data.client, "--yes").code)

    with pytest.raises(NotFoundError, match=r"meeting_not_found|recording_gone"):
        meetings.process(data.actor, house, data.meeting, watch)
    assert gone == [0]
    assert data.secrets() == set()
    assert dragoman("delete", "--client", data.client, "--yes").code == 2


def test_a_file_handed_in_again_during_the_deletion_keeps_its_content(dragoman, data, handed_in):
    """Its content may go between being kept and being named by a row: then it is kept again."""
    house = bootstrap.house(bootstrap.settings())

    gone: list[int] = []

    class Slow:
        """Blobs that let a deletion in just after content was kept."""

        def __getattr__(self, name: str) -> object:
            return getattr(house.tools.blobs, name)

        def put(self, path: Path) -> tuple[str, int]:
            kept = house.tools.blobs.put(path)
            if not gone:
                gone.append(dragoman("delete", "--client", data.client, "--yes").code)
            return kept

    slow = dataclasses.replace(house, tools=house.tools._replace(blobs=Slow()))
    meeting = meetings.add(data.actor, slow, handed_in, Intake())
    assert gone == [0]
    assert house.tools.blobs.path(meeting.sources[0].sha256).read_bytes() == handed_in.read_bytes()
