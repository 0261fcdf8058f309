"""What is too old goes by itself, and never what somebody works on."""

import datetime as dt
import os
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
    forgotten: list[str] = []
    done = retention.tidy(ME, house, keep_days=20, now=NOW, forget_jobs=forgotten.append)
    assert left(house) == {"new", "undated"}
    assert forgotten == ["old"]
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


def test_jobs_are_forgotten_before_and_after_a_deletion_that_somebody_asked_for(house):
    forgotten: list[str] = []
    deletion.delete(ME, house, "old", forget_jobs=forgotten.append)
    assert forgotten == ["old", "old"]
    project = house.tools.store.projects()[0].uid
    deletion.delete_project(ME, house, project, forget_jobs=forgotten.append)
    assert sorted(forgotten[2:]) == ["new", "new", "undated", "undated"]
    assert left(house) == set()
