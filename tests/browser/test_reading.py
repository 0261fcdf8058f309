"""What a page says, and to whom it is readable."""

import re

import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk import Desk, settled

JARGON = re.compile(
    r"\b(?:slots?|weak|segments?|workflows?|hash(?:es)?|uid|ulid|payload|null|undefined|NaN"
    r"|None|transcript_version|not_for|needs_client|dbos|sqlite|traceback)\b|\{\w+\}|\[object",
    re.IGNORECASE,
)
"""Words of ours, and what a sentence looks like that was not filled in."""
PAGES = ("", "upload", "project", "settings", "review", "specs", "unsaid", "export", "audit")
UNNAMED = """() => {
  const bad = [];
  const name = (one) => one.getAttribute("aria-label") || one.getAttribute("aria-labelledby")
    || one.title || one.textContent.trim() || [...(one.labels || [])].map((each) => each.textContent.trim()).join("");
  const walk = (root) => {
    for (const one of root.querySelectorAll("button, a[href], input, select, textarea, img, [role=button]")) {
      // Nobody reaches what has no place in the order, such as a picker's own hidden field.
      if (one.type === "hidden" || one.closest("[hidden]") || (one.tagName === "INPUT" && one.tabIndex < 0)) continue;
      if (one.tagName === "IMG" ? !one.hasAttribute("alt") : !name(one)) bad.push(one.outerHTML.slice(0, 160));
    }
    for (const one of root.querySelectorAll("[tabindex]")) if (one.tabIndex > 0) bad.push("tabindex " + one.outerHTML.slice(0, 160));
    for (const one of root.querySelectorAll("[role=list]")) if (!one.querySelector("[role=listitem], li")) bad.push("list " + one.outerHTML.slice(0, 80));
    const ids = [...root.querySelectorAll("[id]")].map((one) => one.id);
    for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) bad.push("id twice: " + id);
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) walk(one.shadowRoot);
  };
  walk(document);
  return bad;
}"""
CONTRAST = """() => {
  const bad = new Map();
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const up = (one) => one.parentElement || (one.getRootNode() instanceof ShadowRoot ? one.getRootNode().host : null);
  const behind = (one) => {
    for (let at = one; at; at = up(at)) { const c = rgba(getComputedStyle(at).backgroundColor); if (c[3] > 200) return c; }
    return [255, 255, 255, 255];
  };
  const walk = (root) => {
    for (const one of root.querySelectorAll(".dm *")) {
      const own = [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
      if (!own && !["INPUT", "TEXTAREA", "SELECT"].includes(one.tagName)) continue;
      if (one.disabled || one.closest("[disabled]") || !one.getClientRects().length) continue;
      const style = getComputedStyle(one), a = light(rgba(style.color)), b = light(behind(one));
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const bold = Number(style.fontWeight) >= 700, large = parseFloat(style.fontSize) >= (bold ? 18.7 : 24);
      if (ratio < (large ? 3 : 4.5)) bad.set(`${one.tagName}.${one.className}`, ratio.toFixed(2));
    }
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) walk(one.shadowRoot);
  };
  walk(document);
  return Object.fromEntries(bad);
}"""


def addresses(meeting):
    return [name if name in PAGES[:4] else f"{name}?m={meeting}" for name in PAGES]


def spoken(address, text):
    """The jargon of a page. Settings show the database's address as it is written, and "none"."""
    allowed = {"sqlite", "none"} if address == "settings" else set()
    return [word for word in JARGON.findall(text) if word not in allowed]


@pytest.fixture(scope="module")
def english(house):
    return calls.bundled(house, "en")


def test_every_page_is_plain_and_every_control_has_a_name(page, desk, meeting, texts):
    jargon, unnamed = {}, {}
    for address in addresses(meeting):
        page.goto(f"{desk.url}/{address}")
        settled(page)
        jargon[address] = spoken(address, texts(page))
        unnamed[address] = page.evaluate(UNNAMED)
    assert {address: words for address, words in jargon.items() if words} == {}
    assert {address: controls for address, controls in unnamed.items() if controls} == {}


@pytest.mark.slow
def test_no_english_page_speaks_our_jargon(home, visit, english, texts):
    with Desk(home, language="en") as other:
        page = visit(other)
        found = {}
        for address in addresses(english):
            page.goto(f"{other.url}/{address}")
            settled(page)
            found[address] = spoken(address, texts(page))
        assert {address: words for address, words in found.items() if words} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_texts_stand_out_enough(visit, lane_of, meeting, scheme):
    lane = lane_of(visit(color_scheme=scheme)).open(meeting)
    lane.press("a")
    assert lane.page.evaluate(CONTRAST) == {}
    lane.press("x")
    assert lane.page.evaluate(CONTRAST) == {}
