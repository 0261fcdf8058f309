"""What is too old goes by itself, and never what somebody works on."""

import contextlib
import datetime as dt
import os
import sqlite3
import time
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.job import Job
from pipeline.models.meeting import Meeting, Source
from pipeline.models.project import Project
from pipeline.models.review import Edit
from pipeline.service import deletion, retention
from pipeline.service.house import House

ME = Actor(id="u1", name="tester", via="test")
NOW = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)
OLD, NEW = "2026-03-01T00:00:00.000Z", "2026-03-30T00:00:00Z"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Meetings made at the start of the month and near its end."""
    house = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    project = house.tools.store.save_project(Project(client="华露饮料")).uid
    for uid, at in (("old", OLD), ("new", NEW), ("undated", "")):
        file = tmp_path / uid
        file.write_text(uid)
        sha256, size = house.tools.blobs.put(file)
        source = Source(name=uid, sha256=sha256, size=size, shape="turns")
        house.tools.store.add_meeting(
            Meeting(uid=uid, project=project, title=uid, created_at=at, sources=(source,))
        )
    return house


def left(house: House) -> set[str]:
    return {one.uid for one in house.tools.store.meetings()}


def job(state: str, changed: str) -> Job:
    return Job.model_validate(
        {"uid": "old-1", "meeting": "old", "run": 1, "state": state, "created_at": OLD,
         "changed_at": changed}
    )  # fmt: skip


def test_what_nobody_touched_for_so_many_days_goes(house):
    done = retention.tidy(ME, house, keep_days=20, now=NOW)
    assert left(house) == {"new", "undated"}
    assert (done.removed["meetings"], done.removed["contents"]) == (1, 1)
    assert retention.tidy(ME, house, keep_days=20, now=NOW).removed.get("meetings", 0) == 0


@pytest.mark.parametrize("days", [0, 31])
def test_for_ever_is_for_ever_and_a_day_short_is_kept(house, days):
    retention.tidy(ME, house, keep_days=days, now=NOW)
    assert left(house) == {"old", "new", "undated"}


@pytest.mark.parametrize("state", ["queued", "running"])
def test_what_a_worker_has_is_never_deleted(house, state):
    house.tools.store.save_job(job(state, OLD))
    retention.tidy(ME, house, keep_days=20, now=NOW)
    assert "old" in left(house)
    (doomed,) = deletion.preview(ME, house, ["old"])
    assert doomed.under_way


def test_a_job_that_ended_lately_counts_as_a_change_and_an_old_one_does_not(house):
    house.tools.store.save_job(job("failed", NEW))
    retention.tidy(ME, house, keep_days=20, now=NOW)
    assert "old" in left(house)
    house.tools.store.save_job(job("failed", OLD))
    retention.tidy(ME, house, keep_days=20, now=NOW)
    assert "old" not in left(house)


def test_an_edit_counts_as_a_change(house):
    store = house.tools.store
    edit = Edit(entity="meeting", entity_uid="old", operation="set", field="title", after="x")
    store.append_edit(ME, project=store.meeting("old").project, meeting="old", edit=edit)
    retention.tidy(ME, house, keep_days=20, now=NOW)
    assert "old" in left(house)


def test_orphans_and_old_logs_go_every_hour_even_where_all_is_kept(house, tmp_path):
    (tmp_path / "orphan").write_text("nobody names it")
    sha256, _ = house.tools.blobs.put(tmp_path / "orphan")
    needed = [house.tools.blobs.path(one) for one in house.tools.store.files_in_use()]
    logs = tmp_path / "home" / "logs"
    logs.mkdir()
    for name in ("old.log", "new.log"):
        (logs / name).write_text("x")
    then = time.time() - 31 * 24 * 3600
    for path in (house.tools.blobs.path(sha256), logs / "old.log", *needed):
        os.utime(path, (then, then))
    done = retention.tidy(ME, house, keep_days=0)
    assert {name: count for name, count in done.removed.items() if count} == {
        "leftovers": 1,
        "error_logs": 1,
    }
    assert [path.name for path in logs.iterdir()] == ["new.log"]
    assert all(path.is_file() for path in needed)


def test_the_job_library_forgets_what_is_deleted(house, tmp_path):
    store, queue = house.tools.store, house.jobs()
    for uid in ("old", "new", "undated"):
        with store.transaction() as tx:
            queue.submit(tx, uid)
        queue.cancel(uid)
    deletion.delete(ME, house, "undated")
    assert known_to_the_library(tmp_path) == {"hear-old-1", "hear-new-1"}
    deletion.delete_project(ME, house, store.projects()[0].uid)
    assert known_to_the_library(tmp_path) == set()
    assert left(house) == set()


def known_to_the_library(folder):
    with contextlib.closing(sqlite3.connect(folder / "home" / "dragoman.db")) as raw:
        return {uid for (uid,) in raw.execute("SELECT workflow_uuid FROM workflow_status")}
