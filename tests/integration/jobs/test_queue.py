"""Handing work over: with the meeting or not at all, once, and into the right queue."""

import contextlib
import sqlite3

import pytest

from pipeline.errors import NotFoundError
from pipeline.service import jobs, meetings
from pipeline.service.intake import Intake
from tests.integration.jobs.conftest import ME


def queued(site):
    """What the library is to run: workflow and queue."""
    with contextlib.closing(sqlite3.connect(site.home / "dragoman.db")) as raw:
        rows = raw.execute("SELECT workflow_uuid, queue_name FROM workflow_status ORDER BY 1")
        return rows.fetchall()


def test_a_meeting_and_its_job_are_kept_together_or_not_at_all(site):
    queue = site.house.jobs()
    taken = meetings.take_in(ME, site.house, site.file("call"), Intake())
    with contextlib.suppress(ZeroDivisionError), site.store.transaction() as tx:
        kept = meetings.keep(ME, site.house, taken)
        queue.submit(tx, kept.meeting.uid)
        raise ZeroDivisionError
    assert site.store.meetings() == ()
    assert queued(site) == []
    meeting = site.submit()
    assert queued(site) == [(f"hear-{meeting}-1", "speech")]


def test_a_meeting_under_way_is_not_queued_a_second_time(site):
    meeting = site.submit()
    assert site.submit() == meeting
    assert jobs.retry(ME, site.house, meeting).run == 1
    assert len(queued(site)) == 1


def test_a_file_in_another_project_is_another_meeting_with_its_own_job(site):
    one = site.submit()
    intake = Intake(title="the same file, nobody's project")
    other = jobs.submit(ME, site.house, site.file("call"), intake)
    assert other.meeting.uid != one
    assert not other.known
    assert len(queued(site)) == 2


def test_a_transcript_does_not_wait_behind_a_recording(site, tmp_path):
    site.submit()
    text = tmp_path / "call.txt"
    text.write_text("王敏: 能不能给我们来个一键导出？\n陈立: 导成Excel吗？\n", "utf-8")
    meeting = jobs.submit(ME, site.house, text, Intake()).meeting.uid
    assert (f"hear-{meeting}-1", "words") in queued(site)


def test_an_unknown_meeting_cannot_be_queued(site):
    queue = site.house.jobs()
    with pytest.raises(NotFoundError), site.store.transaction() as tx:
        queue.submit(tx, "NOSUCH")


@pytest.mark.slow
def test_the_librarys_rows_hold_no_word_of_a_call(site):
    """What it stores are uids: nothing there has to be forgotten with a client."""
    site.submit("绝密客户")
    site.finish()
    with contextlib.closing(sqlite3.connect(site.home / "dragoman.db")) as raw:
        tables = ("workflow_status", "operation_outputs", "workflow_events", "notifications")
        text = "".join(str(raw.execute(f"SELECT * FROM {name}").fetchall()) for name in tables)
    assert "hear-" in text
    assert "绝密" not in text
    assert "订单" not in text


def test_jobs_are_listed_newest_first_with_their_latest_run(site):
    one, other = site.submit("one"), site.submit("other")
    jobs.cancel(ME, site.house, one)
    jobs.retry(ME, site.house, one)
    board = jobs.listed(ME, site.house)
    assert [(view.job.meeting, view.job.run) for view in board.jobs] == [(one, 2), (other, 1)]
    assert site.house.jobs().progress() == tuple(view.job for view in board.jobs)
    assert site.house.jobs().status(one) == site.job(one)
    assert (board.workers, site.house.jobs().workers()) == ((), ())
