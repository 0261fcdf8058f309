"""Work in the background, as a user sees it: queue, look, cancel, retry, and what goes wrong."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from pipeline import bootstrap
from pipeline.jobs import states
from pipeline.models.job import Hearing, Progress, StageKey, Worker
from pipeline.models.speech import HeardBatch, HeardSegment
from pipeline.record import now

pytestmark = pytest.mark.slow  # every test starts the program


@pytest.fixture
def call(tmp_path):
    path = tmp_path / "call.txt"
    path.write_text("王敏: 能不能给我们来个一键导出？\n陈立: 导成Excel吗？\n", "utf-8")
    return path


def test_a_queued_call_waits_for_a_worker_and_is_done_by_it(dragoman, call):
    ran = dragoman("process", "--queue", call, "--title", "导出")
    assert ran.code == 0
    meeting = ran.out.strip()
    assert "No worker is running" in ran.err
    assert "waiting" in dragoman("jobs").out
    assert dragoman("worker", "--until-done").code == 0
    listed = json.loads(dragoman("jobs", "--json").out)
    (job,) = listed["jobs"]
    assert (job["meeting"], job["state"], job["title"]) == (meeting, "succeeded", "导出")
    assert listed["workers"] == []
    assert "完成" in dragoman("jobs", language="zh").out
    assert dragoman("export", meeting).code == 0


def test_the_same_file_again_is_recognised(dragoman, call):
    first = dragoman("process", "--queue", call)
    again = dragoman("process", "--queue", call)
    assert again.out == first.out
    assert "already here" in again.err


def test_several_files_are_queued_and_one_that_fails_is_told(dragoman, call):
    ran = dragoman("process", "--queue", call, "nowhere.wav", "--json")
    assert ran.code == 4
    done, failed = json.loads(ran.out)["meetings"]
    assert (done["status"], done["missing"]) == ("queued", [])
    assert failed["status"] == "failed"
    assert "nowhere.wav" in failed["missing"][0]


def test_what_queueing_cannot_do_is_refused(dragoman, call):
    ran = dragoman("process", "--queue", call, "--out", "made")
    assert ran.code == 2
    assert "--out" in ran.err


def test_cancel_and_retry_say_what_became_of_it(dragoman, call):
    meeting = dragoman("process", "--queue", call).out.strip()
    assert "Cancelled" in dragoman("jobs", "cancel", meeting[-6:]).out
    assert "cancelled" in dragoman("jobs").out
    retried = dragoman("jobs", "retry", meeting)
    assert "Queued" in retried.out
    assert "No worker is running" in retried.err
    dragoman("worker", "--until-done")
    assert "Nothing to cancel" in dragoman("jobs", "cancel", meeting).out


@pytest.mark.parametrize("command", ["cancel", "retry"])
def test_a_meeting_without_a_job_is_said_so(dragoman, call, command):
    assert dragoman("jobs", command, "NOSUCH").code == 2
    meeting = dragoman("process", call).out.strip().splitlines()[-1]
    ran = dragoman("jobs", command, meeting)
    assert ran.code == 2
    assert "--queue" in ran.err


def test_no_jobs_at_all_is_said_so(dragoman):
    assert "--queue" in dragoman("jobs").out
    assert json.loads(dragoman("jobs", "--json").out) == {"jobs": [], "workers": []}


def test_a_failed_job_shows_why_in_the_readers_language(dragoman, dragoman_home, call):
    dragoman("process", "--queue", call)
    (blob,) = (dragoman_home / "recordings" / "sha256").rglob("*/*")
    blob.unlink()
    ran = dragoman("worker", "--until-done")
    assert ran.code == 4
    assert "stopped:" in ran.err
    assert "failed" in dragoman("jobs").out
    assert "找不到" in dragoman("jobs", language="zh").out.replace("\n", "").replace(" ", "")


def test_a_second_worker_of_one_name_is_refused(dragoman, tmp_path):
    first = _worker(tmp_path, "--name", "w1")
    try:
        ran = dragoman("worker", "--name", "w1")
        assert ran.code == 2
        assert "--name" in ran.err
        assert "w1" in [one["name"] for one in _workers(dragoman)]
    finally:
        first.send_signal(signal.SIGINT)
        said = first.communicate(timeout=60)[1]
    assert first.returncode == 0
    assert "Stopped" in said
    assert _workers(dragoman) == []
    assert dragoman("worker", "--name", "../x").code == 2


def _worker(folder, *words):
    """A worker that is up."""
    worker = subprocess.Popen(
        [sys.executable, "-c", "from ui.cli.main import main; main()", "worker", *words],
        cwd=folder,
        env={**os.environ, "DRAGOMAN_LANGUAGE": "en"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert "waits for work" in worker.stderr.readline()
    time.sleep(1.5)
    return worker


def _workers(dragoman):
    return json.loads(dragoman("jobs", "--json").out)["workers"]


def test_a_call_that_is_being_heard_tells_how_far_and_how_fast_and_its_words(
    dragoman, dragoman_home
):
    call = bootstrap.demo_call("zh")
    meeting = dragoman("process", "--queue", call.recording).out.strip()
    assert "no words so far" in dragoman("jobs", "heard", meeting).err
    store = bootstrap.house(bootstrap.settings()).tools.store
    key = StageKey(stage="transcribe", input_digest="a", engine="script")
    hearing = Hearing(key=key, lines=2, pieces=4, heard=60.0, speed=6.21, left=480.0)
    going = Progress(stage="transcribe", state="going", done=60.0, total=3600.0, hearing=hearing)
    turns = [
        HeardSegment(start=at, end=at + 1, text=text, channel=line)
        for at, line, text in ((5.0, 0, "要 \x1b[31m 导出。"), (2.0, 1, "您好。"))
    ]
    for one in turns:
        batch = HeardBatch(key=one.text, channel=one.channel, start=0, end=9, segments=(one,))
        store.save_batch(meeting, key, batch)
    worker = Worker(name="w1", host="h", pid=1, started_at=now(), seen_at=now(), every=60.0)
    store.save_worker(worker)
    begun = states.begun(store.job(meeting), "w1", now())
    store.save_job(states.advanced(begun, going, now()))
    store.close()

    wide = {"COLUMNS": "200"}
    told = "hearing 01:00 of 1:00:00 · 6.2× real time · about 8 min left"
    assert told in dragoman("jobs", **wide).out
    assert "6.2 倍速 · 约剩 8 分钟" in dragoman("jobs", language="zh", **wide).out
    (job,) = json.loads(dragoman("jobs", "--json").out)["jobs"]
    assert (job["done"], job["hearing"]["speed"], job["hearing"]["left"]) == (60.0, 6.21, 480.0)
    words = dragoman("jobs", "heard", meeting)
    assert words.out.splitlines() == [
        "[00:02] Speaker 2: 您好。",
        "[00:05] Speaker 1: 要 [31m 导出。",
    ]
    assert words.err.startswith("Unfinished: heard 01:00 of 1:00:00")
