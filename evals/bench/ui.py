"""How quick the desk is with a long call, against an empty page of the same server.

`python -m evals.bench.ui` makes a data folder with made-up calls, starts the real server on it
and drives it with the system's browser: everything is compared within one run, in alternating
rounds, by the median, after one visit to each that does not count. The empty page is Streamlit's own with one button and lies only here.

The marks, and why:

- 2.5 times an empty page's first load until the lane of a call of 2,000 turns can be used: what
  is more is felt as waiting.
- 2.5 times an empty page's rerun until a decision is answered as saved, in the minutes lane of
  that call and in the specs lane of one with some forty specs, and for J and K. They are drawn in
  the browser before any answer comes, so this bounds what the server does for them.
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
from evals.bench.desk_parts import WATCH, Parts, of_a_decision
from evals.bench.desk_sound import Sound, clicked, listened

RATIO, OPEN_S, MOVE_MS, VIEWER_MB, SOUND_MS = 2.5, 15.0, 1000.0, 2.0, 300.0
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


class Where(NamedTuple):
    """A page on which things are decided."""

    name: str
    title: str
    """What tells which of them is looked at."""
    saved: str


LANE = Where("review", ".lane .card .title strong", ".lane .saved")
SPECS = Where("specs", ".specs .top strong", ".specs .saved")


class Scale(NamedTuple):
    """How much is measured."""

    turns: int
    specified: int
    """Turns of the call that has specs."""
    most: int
    """Turns of the longest call."""
    rounds: int
    steps: int
    """Times that J and K are pressed, or the empty page runs again."""
    viewers: int


FULL = Scale(turns=2000, specified=300, most=6000, rounds=3, steps=10, viewers=10)
QUICK = Scale(turns=200, specified=100, most=400, rounds=1, steps=3, viewers=2)


class Times(NamedTuple):
    """Seconds of one page, each the median of its steps."""

    first: float
    again: float
    move: float = 0.0
    parts: Parts = Parts()


class Round(NamedTuple):
    """All pages once, one after the other."""

    empty: Times
    lane: Times
    specs: Times


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
    built = calls.made_up(house, folder, scale.specified, specs=True)
    spoken = calls.bundled(house, "zh", sound=True)
    script = folder / "empty.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    serve = _EMPTY.format(script=str(script)).replace("PORT", "{port}")
    with (
        Desk(folder / "home") as desk,
        Desk(folder / "home", serve=serve) as empty,
        browser() as opened,
    ):

        def once(scale: Scale) -> Round:
            return Round(
                _empty(opened, empty, scale),
                _decide(opened, desk, LANE, long, scale),
                _decide(opened, desk, SPECS, built, scale),
            )

        once(scale._replace(steps=1))
        rounds = [once(scale) for _ in range(scale.rounds)]
        far = _decide(opened, desk, LANE, longest, scale._replace(steps=3))
        viewer = _per_viewer(opened, desk, long, scale.viewers)
        sounds = [_sound(opened, desk, spoken) for _ in range(scale.rounds)]
    return _told(scale, rounds, far, viewer) & _heard(sounds)


def _told(scale: Scale, rounds: Sequence[Round], far: Times, viewer: float) -> bool:
    _say(f"{'page':<18}{'first s':>10}{'again ms':>10}{'J, K ms':>10}")
    pages = {
        "empty": [one.empty for one in rounds],
        f"{scale.turns} turns": [one.lane for one in rounds],
        f"{scale.specified} turns, specs": [one.specs for one in rounds],
        f"{scale.most} turns": [far],
    }
    for name, times in pages.items():
        first, again, move = (median(of) for of in list(zip(*times, strict=True))[:3])
        _say(f"{name:<18}{first:>10.2f}{again * 1000:>10.0f}{move * 1000:>10.1f}")
    _say("")
    _say(f"{'parts of a decision':<22}{'shown':>8}{'sent':>8}{'answer':>8}{'drawn':>8}{'KB':>8}")
    for name, times in list(pages.items())[1:]:
        shown, sent, answer, drawn, size = (
            median(of) for of in zip(*(one.parts for one in times), strict=True)
        )
        _say(f"{name:<22}{shown:>8.0f}{sent:>8.0f}{answer:>8.0f}{drawn:>8.0f}{size / 1024:>8.0f}")
    _say("")
    met = (
        _mark("first load / empty", _ratio(rounds, lambda one: one.first), RATIO),
        _mark("decision saved / empty rerun", _ratio(rounds, lambda one: one.again), RATIO),
        _mark(
            "decision on a spec / empty rerun",
            median(one.specs.again / one.empty.again for one in rounds),
            RATIO,
        ),
        _mark(
            "J, K / empty rerun", median(one.lane.move / one.empty.again for one in rounds), RATIO
        ),
        _mark(f"{scale.most} turns open, s", far.first, OPEN_S),
        _mark(f"{scale.most} turns, J and K, ms", far.move * 1000, MOVE_MS),
        _mark("MB per further viewer", viewer, VIEWER_MB),
    )
    return all(met)


def _ratio(rounds: Sequence[Round], of: Callable[[Times], float]) -> float:
    return median(of(one.lane) / of(one.empty) for one in rounds)


def _empty(opened: Browser, desk: Desk, scale: Scale) -> Times:
    page = _page(opened)
    first = _timed(lambda: (page.goto(desk.url), page.wait_for_selector("text=run 1")))
    again = [_timed(partial(_ran, page, step + 2)) for step in range(scale.steps)]
    page.context.close()
    return Times(first, median(again))


def _ran(page: Page, number: int) -> None:
    page.locator(".st-key-again button").evaluate("(one) => one.click()")
    page.wait_for_selector(f"text=run {number}")


def _decide(opened: Browser, desk: Desk, where: Where, meeting: str, scale: Scale) -> Times:
    page = _page(opened)
    page.add_init_script(f"({WATCH})()")
    first = _timed(lambda: _open(page, desk, where, meeting))
    settled(page)
    move = [_timed(partial(_moved, page, where, key)) for _ in range(scale.steps) for key in "jk"]
    again, parts = [], []
    for _ in range(scale.steps):
        again.append(_timed(lambda: _decided(page, where)))
        parts.append(of_a_decision(page))
    page.context.close()
    return Times(first, median(again), median(move), Parts(*map(median, zip(*parts, strict=True))))


def _open(page: Page, desk: Desk, where: Where, meeting: str) -> None:
    page.goto(f"{desk.url}/{where.name}?m={meeting}")
    page.wait_for_selector(where.title)
    page.wait_for_selector(".player .turns li", state="attached")


def _moved(page: Page, where: Where, key: str) -> None:
    title = page.locator(where.title)
    before = title.text_content()
    page.keyboard.press(key)
    while title.text_content() == before:
        pass


def _decided(page: Page, where: Where) -> None:
    saved = page.locator(where.saved)
    saved.evaluate("(one) => { one.textContent = ''; window.steps = []; }")
    page.keyboard.press("n")
    while not saved.text_content():
        time.sleep(0.005)


def _per_viewer(opened: Browser, desk: Desk, meeting: str, viewers: int) -> float:
    """Megabytes of the server's memory for each viewer after the first ones."""
    before, pages = desk.memory_kb(), []
    for _ in range(viewers):
        pages.append(_page(opened))
        _open(pages[-1], desk, LANE, meeting)
        settled(pages[-1])
    grown = (desk.memory_kb() - before) / 1024 / viewers
    for page in pages:
        page.context.close()
    return max(0.0, grown)


def _sound(opened: Browser, desk: Desk, meeting: str) -> Sound:
    page = _page(opened)
    sent = listened(page)
    _open(page, desk, LANE, meeting)
    settled(page)
    found = clicked(page, sent)
    page.context.close()
    return found


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
