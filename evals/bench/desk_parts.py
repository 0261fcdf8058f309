"""Where the time of one decision goes, as the browser sees it."""

from typing import NamedTuple

from playwright.sync_api import Page

WATCH = """() => {
  window.steps = [];
  const note = (what, size) => window.steps.push([what, performance.now(), size || 0]);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) { note("sent"); return send.call(this, data); };
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => note("came", data.byteLength ?? data.size ?? data.length));
    }
  };
  addEventListener("keydown", () => {
    note("pressed");
    setTimeout(() => note("shown"), 0);
  }, true);
  document.addEventListener("dragoman:drawn", () => note("drawn"));
}"""
"""Run in a page before its own scripts."""
_LARGE = 5000
"""Bytes of a message that holds what a page is drawn from."""


class Parts(NamedTuple):
    """Milliseconds from the key on, one after the other, and bytes of the answer."""

    shown: float = 0.0
    """Until the page shows it as done."""
    sent: float = 0.0
    answer: float = 0.0
    """From the sending until what the page is drawn from has come back."""
    drawn: float = 0.0
    """From then until it is drawn."""
    size: float = 0.0


def of_a_decision(page: Page) -> Parts:
    """The parts of the decision that was made last in a page; its key was the first event."""
    steps = page.evaluate("() => window.steps")
    pressed, shown = (_first(steps, what) for what in ("pressed", "shown"))
    sent = next(at for what, at, _ in steps if what == "sent" and at > pressed)
    came, size = next((at, size) for what, at, size in steps if what == "came" and size > _LARGE)
    drawn = next((at for what, at, _ in steps if what == "drawn" and at > came), came)
    return Parts(shown - pressed, sent - shown, came - sent, drawn - came, size)


def _first(steps: list[tuple[str, float, float]], wanted: str) -> float:
    return next(at for what, at, _ in steps if what == wanted)
