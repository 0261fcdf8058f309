"""kill -9 anywhere: nothing is lost, nothing finished is done again, the result is the same."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import time

import pytest

from pipeline import bootstrap
from pipeline.service import jobs, meetings
from pipeline.service.intake import Intake
from tests.integration.jobs.conftest import ME
from tests.integration.jobs.program import TURNS

POINTS = (
    "batch:0",
    "batch:7",
    "before:transcribe",
    "after:transcribe",
    "before:extract",
    "after:extract",
    "before:ground",
    "before:cover",
    "after:cover",
    "after:minutes",
    "before:specify",
    "after:specify",
)


@pytest.mark.slow
@pytest.mark.parametrize("point", ["batch:7", "before:extract", "after:specify"])
def test_a_worker_killed_goes_on_where_it_stopped(site, undisturbed, point):
    meeting = site.submit()
    assert site.start(die=point).wait() == -9
    assert site.job(meeting).state == "running"
    site.finish()
    assert site.job(meeting).state == "succeeded"
    assert site.result(meeting) == undisturbed
    assert set(site.heard().values()) == {1}
    assert len(site.heard()) == len(TURNS)


@pytest.mark.slow
def test_a_worker_killed_at_every_point_one_after_the_other(site, undisturbed):
    meeting = site.submit()
    for point in POINTS:
        assert site.start(die=point).wait() == -9, point
    site.finish()
    assert site.job(meeting).state == "succeeded"
    assert site.result(meeting) == undisturbed
    assert set(site.heard().values()) == {1}
    assert len(site.heard()) == len(TURNS)


@pytest.mark.slow
@pytest.mark.asr
@pytest.mark.timeout(600)
def test_real_speech_goes_on_after_kill_9_without_hearing_a_batch_twice(dragoman_home, tmp_path):
    call = bootstrap.demo_call("zh")
    chosen = bootstrap.settings(home=tmp_path / "calm", speech_model="demo")
    calm = bootstrap.house(chosen)
    intake = Intake(project=call.project, date=call.date)
    undisturbed = meetings.add(ME, calm, call.recording, intake).uid
    meetings.process(ME, calm, undisturbed, lambda progress: None)

    house = bootstrap.house(bootstrap.settings(speech_model="demo"))
    meeting = jobs.submit(ME, house, call.recording, intake).meeting.uid
    command = [sys.executable, "-c", "from ui.cli.main import main; main()", "worker"]
    env = {**os.environ, "DRAGOMAN_SPEECH_MODEL": "demo"}
    kept = 0
    for _ in range(3):
        worker = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
        while _batches(dragoman_home) <= kept and worker.poll() is None:
            time.sleep(0.005)
        worker.kill()
        worker.wait()
        kept = _batches(dragoman_home)
    assert kept > 2
    before = _rows(dragoman_home)
    subprocess.run([*command, "--until-done"], env=env, check=True, stderr=subprocess.DEVNULL)
    assert house.tools.store.job(meeting).state == "succeeded"
    assert _rows(dragoman_home)[: len(before)] == before, "finished batches were left as they were"
    expected, made = (meetings.view(ME, *one) for one in ((calm, undisturbed), (house, meeting)))
    assert made.transcript.segments == expected.transcript.segments, "word for word, time for time"
    assert made.transcript.dropped == expected.transcript.dropped
    assert [(kind, one.id, one.text) for kind, one in made.minutes.items()] == [
        (kind, one.id, one.text) for kind, one in expected.minutes.items()
    ]
    assert [one.title for one in made.specs] == [one.title for one in expected.specs]
    calm.tools.store.close()
    house.tools.store.close()


def _rows(home):
    """The checkpoints in the order in which they were first written."""
    with contextlib.closing(sqlite3.connect(home / "dragoman.db")) as raw:
        rows = raw.execute("SELECT rowid, batch, body FROM batch_checkpoint ORDER BY rowid")
        return rows.fetchall()


def _batches(home):
    return len(_rows(home))
