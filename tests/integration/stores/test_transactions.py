"""Transactions: together or not at all, and nobody is told that the database is locked."""

import subprocess
import sys
import threading
import time

import pytest

from pipeline.models.job import StageKey
from pipeline.models.project import Project
from pipeline.models.review import Edit, verify
from pipeline.models.speech import HeardBatch
from pipeline.stores.database import open_store

SECOND_PROGRAM = """
import sys
from pipeline.models.meeting import Meeting, Recording
from pipeline.stores.database import open_store

store = open_store(sys.argv[1])
project, sha256 = sys.argv[2:]
print("asks", flush=True)
with store.transaction():
    found = store.find_meeting(project, sha256)
    print("inside", found.uid if found else None, flush=True)
    if found is None:
        file = Recording(name="x", sha256=sha256, size=1)
        store.add_meeting(
            Meeting(uid="m2", project=project, title="", created_at="x", recordings=(file,))
        )
"""
"""Looks for the meeting of a file and makes it where there is none."""

KEY = StageKey(stage="transcribe", input_digest="d", engine="e")


class Late(Exception):
    """Something fails after other things were written."""


def clients(store):
    return [one.client for one in store.projects()]


def test_everything_inside_is_kept_together(store):
    with store.transaction():
        store.save_project(Project(client="a"))
        store.save_project(Project(client="b"))
        assert clients(store) == ["a", "b"], "what was written inside is seen inside"
    assert clients(store) == ["a", "b"]


def test_nothing_is_kept_when_something_inside_fails(store, make):
    def work():
        with store.transaction():
            saved = store.save_project(Project(client="a"))
            store.add_meeting(make.meeting(saved.uid))
            raise Late

    with pytest.raises(Late):
        work()
    assert store.projects() == ()
    store.save_project(Project(client="b"))
    assert clients(store) == ["b"]


def test_one_inside_another_joins_it(store):
    def work():
        with store.transaction():
            with store.transaction():
                store.save_project(Project(client="a"))
            raise Late

    with pytest.raises(Late):
        work()
    assert store.projects() == ()


def test_one_inside_another_can_fail_alone(store):
    def inner():
        with store.transaction():
            store.save_project(Project(client="b"))
            raise Late

    with store.transaction():
        store.save_project(Project(client="a"))
        with pytest.raises(Late):
            inner()
        store.save_project(Project(client="c"))
    assert clients(store) == ["a", "c"]


def test_an_id_given_out_in_what_failed_is_given_out_again_and_never_twice(store, make, meeting):
    draft = make.minutes(asks=(make.ask("a", "s1"),))

    def work():
        with store.transaction():
            store.identify("m1", draft)
            raise Late

    with pytest.raises(Late):
        work()
    assert store.identify("m1", draft).asks[0].id == "A1"


def test_a_transaction_belongs_to_its_thread(store):
    seen: list[list[str]] = []
    with store.transaction():
        store.save_project(Project(client="a"))
        other = threading.Thread(target=lambda: seen.append(clients(store)))
        other.start()
        other.join()
    assert seen == [[]], "a reader waits for nobody and sees what was kept"


def test_reading_changes_nothing(store):
    with (
        store._sessions.reading() as session,
        pytest.raises(Exception, match="readonly"),
    ):
        session.connection().exec_driver_sql("DELETE FROM project")


def test_two_threads_write_side_by_side(url, store, make, meeting):
    """Each reads and then writes what depends on it, 200 times, in a store of its own."""
    failures: list[BaseException] = []

    def work(name: str) -> None:
        mine = open_store(url)
        try:
            for number in range(200):
                with mine.transaction():
                    done = len(mine.edits("m1")) if number % 20 == 0 else number
                    edit = Edit(entity="item", entity_uid="i1", operation="set", after=done)
                    mine.append_edit(make.actor, project=meeting.project, meeting="m1", edit=edit)
                    mine.save_batch(
                        "m1",
                        KEY,
                        HeardBatch(key=f"{name}{number}", channel=0, start=0, end=1),
                    )
        except BaseException as error:
            failures.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    events = store.edits("m1")
    assert [event.seq for event in events] == list(range(1, 401))
    assert verify(events) == ()
    assert len(store.batches("m1", KEY)) == 400


def test_threads_share_one_store_and_no_id_is_given_twice(store, make, meeting):
    given: list[str] = []

    def work(name: str) -> None:
        for number in range(25):
            draft = make.minutes(asks=(make.ask("a", f"{name}{number}"),))
            given.append(store.identify("m1", draft).asks[0].id)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given, key=lambda one: int(one[1:])) == [f"A{n}" for n in range(1, 101)]


def test_a_reader_does_not_wait_for_a_writer(store, make, meeting):
    inside, read = threading.Event(), threading.Event()

    def write() -> None:
        with store.transaction():
            store.save_project(Project(client="slow"))
            inside.set()
            read.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    inside.wait(10)
    began = time.perf_counter()
    assert store.meeting("m1").uid == "m1"
    waited = time.perf_counter() - began
    read.set()
    writer.join()
    assert waited < 1


def test_two_programs_that_look_first_make_one_meeting_of_a_file(url, store, make, project):
    recording = make.recording()
    with store.transaction():
        assert store.find_meeting(project.uid, recording.sha256) is None
        other = subprocess.Popen(
            [sys.executable, "-c", SECOND_PROGRAM, url, project.uid, recording.sha256],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout.readline() == "asks\n"
        time.sleep(0.2)
        store.add_meeting(make.meeting(project.uid, recordings=(recording,)))
    said, _ = other.communicate(timeout=30)
    assert (said, other.returncode) == ("inside m1\n", 0), "it waited, and saw what was kept"
    assert [one.uid for one in store.meetings()] == ["m1"]
