"""Workers: they share, take over, wake up, are refused, give up, and stop when asked to."""

import contextlib
import itertools
import os
import signal
import sqlite3
import time

import pytest

from pipeline.errors import NotFoundError
from pipeline.service import jobs, meetings
from pipeline.service.intake import Intake
from tests.integration.jobs.conftest import ME
from tests.integration.jobs.program import TURNS

pytestmark = pytest.mark.slow  # every test starts the program


def reached(site, meeting, batches):
    """Whether so many batches of it were heard and kept."""
    return lambda: len(site.heard()) >= batches and site.job(meeting).stage == "transcribe"


def put_to_sleep(worker, site):
    """Stop it between two writes; False where it was in one, and goes on.

    Asleep with the lock of the database it would keep everybody from writing, for as long as it
    sleeps: that is how SQLite is, and not what is asked here.
    """
    worker.process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, worker.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    with contextlib.closing(sqlite3.connect(site.home / "dragoman.db", timeout=0.5)) as look:
        try:
            look.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            worker.process.send_signal(signal.SIGCONT)
            return False
        look.rollback()
    return True


def test_two_workers_share_the_queue_and_one_recording_is_heard_at_a_time(site, undisturbed):
    workers = [site.start(name=name, batch=0.01, until_done=False) for name in ("w1", "w2")]
    site.until(lambda: len(site.store.workers()) == 2)
    calls = [site.submit(f"call {number}") for number in range(4)]
    while not all("job running" in worker.said for worker in workers):
        assert len(calls) < 40, "one worker gets everything"
        site.until(lambda: not site.job(calls[-2]).under_way)
        calls.append(site.submit(f"call {len(calls)}"))
    site.until(lambda: all(not site.job(one).under_way for one in calls))
    assert {site.job(one).state for one in calls} == {"succeeded"}
    assert all(site.result(one) == undisturbed for one in calls)
    assert set(site.heard().values()) == {1}
    lines = (site.home.parent / "heard.log").read_text().splitlines()
    order = [line.split()[0] for line in lines]
    changes = sum(one != other for one, other in itertools.pairwise(order))
    assert changes == len(calls) - 1, "one recording was heard after the other"


def test_what_a_dead_worker_had_is_taken_over_when_it_has_been_silent(site, undisturbed):
    meeting = site.submit()
    dead = site.start(name="w1", batch=0.05)
    site.until(reached(site, meeting, 5))
    dead.kill()
    before = time.monotonic()
    site.finish(name="w2")
    assert time.monotonic() - before < 15
    job = site.job(meeting)
    assert (job.state, job.worker) == ("succeeded", "w2")
    assert site.result(meeting) == undisturbed
    assert sum(site.heard().values()) <= len(TURNS) + 1, "at most one batch is done again"


def test_a_worker_that_only_slept_finds_its_job_taken_and_does_no_harm(site, undisturbed):
    meeting = site.submit()
    asleep = site.start(name="w1", batch=0.1, until_done=False)
    site.until(reached(site, meeting, 5))
    site.until(lambda: put_to_sleep(asleep, site))
    heard = len(site.heard())
    site.start(name="w2", batch=0.1)
    site.until(lambda: site.job(meeting).worker == "w2" and len(site.heard()) > heard + 3)
    asleep.process.send_signal(signal.SIGCONT)
    site.until(lambda: not site.job(meeting).under_way)
    time.sleep(0.5)
    assert site.job(meeting).state == "succeeded"
    assert site.result(meeting) == undisturbed
    assert sum(site.heard().values()) <= len(TURNS) + 1
    assert asleep.process.poll() is None, "it goes on waiting for work"
    later = site.submit("later")
    site.until(lambda: site.job(later).state == "succeeded")


def test_a_worker_of_the_same_name_is_refused_while_the_first_one_runs(site):
    first = site.start(name="w1", until_done=False)
    site.until(lambda: site.store.workers())
    second = site.start(name="w1")
    assert second.wait() == 1
    assert "worker_name_taken(name='w1')" in second.said
    first.kill()
    assert site.start(name="w1").wait() == 0, "the system let go of the name"


