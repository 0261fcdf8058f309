"""`dragoman up`: desk and worker start together and stop together."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def port():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


def workers(dragoman):
    return json.loads(dragoman("jobs", "--json").out)["workers"]


def answers(port):
    address = f"http://127.0.0.1:{port}/_stcore/health"
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2) as told:
        return told.read() == b"ok"
    return False


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.3)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_desk_and_worker_start_and_stop_together(dragoman, tmp_path, port, ending):
    words = ["-c", "from ui.cli.main import main; main()", "up", "--port", str(port)]
    log = tmp_path / "up.log"
    with log.open("wb") as out:
        running = subprocess.Popen([sys.executable, *words], cwd=tmp_path, stdout=out, stderr=out)
    until(lambda: answers(port))
    until(lambda: workers(dragoman))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
        assert "default-src 'self'" in page.headers["content-security-policy"]
    worker = workers(dragoman)[0]["pid"]
    running.send_signal(ending)
    assert running.wait(40) == 0
    until(lambda: not answers(port))
    until(lambda: not workers(dragoman))
    until(lambda: not _alive(worker), 20)
    said = log.read_text("utf-8")
    assert "Traceback" not in said
    assert f"http://127.0.0.1:{port}/" in said


def _alive(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_a_port_that_is_taken_is_said_so(dragoman):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = str(server.getsockname()[1])
        ran = dragoman("ui", "--port", port)
    assert ran.code == 2
    assert port in ran.err
    assert "--port" in ran.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_open_address_without_a_login_is_refused(dragoman, port, language):
    ran = dragoman("ui", "--host", "0.0.0.0", "--port", str(port), language=language)
    assert ran.code == 2
    assert "0.0.0.0" in ran.err
