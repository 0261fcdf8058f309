"""A real server process: it outlives cut connections, and its memory does not grow with a file."""

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.service.upload_folder import CHUNK

SERVER = """
import sys
import uvicorn
from starlette.applications import Starlette
from pipeline import bootstrap
from pipeline.models.actor import Actor
from ui.routes.upload import routes
from ui.routes.upload_token import token

house = bootstrap.house(bootstrap.settings())
app = Starlette(routes=routes(lambda: house))
config = uvicorn.Config(app, port=0, log_level="error")
bound = config.bind_socket()
bound.listen()
print(bound.getsockname()[1], token(Actor(id="u", name="u", via="desk"), "en"), flush=True)
uvicorn.Server(config).run(sockets=[bound])
"""


class Site(NamedTuple):
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    token: str
    folder: Path

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, dict[str, int]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, f"/api/upload{path}", body, {"X-Upload-Token": self.token})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        finally:
            connection.close()

    def begin(self, size: int) -> str:
        offer = json.dumps({"name": "call.wav", "size": size, "modified": 1}).encode()
        return str(self.ask("POST", "", offer)[1]["id"])

    def memory(self) -> int:
        """Bytes that are in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(
            int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmRSS")
        )


@pytest.fixture
def site(dragoman_home: Path) -> Iterator[Site]:
    process = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process, process.stdout:
        port, token = process.stdout.readline().split()
        try:
            yield Site(process, int(port), token, dragoman_home / "uploads")
        finally:
            process.terminate()


def test_a_cut_connection_leaves_whole_chunks_and_the_rest_is_brought(site):
    content = bytes(range(256)) * (CHUNK // 256) + b"the end"
    uid = site.begin(len(content))
    head = (
        f"PUT /api/upload/{uid}?offset=0 HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n"
        f"X-Upload-Token: {site.token}\r\nContent-Length: {CHUNK}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(head.encode() + content[: CHUNK // 2])
    assert site.ask("GET", f"/{uid}")[1]["offset"] == 0
    assert site.ask("PUT", f"/{uid}?offset=0", content[:CHUNK])[0] == 200
    status, told = site.ask("PUT", f"/{uid}?offset={CHUNK}", content[CHUNK:])
    assert (status, told["offset"]) == (200, len(content))
    assert (site.folder / f"{uid}.whole").read_bytes() == content


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells memory nowhere else")
def test_memory_does_not_grow_with_the_file(site):
    size = 300 << 20
    uid, piece = site.begin(size), bytes(CHUNK)
    site.ask("PUT", f"/{uid}?offset=0", piece)
    before, most = site.memory(), 0
    for offset in range(CHUNK, size, CHUNK):
        status, _ = site.ask("PUT", f"/{uid}?offset={offset}", piece[: size - offset])
        assert status == 200
        most = max(most, site.memory())
    assert (site.folder / f"{uid}.whole").stat().st_size == size
    print(f"memory grew by {(most - before) >> 20} MiB")
    assert most - before < 20 << 20
