"""The desk on a tablet, held upright and on its side: everything by finger, nothing out of reach."""

import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk import settled
from evals.bench.desk_sound import LISTEN, LOADED, SOUNDS

TABLETS = {"on its side": (1024, 768), "upright": (820, 1180)}
LEAST = 32
"""Pixels of what a finger has to hit."""
SAID = "导出要带上下单时间"
HEARD_ANEW = "按筛选条件导出就行"
ADDRESSES = (
    "",
    "upload",
    "project",
    "settings",
    "review",
    "specs",
    "unsaid",
    "export",
    "audit",
    "model",
    "join",
)
OVERHANGS = "() => [document.documentElement, document.querySelector('.stMain')].some((one) => one.scrollWidth > one.clientWidth)"
OUT_OF_SIGHT = """() => {
  const bad = [], wide = document.documentElement.clientWidth;
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) walk(one.shadowRoot);
      const place = one.getBoundingClientRect();
      if (place.width && place.height && (place.left < -1 || place.right > wide + 1)) bad.push(one.outerHTML.slice(0, 120));
    }
  };
  walk(document);
  return bad;
}"""
SMALL = """(least) => {
  // A mark of the picture leads where its line in the list does; Streamlit's own parts of a field
  // lie inside one that is large enough.
  const skip = ".mark, [data-testid=stSkipToContent], [role=combobox], [type=file], [type=hidden], .stDateInput *, .stSelectbox *, .stMultiSelect *, .stTextInput *";
  const bad = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll("button, a[href], input, select, textarea, summary, li[tabindex]")) {
      if (one.matches(skip)) continue;
      const box = (["checkbox", "radio"].includes(one.type) && one.closest("label")) || one, place = box.getBoundingClientRect();
      if (place.width && place.height && Math.min(place.width, place.height) < least - 0.5) bad.push(`${Math.round(place.width)} x ${Math.round(place.height)} ${one.outerHTML.slice(0, 120)}`);
    }
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) walk(one.shadowRoot);
  };
  walk(document);
  return bad;
}"""


@pytest.fixture(params=TABLETS)
def page(request, visit):
    width, height = TABLETS[request.param]
    opened = visit(has_touch=True, is_mobile=True, viewport={"width": width, "height": height})
    opened.add_init_script(f"({LISTEN})()")
    return opened


@pytest.fixture
def spoken(house, request):
    return calls.bundled(house, "zh", system=f"平板 {request.node.name}", sound=True)


@pytest.mark.slow
def test_every_page_fits_a_tablet_and_its_fingers(page, desk, spoken):
    told = {}
    for name in ADDRESSES:
        page.goto(f"{desk.url}/{name}" + (f"?m={spoken}" if name in ADDRESSES[4:] else ""))
        settled(page)
        if name in ("review", "specs"):
            page.locator(".lane .card .title strong, .specs .part").first.wait_for()
        told[name] = faults(page)
    assert {name: one for name, one in told.items() if any(one)} == {}


def faults(page):
    """What is cut off or too small for a finger, once the page has come to rest."""
    for _ in range(20):
        found = (
            page.evaluate(OUT_OF_SIGHT),
            page.evaluate(SMALL, LEAST),
            page.evaluate(OVERHANGS),
        )
        if not any(found):
            break
        page.wait_for_timeout(250)
    return found


@pytest.mark.slow
def test_minutes_are_reviewed_by_finger(page, lane_of, record_of, spoken, until):
    lane, record = lane_of(page).open(spoken), record_of(spoken)
    page.wait_for_function(LOADED)
    page.locator(".lane .card .evidence button").first.tap()
    page.wait_for_function(SOUNDS)

    track = page.locator(".player .track").first
    track.tap(position={"x": track.bounding_box()["width"] / 2, "y": 10})
    page.wait_for_function(
        "() => { const one = window.heard.players.at(-1); return Math.abs(one.currentTime / one.duration - 0.5) < 0.1; }"
    )
    page.locator(".player .go").tap()

    first = lane.id
    lane.text.tap()
    lane.text.fill(SAID)
    lane.act("approve").tap()
    until(lambda: record.item(first).review == "approved")
    assert record.item(first).text == SAID
    lane.rows.nth(2).tap()
    until(lambda: lane.rows.nth(2).get_attribute("aria-current") == "true")

    turn = page.locator(".player .turns li.shown").first
    turn.tap()
    turn.locator(".pen").tap()
    assert page.evaluate(SMALL, LEAST) == []
    page.locator(".player .edit-text").fill(HEARD_ANEW)
    page.locator(".player .keep").tap()
    until(lambda: any(one.text == HEARD_ANEW for one in record.view().transcript.segments))


@pytest.mark.slow
def test_a_spec_is_answered_by_finger(page, desk, record_of, spoken, until):
    record = record_of(spoken)
    spec, asked = next(
        (spec, one)
        for spec in record.view().specs
        for one in spec.open_questions
        if one.blocking and one.options
    )
    page.goto(f"{desk.url}/specs?m={spoken}")
    page.locator(".specs .all li", has_text=spec.id).first.tap()
    question = page.locator(".specs .question", has=page.locator(".ref", has_text=asked.id)).first
    question.locator(".answers button").first.tap()
    until(lambda: len(record.done()) == 1)
    page.locator(".specs .said .link").first.tap()
    page.locator(".specs .bar [data-act=approve]").tap()
    until(lambda: [one for one, _ in record.done()] == ["answer", "approve"])
    unseen = page.locator(".specs .quiet").first
    until(lambda: unseen.evaluate("(one) => getComputedStyle(one).opacity") == "1")
