"""How quick the desk is with a long call, against an empty page of the same server.

`python -m evals.bench.ui` makes a data folder with made-up calls, starts the real server on it
and drives it with the system's browser: everything is compared within one run, in alternating
rounds, by the median, after one visit to each that does not count. The empty page is Streamlit's own with one button and lies only here.

The marks, and why:

- 2.5 times an empty page's first load until the lane of a call of 2,000 turns can be used: what
  is more is felt as waiting.
- 2.5 times an empty page's rerun until a decision is answered as saved, and for J and K. They
  are drawn in the browser before any answer comes, so this bounds what the server does for them.
- A call of 6,000 turns, three hours, opens within 15 s and moves with J within a second: slow,
  but usable, whatever the machine.
- 2 MB of the server's memory for each further viewer, over ten of them: an office looks at one
  call together.
- 300 ms from the click on a quote until it sounds, and no message to the server: what was said is
  looked up dozens of times in one review.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from evals.bench import desk_calls as calls
from evals.bench.desk import Desk, browser, settled

RATIO, OPEN_S, MOVE_MS, VIEWER_MB, SOUND_MS = 2.5, 15.0, 1000.0, 2.0, 300.0
LISTEN = """() => {
  window.heard = { players: [], clicked: null, playing: null };
  const Real = window.Audio;
  window.Audio = function (...given) {
    const one = new Real(...given);
    one.addEventListener("playing", () => { window.heard.playing ??= performance.now(); });
    window.heard.players.push(one);
    return one;
  };
  addEventListener("click", () => { window.heard.clicked = performance.now(); }, true);
}"""
"""Run in a page before its own scripts: when a click came, and when sound did."""
LOADED = "() => window.heard.players.at(-1)?.readyState >= 1"
SOUNDS = "() => window.heard.playing !== null && window.heard.players.at(-1).currentTime > 0"
_EMPTY = """
import sys
from pathlib import Path
from ui import server
server.SCRIPT = Path({script!r})
server.run('127.0.0.1', PORT)
"""
_SCRIPT = """import streamlit as st

