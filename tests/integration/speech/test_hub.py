"""Models from a hub that is really asked: a server on this machine, named by HF_ENDPOINT."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from evals.bench.mute_model import SIZES, build

pytestmark = (
    pytest.mark.slow
)  # each fetch is a process of its own: the address is read at its start

NAME = "someone/their-whisper"
REVISION = "a" * 40
FETCH = """
import sys
from pathlib import Path
from pipeline.engines.speech.weights import obtain
from pipeline.errors import DragomanError
from pipeline.words.loader import say
try:
    print(obtain(sys.argv[1], demo_model=Path("none")))
except DragomanError as error:
    print(say(f"error.{error.code}", "en", **error.params))
    sys.exit(error.exit_code)
"""


class Hub(ThreadingHTTPServer):
    """Hands out the files of a folder the way the hub does, as far as it is told to."""

    def __init__(self, folder: Path) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.breaks_at: int | None = None
        """Bytes of model.bin after which every connection ends."""
        self.begun_at: list[int] = []
        """Where each fetch of model.bin began."""


class Handler(BaseHTTPRequestHandler):
    """The few addresses that a download asks for."""

    server: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """What a file is."""
        self._file(body=False)

    def do_GET(self) -> None:
        """What the repository holds, or a file of it."""
        if "/api/models/" not in self.path:
            self._file(body=True)
            return
        files = [
            {"type": "file", "path": path.name, "size": path.stat().st_size, "oid": _digest(path)}
            for path in sorted(self.server.folder.iterdir())
        ]
        siblings = [{"rfilename": one["path"]} for one in files]
        card = {"id": NAME, "sha": REVISION, "siblings": siblings}
        told = files if "/tree/" in self.path else card
        self._answer(200, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _file(self, *, body: bool) -> None:
        path = self.server.folder / self.path.rpartition("/")[2]
        if not path.is_file():
            self._answer(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        data = path.read_bytes()
        about = {"ETag": f'"{_digest(path)}"', "X-Repo-Commit": REVISION}
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        if not body:
            self._answer(200, b"", about, length=len(data))
            return
        if start:
            about["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        end: int | None = None
        if path.name == "model.bin":
            self.server.begun_at.append(start)
            end = self.server.breaks_at
        self._answer(206 if start else 200, data[start:end], about, length=len(data) - start)

    def _answer(self, code: int, data: bytes, about: dict[str, str], length: int = -1) -> None:
        self.send_response(code)
        for name, value in about.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) if length < 0 else length))
        self.end_headers()
        self.wfile.write(data)
        if 0 <= len(data) < length and self.command == "GET":
            self.close_connection = True


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def serving(folder: Path) -> Iterator[Hub]:
    hub = Hub(folder)
    Thread(target=hub.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()


class Fetched(NamedTuple):
    code: int
    said: str


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return build(tmp_path / "published", SIZES["test"])


@pytest.fixture
def fetch(tmp_path: Path):
    """Obtain a model from a hub into a cache of this test."""

    def run(hub: Hub, name: str = NAME) -> Fetched:
        address = f"http://127.0.0.1:{hub.server_port}"
        own = {"HF_ENDPOINT": address, "HF_HOME": str(tmp_path / "cache")}
        done = subprocess.run(
            [sys.executable, "-c", FETCH, name],
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Fetched(done.returncode, done.stdout.strip())

    return run


@pytest.mark.parametrize("name", [NAME, "small"])
def test_a_model_comes_from_the_mirror_that_is_named(model: Path, fetch, name: str):
    with serving(model) as hub:
        code, folder = fetch(hub, name)
    assert code == 0
    assert (Path(folder) / "model.bin").read_bytes() == (model / "model.bin").read_bytes()


def test_a_download_that_broke_off_goes_on_where_it_was(model: Path, fetch):
    with serving(model) as hub:
        hub.breaks_at = 100_000
        code, said = fetch(hub)
        assert code == 3
        assert "goes on where it was" in said
        hub.breaks_at = None
        hub.begun_at.clear()
        code, folder = fetch(hub)
    assert code == 0
    assert (Path(folder) / "model.bin").read_bytes() == (model / "model.bin").read_bytes()
    assert hub.begun_at == [100_000]


def test_a_damaged_file_in_the_cache_is_fetched_again(model: Path, fetch):
    with serving(model) as hub:
        _, folder = fetch(hub)
        os.truncate(Path(folder) / "model.bin", 1000)
        assert fetch(hub) == (0, folder)
    assert (Path(folder) / "model.bin").read_bytes() == (model / "model.bin").read_bytes()


def test_what_is_whole_in_the_cache_asks_nobody(model: Path, fetch):
    with serving(model) as hub:
        _, folder = fetch(hub)
    assert fetch(hub) == (0, folder)


def test_a_repository_that_holds_another_kind_of_model_is_named(model: Path, fetch):
    (model / "model.bin").rename(model / "pytorch_model.bin")
    with serving(model) as hub:
        code, said = fetch(hub)
    assert code == 3
    assert "model.bin is missing" in said
