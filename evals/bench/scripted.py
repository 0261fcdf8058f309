"""An OpenAI-compatible endpoint on loopback that does what a test tells it, over real sockets."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What one request gets."""

    status: int = 200
    body: Any = None
    """JSON, or bytes as they are."""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    """Close the connection without a word."""


Step = Reply | Callable[[Body], Reply]


class Scripted:
    """The endpoint: replies in the order of `script`, then `otherwise`."""

    def __init__(self) -> None:
        self.asked: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.script: list[Step] = []
        self.otherwise: Step = Reply(500, {"error": {"message": "nothing scripted"}})
        self.under_way = self.most_under_way = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True

    @property
    def url(self) -> str:
        """Its base_url."""
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def reply(self, body: Body) -> Reply:
        """What this request gets; it is kept in `asked`."""
        with self.lock:
            self.asked.append(body)
            step = self.script.pop(0) if self.script else self.otherwise
        return step(body) if callable(step) else step


@contextmanager
def serving() -> Iterator[Scripted]:
    """The endpoint, for as long as the block lasts."""
    scripted = Scripted()
    thread = threading.Thread(
        target=scripted.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield scripted
    finally:
        scripted.server.shutdown()
        scripted.server.server_close()
        thread.join()


def said(
    content: object = None,
    *,
    finish: str = "stop",
    tokens_in: int = 0,
    tokens_out: int = 20,
    cached: int = 0,
    **message: Any,
) -> Reply:
    """An ordinary answer; what is no text is sent as JSON."""
    text = content if content is None or isinstance(content, str) else json.dumps(content)
    usage = {
        "prompt_tokens": tokens_in,
        "completion_tokens": tokens_out,
        "total_tokens": tokens_in + tokens_out,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
    told = {"role": "assistant", "content": text, **message}
    choice = {"index": 0, "message": told, "finish_reason": finish}
    return Reply(body={"id": "x", "model": "scripted", "choices": [choice], "usage": usage})


def refused(status: int, message: str, **headers: str) -> Reply:
    """An error as most endpoints tell it."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, {"error": {"message": message}}, names)


def _handler(scripted: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else the body of an answer waits 40 ms for its head

        def log_message(self, format: str, *args: object) -> None:
            del format, args

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(length))
            with scripted.lock:
                scripted.headers.append(dict(self.headers))
                scripted.under_way += 1
                scripted.most_under_way = max(scripted.most_under_way, scripted.under_way)
            try:
                self.answer(scripted.reply(body))
            finally:
                with scripted.lock:
                    scripted.under_way -= 1

        def answer(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            if reply.drop:
                self.close_connection = True
                return
            data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            try:
                self.send_response(reply.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                pass  # whoever asked has gone

    return Handler
