"""What a large upload asks of the desk: a real browser, the real server, a file of 2 GB.

    python -m evals.bench.upload [--quick]

The file is sent until about half of it is there, the page is loaded again, the file is chosen
again, and the rest is sent. Beside it another browser sends one chunk over a line so slow that
the chunk takes longer than two minutes. Marks: the server's memory grows by at most 10 MB, the
second part begins where the first one ended (at most the chunks under way are sent again), and
what lies there is what was sent.
"""

import argparse
import hashlib
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from evals.bench.desk import Desk, browser, settled

MB = 1_000_000
GROWN_MB = 10.0
CHUNK = 8 << 20
AGAIN_MB = 2 * CHUNK / MB
"""What was under way when the page was loaded again may be sent again."""
_INPUT = ".uploader input[type=file]"


class Scale(NamedTuple):
    """How much is sent."""

    size: int
    slow: int
    """Bytes a second of the slow line."""


FULL = Scale(2_000 * MB, 64_000)
QUICK = Scale(64 * MB, 2 * MB)


class Peak:
    """The most memory a server was seen to hold; looks many times a second."""

    def __init__(self, desk: Desk) -> None:
        self.kb = 0
        self._desk, self._over = desk, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            self.kb = max(self.kb, self._desk.memory_kb())


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.upload", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="64 MB: a look, not a proof")
    scale = QUICK if parser.parse_args(argv).quick else FULL
    with tempfile.TemporaryDirectory() as name:
        return 0 if _measured(Path(name), scale) else 1


def _measured(folder: Path, scale: Scale) -> bool:
    big, small = _file(folder / "big.wav", scale.size), _file(folder / "slow.wav", CHUNK)
    warm = _file(folder / "warm.wav", 3 * CHUNK)
    with Desk(folder / "home") as desk, browser() as opened:
        _sent(_page(opened, desk), warm)
        before = desk.memory_kb()
        with Peak(desk) as peak:
            begun = time.monotonic()
            slow = _slow(opened, desk, small, scale.slow)
            page, there = _page(opened, desk), folder / "home" / "uploads"
            first, half, resumed = _in_two(page, big, there, scale.size)
            seconds = time.monotonic() - first
            _here(slow, small)
            crawled = time.monotonic() - begun
        after = desk.memory_kb()
        whole = [one for one in there.glob("*.whole") if one.stat().st_size == scale.size]
        same = len(whole) == 1 and _sha256(whole[0]) == _sha256(big)
    size = f"{scale.size / MB:.0f} MB"
    _say(f"{size} in {seconds:.1f} s, of which {half / MB:.0f} MB before the page was loaded again")
    _say(f"one chunk at {scale.slow / 1000:.0f} kB/s beside it: done within {crawled:.0f} s")
    _say(
        f"memory: before {before / 1024:.0f} MB, peak {peak.kb / 1024:.0f}, after {after / 1024:.0f}"
    )
    met = (
        _mark("memory grown at the peak, MB", (peak.kb - before) / 1024, GROWN_MB),
        _mark("memory grown afterwards, MB", (after - before) / 1024, GROWN_MB),
        _mark("sent again after the reload, MB", max(0, half - resumed) / MB, AGAIN_MB),
        _mark("files that differ from what was sent", 0 if same else 1, 0),
    )
    return all(met)


def _in_two(page: Page, file: Path, there: Path, size: int) -> tuple[float, int, int]:
    """When it began, how much was there at the reload, and where the rest began."""
    begun, asked = time.monotonic(), list[int]()
    page.locator(_INPUT).set_input_files(file)
    _until(lambda: _on_disk(there) >= size // 2)
    page.reload()
    settled(page)
    half = _on_disk(there)
    page.on("request", lambda one: _offset(one.method, one.url, asked))
    _sent(page, file)
    return begun, half, min(asked, default=0)


def _offset(method: str, url: str, asked: list[int]) -> None:
    if method == "PUT":
        asked.append(int(url.rpartition("offset=")[2]))


def _on_disk(there: Path) -> int:
    return max((one.stat().st_size for one in there.glob("*.part")), default=0)


def _until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.02)


def _slow(opened: Browser, desk: Desk, file: Path, rate: int) -> Page:
    page = _page(opened, desk)
    line = page.context.new_cdp_session(page)
    conditions = {"offline": False, "latency": 100, "downloadThroughput": -1}
    line.send("Network.emulateNetworkConditions", {**conditions, "uploadThroughput": rate})
    page.locator(_INPUT).set_input_files(file)
    return page


def _page(opened: Browser, desk: Desk) -> Page:
    page = opened.new_context().new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{desk.url}/upload")
    settled(page)
    page.locator(_INPUT).wait_for(state="attached")
    return page


def _sent(page: Page, file: Path) -> None:
    page.locator(_INPUT).set_input_files(file)
    _here(page, file)


def _here(page: Page, file: Path) -> None:
    line = page.locator(".uploader .files li", has_text=file.name)
    line.locator(".state.ok").wait_for(timeout=600_000)


def _file(at: Path, size: int) -> Path:
    """A file with no two pieces alike, which takes no room on the disk between them."""
    with at.open("wb") as file:
        for begin in range(0, size, CHUNK):
            file.seek(begin)
            file.write(hashlib.sha256(f"{at.name}{begin}".encode()).digest())
        file.truncate(size)
    return at


def _sha256(at: Path) -> str:
    with at.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mark(what: str, value: float, most: float) -> bool:
    met = value <= most
    _say(f"{'met   ' if met else 'MISSED'}  {what:<38}{value:>9.2f}  mark {most:g}")
    return met


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
