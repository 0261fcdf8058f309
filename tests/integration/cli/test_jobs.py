"""Work in the background, as a user sees it: queue, look, cancel, retry, and what goes wrong."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest


@pytest.fixture
def call(tmp_path):
    path = tmp_path / "call.txt"
    path.write_text("王敏: 能不能给我们来个一键导出？\n陈立: 导成Excel吗？\n", "utf-8")
    return path


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_failed_job_shows_why_in_the_readers_language(dragoman, dragoman_home, call):
    dragoman("process", "--queue", call)
    (blob,) = (dragoman_home / "recordings" / "sha256").rglob("*/*")
    blob.unlink()
    ran = dragoman("worker", "--until-done")
    assert ran.code == 4
    assert "stopped:" in ran.err
    assert "failed" in dragoman("jobs").out
    assert "找不到" in dragoman("jobs", language="zh").out.replace("\n", "").replace(" ", "")


@pytest.mark.slow
def test_a_second_worker_of_one_name_is_refused(dragoman, tmp_path):
    first = _worker(tmp_path, "--name", "w1")
    try:
        ran = dragoman("worker", "--name", "w1")
        assert ran.code == 2
        assert "--name" in ran.err
        assert "w1" in [one["name"] for one in _workers(dragoman)]
    finally:
        first.send_signal(signal.SIGINT)
        said = first.communicate(timeout=20)[1]
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