st.session_state["n"] = st.session_state.get("n", 0) + 1
st.button("again", key="again")
st.text(f"run {st.session_state['n']}")
"""
_SAVED = ".lane .saved"


class Scale(NamedTuple):
    """How much is measured."""

    turns: int
    most: int
    """Turns of the longest call."""
    rounds: int
    steps: int
    """Times that J and K are pressed, or the empty page runs again."""
    viewers: int


FULL = Scale(turns=2000, most=6000, rounds=3, steps=10, viewers=10)
QUICK = Scale(turns=200, most=400, rounds=1, steps=3, viewers=2)


class Sound(NamedTuple):
    """What a click on a quote costs."""

    ms: float
    sent: int
    """Bytes sent to the server between the click and the sound."""


class Times(NamedTuple):
    """Seconds of one page, each the median of its steps."""

    first: float
    again: float
    move: float = 0.0


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.ui", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one small round: it proves nothing")
    scale = QUICK if parser.parse_args(argv).quick else FULL
    with tempfile.TemporaryDirectory() as name:
        return 0 if _measured(Path(name), scale) else 1


def _measured(folder: Path, scale: Scale) -> bool:
    house = calls.house(folder / "home")
    long, longest = (calls.made_up(house, folder, turns) for turns in (scale.turns, scale.most))
    spoken = calls.bundled(house, "zh", sound=True)
    script = folder / "empty.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    serve = _EMPTY.format(script=str(script)).replace("PORT", "{port}")
    with (
        Desk(folder / "home") as desk,
        Desk(folder / "home", serve=serve) as empty,
        browser() as opened,
    ):
        once = scale._replace(steps=1)
        _empty(opened, empty, once), _lane(opened, desk, long, once)
        rounds = [
            (_empty(opened, empty, scale), _lane(opened, desk, long, scale))
            for _ in range(scale.rounds)
        ]
        far = _lane(opened, desk, longest, scale._replace(steps=3))
        viewer = _per_viewer(opened, desk, long, scale.viewers)
        sounds = [_sound(opened, desk, spoken) for _ in range(scale.rounds)]
    return _told(scale, rounds, far, viewer) & _heard(sounds)


def _told(scale: Scale, rounds: Sequence[tuple[Times, Times]], far: Times, viewer: float) -> bool:
    plain, lane = ([pair[at] for pair in rounds] for at in (0, 1))
    _say(f"{'page':<18}{'first s':>10}{'again ms':>10}{'J, K ms':>10}")
    for name, times in (("empty", plain), (f"{scale.turns} turns", lane), (str(scale.most), [far])):
        first, again, move = (median(column) for column in zip(*times, strict=True))
        _say(f"{name:<18}{first:>10.2f}{again * 1000:>10.0f}{move * 1000:>10.1f}")
    _say("")
    met = (
        _mark("first load / empty", _ratio(rounds, lambda one: one.first), RATIO),
        _mark("decision saved / empty rerun", _ratio(rounds, lambda one: one.again), RATIO),
        _mark("J, K / empty rerun", median(two.move / one.again for one, two in rounds), RATIO),
        _mark(f"{scale.most} turns open, s", far.first, OPEN_S),
        _mark(f"{scale.most} turns, J and K, ms", far.move * 1000, MOVE_MS),
        _mark("MB per further viewer", viewer, VIEWER_MB),
    )
    return all(met)


def _ratio(rounds: Sequence[tuple[Times, Times]], of: Callable[[Times], float]) -> float:
    return median(of(two) / of(one) for one, two in rounds)


def _empty(opened: Browser, desk: Desk, scale: Scale) -> Times:
    page = _page(opened)
    first = _timed(lambda: (page.goto(desk.url), page.wait_for_selector("text=run 1")))
    again = [_timed(partial(_ran, page, step + 2)) for step in range(scale.steps)]
    page.context.close()
    return Times(first, median(again))


def _ran(page: Page, number: int) -> None:
    page.locator(".st-key-again button").evaluate("(one) => one.click()")
    page.wait_for_selector(f"text=run {number}")


def _lane(opened: Browser, desk: Desk, meeting: str, scale: Scale) -> Times:
    page = _page(opened)
    first = _timed(lambda: _open(page, desk, meeting))
    settled(page)
    move = [_timed(partial(_moved, page, key)) for _ in range(scale.steps) for key in "jk"]
    again = [_timed(lambda: _decided(page)) for _ in range(scale.steps)]
    page.context.close()
    return Times(first, median(again), median(move))


def _open(page: Page, desk: Desk, meeting: str) -> None:
    page.goto(f"{desk.url}/review?m={meeting}")
    page.wait_for_selector(".lane .card .title strong")
    page.wait_for_selector(".player .turns li")


def _moved(page: Page, key: str) -> None:
    title = page.locator(".lane .card .title strong")
    before = title.text_content()
    page.keyboard.press(key)
    while title.text_content() == before:
        pass


def _decided(page: Page) -> None:
    saved = page.locator(_SAVED)
    saved.evaluate("(one) => { one.textContent = ''; }")
    page.keyboard.press("n")
    while not saved.text_content():
        time.sleep(0.005)


def _per_viewer(opened: Browser, desk: Desk, meeting: str, viewers: int) -> float:
    """Megabytes of the server's memory for each viewer after the first ones."""
    before, pages = desk.memory_kb(), []
    for _ in range(viewers):
        pages.append(_page(opened))
        _open(pages[-1], desk, meeting)
        settled(pages[-1])
    grown = (desk.memory_kb() - before) / 1024 / viewers
    for page in pages:
        page.context.close()
    return max(0.0, grown)


def _sound(opened: Browser, desk: Desk, meeting: str) -> Sound:
    page, sent = _page(opened), [0]

    def count(frame: str | bytes) -> None:
        sent[0] += len(frame)

    page.add_init_script(f"({LISTEN})()")
    page.on("websocket", lambda socket: socket.on("framesent", count))
    _open(page, desk, meeting)
    settled(page)
    page.wait_for_function(LOADED)
    page.wait_for_timeout(500)
    before = sent[0]
    page.locator(".lane .card .evidence button").first.click()
    page.wait_for_function(SOUNDS)
    ms = float(page.evaluate("() => window.heard.playing - window.heard.clicked"))
    page.context.close()
    return Sound(ms, sent[0] - before)


def _heard(sounds: Sequence[Sound]) -> bool:
    met = (
        _mark("click on a quote, ms until sound", median(one.ms for one in sounds), SOUND_MS),
        _mark("bytes sent to the server for it", max(one.sent for one in sounds), 0),
    )
    return all(met)


def _page(opened: Browser) -> Page:
    page = opened.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    return page


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _mark(what: str, value: float, most: float) -> bool:
    met = value <= most
    _say(f"{'met   ' if met else 'MISSED'}  {what:<34}{value:>9.2f}  mark {most:g}")
    return met


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