def test_a_job_that_kills_its_worker_stops_after_five_tries_and_says_why(site):
    meeting = site.submit("poison")
    deaths = 0
    while site.start(die="batch:7").wait() == -9:
        deaths += 1
    assert 5 <= deaths <= 6, "the first death may come before its progress was written"
    other = site.submit("sound")
    site.finish()
    job = site.job(meeting)
    assert (job.state, job.failure.code) == ("failed", "job_exhausted")
    assert job.failure.params == {"tries": "5", "stage": "transcribe"}
    assert site.job(other).state == "succeeded"
    jobs.retry(ME, site.house, meeting)
    site.finish()
    assert site.job(meeting).state == "succeeded"
    assert set(site.heard().values()) == {1}, "what was heard before is kept"


def test_a_job_that_gets_further_each_time_never_counts_as_poison(site, undisturbed):
    meeting = site.submit()
    for place in range(2, 20, 2):
        assert site.start(die=f"batch:{place}").wait() == -9
    site.finish()
    assert site.job(meeting).state == "succeeded"
    assert site.result(meeting) == undisturbed


def test_cancelling_takes_effect_within_one_batch(site, undisturbed):
    meeting = site.submit()
    worker = site.start(batch=0.15, until_done=False)
    site.until(reached(site, meeting, 4))
    assert jobs.cancel(ME, site.house, meeting).state == "cancelled"
    heard = len(site.heard())
    time.sleep(1.0)
    assert len(site.heard()) <= heard + 1
    assert site.job(meeting).state == "cancelled"
    assert worker.process.poll() is None
    again = jobs.retry(ME, site.house, meeting)
    assert (again.run, again.state) == (2, "queued")
    site.until(lambda: site.job(meeting).state == "succeeded")
    assert site.result(meeting) == undisturbed
    assert set(site.heard().values()) == {1}


def test_cancelling_between_two_specs_takes_effect_there(site):
    meeting = site.submit()
    site.start(slow=0.3, until_done=False)
    site.until(lambda: site.job(meeting).stage == "specify")
    jobs.cancel(ME, site.house, meeting)
    specs = len(site.store.specs(meeting))
    time.sleep(1.5)
    assert len(site.store.specs(meeting)) <= specs + 1
    assert site.job(meeting).state == "cancelled"


def test_a_job_cancelled_while_it_waits_is_never_begun(site):
    meeting = site.submit()
    jobs.cancel(ME, site.house, meeting)
    site.finish()
    assert site.job(meeting).state == "cancelled"
    assert site.heard() == {}
    unqueued = meetings.add(ME, site.house, site.file("unqueued"), Intake()).uid
    with pytest.raises(NotFoundError, match="no_job"):
        jobs.cancel(ME, site.house, unqueued)


def test_a_worker_asked_to_stop_lets_go_at_once_and_the_try_does_not_count(site, undisturbed):
    meeting = site.submit()
    for batches in range(3, 15, 3):
        worker = site.start(batch=0.1, until_done=False)
        site.until(reached(site, meeting, batches))
        worker.process.terminate()
        assert worker.wait() == 0
        job = site.job(meeting)
        assert (job.state, job.tries) == ("queued", 0)
        assert site.store.workers() == ()
    site.finish(name="another")
    assert site.result(meeting) == undisturbed
    assert sum(site.heard().values()) <= len(TURNS) + 4


def test_a_deleted_meeting_ends_its_job_and_the_worker_goes_on(site):
    meeting = site.submit("gone")
    worker = site.start(batch=0.1, until_done=False)
    site.until(reached(site, meeting, 3))
    site.store.delete_meeting(meeting)
    assert site.house.jobs().delete(meeting) == 1
    later = site.submit("later")
    site.until(lambda: site.job(later).state == "succeeded")
    assert site.store.job(meeting) is None
    assert "bug" not in worker.said
    with sqlite3.connect(site.home / "dragoman.db") as raw:
        (rows,) = raw.execute(
            "SELECT count(*) FROM workflow_status WHERE workflow_uuid LIKE ?", (f"%{meeting}%",)
        ).fetchone()
    raw.close()
    assert rows == 0


def test_an_unreadable_file_fails_with_its_reason_and_others_go_on(site):
    meeting = site.submit("silent")
    (recording,) = site.store.meeting(meeting).recordings
    site.house.tools.blobs.path(recording.sha256).unlink()
    other = site.submit("sound")
    site.finish()
    assert site.job(meeting).failure.code == "recording_gone"
    assert site.job(other).state == "succeeded"
