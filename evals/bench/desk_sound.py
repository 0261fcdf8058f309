"""What a click on a quote costs until it sounds."""

from typing import NamedTuple

from playwright.sync_api import Page

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


class Sound(NamedTuple):
    """What a click on a quote costs."""

    ms: float
    sent: int
    """Bytes sent to the server between the click and the sound."""


def listened(page: Page) -> list[int]:
    """Listen in a page that is not open yet; the number of bytes it sends from now on."""
    sent = [0]

    def count(frame: str | bytes) -> None:
        sent[0] += len(frame)

    page.add_init_script(f"({LISTEN})()")
    page.on("websocket", lambda socket: socket.on("framesent", count))
    return sent


def clicked(page: Page, sent: list[int]) -> Sound:
    """Click on the first quote."""
    page.wait_for_function(LOADED)
    page.wait_for_timeout(500)
    before = sent[0]
    page.locator(".lane .card .evidence button").first.click()
    page.wait_for_function(SOUNDS)
    ms = float(page.evaluate("() => window.heard.playing - window.heard.clicked"))
    return Sound(ms, sent[0] - before)
