"""The desk as its benches and its browser tests need it: the real server, and a real browser.

The server is a process of its own with its own data folder. The browser is the one that the
system has; none is fetched.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
"""What the page says when the server is done with it."""
TROUBLE = ("Traceback (most recent call last)", "Uncaught", "Exception", "Error:")
"""What no line of the server's log may hold."""
_SERVE = "from ui import server; server.run('127.0.0.1', {port})"
_PATIENCE = 60.0


class Desk:
    """The desk's server, which can be killed and started again on the same port."""

    def __init__(
        self, home: Path, *, language: str = "zh", port: int = 0, serve: str = _SERVE
    ) -> None:
        self.home = home
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home.parent / f"desk-{self.port}.log"
        self._language = language
        self._serve = serve
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Desk":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and wait until it answers.

        Raises:
            TimeoutError: it does not; holds its log.
        """
        surroundings = {
            **os.environ,
            "DRAGOMAN_HOME": str(self.home),
            "DRAGOMAN_LANGUAGE": self._language,
        }
        command = [sys.executable, "-c", self._serve.format(port=self.port)]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=surroundings
            )
        end = time.monotonic() + _PATIENCE
        while not self.healthy():
            if time.monotonic() > end or self.process.poll() is not None:
                self.kill()
                raise TimeoutError(self.said())
            time.sleep(0.1)

    def healthy(self) -> bool:
        """Whether it answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """As a power cut would end it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def said(self, since: int = 0) -> str:
        """What it wrote into its log after so many bytes."""
        if not self.log.exists():
            return ""
        return self.log.read_bytes()[since:].decode("utf-8", "replace")

    def troubles(self, since: int = 0) -> list[str]:
        """Lines of the log from the first that tells of something nobody caught."""
        lines = self.said(since).splitlines()
        told = (n for n, line in enumerate(lines) if any(sign in line for sign in TROUBLE))
        return lines[next(told, len(lines)) :]

    def memory_kb(self) -> int:
        """Resident memory of the server."""
        if self.process is None:
            return 0
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def browser_path() -> str | None:
    """The browser that the system has, if any."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's browser, without a window.

    Raises:
        FileNotFoundError: there is none.
    """
    path = browser_path()
    if path is None:
        raise FileNotFoundError(f"none of {', '.join(BROWSERS)} is installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGS))
        yield opened
        opened.close()


def settled(page: Page) -> None:
    """Wait until the server is done with the page."""
    page.wait_for_selector(IDLE, state="attached")
