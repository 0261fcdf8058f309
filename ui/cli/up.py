"""`dragoman up`: the desk in the browser, and a worker behind it; `dragoman ui`: the desk alone."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from typing import Annotated

import typer

from pipeline.errors import InputError
from ui.words.loader import t

PORT = 8501
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PATIENCE = 60.0
"""Seconds for the desk to answer before its address is opened."""
_AGAIN = 5.0
"""Seconds before a worker that died is started again."""
_STOP = 10.0
"""Seconds for a worker to hand its jobs back."""

Host = Annotated[str, typer.Option(metavar="ADDRESS", help=t("cli.up.host"))]
Port = Annotated[int, typer.Option(metavar="NUMBER", min=1, max=65535, help=t("cli.up.port"))]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help=t("cli.up.no_browser"))]


def up(host: Host = LOOPBACK[0], port: Port = PORT, no_browser: NoBrowser = False) -> None:
    """Desk and worker until Ctrl+C; both stop together."""
    with worker_beside():
        serve(host, port, open_browser=not no_browser)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def ui(host: Host = LOOPBACK[0], port: Port = PORT, no_browser: NoBrowser = False) -> None:
    """Only the desk: for when workers run elsewhere."""
    serve(host, port, open_browser=not no_browser)


def serve(host: str, port: int, *, open_browser: bool, path: str = "") -> None:
    """Serve the desk until stopped.

    Raises:
        InputError: somebody else has the port, or the address is open to others without a login.
    """
    from ui import server
    from ui.cli.desk import open_house
    from ui.who import login_configured

    if host not in LOOPBACK and not login_configured():
        raise InputError("host_needs_login", host=host)
    check_port(host, port)
    # A data folder that refuses is said here, not in the browser; a model is set up there.
    house, _ = open_house(engine="rules")
    house.tools.store.close()
    address = f"http://{LOOPBACK[0] if host in LOOPBACK else host}:{port}/{path}"
    print(t("cli.up.started", address=address), file=sys.stderr)
    if open_browser and sys.stdout.isatty():
        threading.Thread(target=_open, args=(address, port), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):  # that is how it is meant to end
        server.run(host, port)
    print(t("cli.up.stopped"), file=sys.stderr)


def check_port(host: str, port: int) -> None:
    """Whether the desk can listen there.

    Raises:
        InputError: somebody else does, or the address is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family)) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                "port_taken", host=host, port=port, reason=error.strerror or str(error)
            ) from error


@contextlib.contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a process of its own; started again when it dies, stopped at the end.

    A termination signal ends everything as Ctrl+C does: the worker must not stay behind.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    over = threading.Event()
    keeper = threading.Thread(target=_keep_working, args=(over,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join(2 * _STOP)


def _keep_working(over: threading.Event) -> None:
    command = [sys.executable, "-P", "-c", "from ui.cli.main import main; main()", "worker"]
    while not over.is_set():
        worker = subprocess.Popen(command)
        while worker.poll() is None and not over.wait(0.2):
            pass
        if over.is_set():
            _end(worker)
            return
        if worker.returncode == 2:  # one of this name runs already, and said so
            over.wait()
            return
        over.wait(_AGAIN)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    if worker.poll() is None:
        worker.terminate()
    try:
        worker.wait(_STOP)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _open(address: str, port: int) -> None:
    """Open the browser once the desk answers."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"http://{LOOPBACK[0]}:{port}/_stcore/health", timeout=2).close()
            webbrowser.open(address)
            return
        time.sleep(0.3)
