"""Every page is usable by whoever does not see it, sees little, or has no mouse: axe-core says so.

It is put into the page from outside, past the policy that lets no script of others in.
"""

from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

from evals.bench import desk_calls as calls
from evals.bench.desk import settled

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
LISTS = ("", "upload", "project", "settings")
PAGES = ("review", "specs", "unsaid", "export", "audit", "model", "join")
LOOKS = {"zh": "light", "en": "dark"}
"""Colours differ by the look and names by the language: each of them once."""
KNOWN: dict[str, str] = {}
"""Rules that Streamlit itself breaks, each with what every selector of it holds."""
STILL = "() => !document.getAnimations().some((one) => one instanceof CSSTransition)"
"""What fades in has no colour of its own yet."""
NAMED = """() => {
  const roots = [document];
  for (const root of roots) for (const one of root.querySelectorAll("*")) if (one.shadowRoot) roots.push(one.shadowRoot);
  const named = (one) => one.textContent.trim() || one.ariaLabel || one.title || one.getAttribute("aria-labelledby");
  return roots.every((root) => [...root.querySelectorAll("button")].every(named));
}"""
"""A button that was just drawn gets its words a moment later: they are drawn by themselves."""
DRAWN = {
    "review": ".lane .card .title, .player .turns li",
    "specs": ".specs .part",
    "export": "iframe.sheet",
}
TEXT = b"Sarah: good morning\nTom: we need the list of orders as a file"


@pytest.fixture(scope="module")
def spoken(house):
    return {
        language: calls.bundled(house, language, system=f"axe {language}", sound=True)
        for language in LOOKS
    }


@pytest.fixture(params=LOOKS)
def language(request):
    return request.param


@pytest.fixture
def eyes(visit, desk, language):
    return visit(desk, color_scheme=LOOKS[language])


@pytest.fixture
def reach(desk, eyes, spoken, language):
    """Go to a page about the call of this language."""

    def go(name):
        meeting = f"&m={spoken[language]}" if name in PAGES else ""
        eyes.goto(f"{desk.url}/{name}?lang={language}{meeting}")
        settled(eyes)
        eyes.wait_for_function(f"() => document.documentElement.lang.startsWith({language!r})")
        if name in DRAWN:
            eyes.locator(DRAWN[name]).first.wait_for()
        return eyes

    return go


def found(page):
    """What axe finds and nobody knew: rule, where, and what is wrong with it."""
    settled(page)
    with suppress(TimeoutError):  # whatever stays without a name is told by axe
        page.wait_for_function(NAMED)
    page.wait_for_function(STILL)
    return [
        (broken["id"], str(node["target"][-1]), node["failureSummary"].replace("\n", " "))
        for broken in Axe().run(page, options=OPTIONS).response["violations"]
        for node in broken["nodes"]
        if KNOWN.get(broken["id"], "nowhere") not in str(node["target"])
    ]


@pytest.mark.slow
def test_every_page(reach):
    told = {name: found(reach(name)) for name in (*LISTS, *PAGES)}
    assert {name: wrong for name, wrong in told.items() if wrong} == {}


@pytest.mark.slow
def test_the_lane_while_it_is_worked_with(reach):
    page = reach("review")
    told = {"fresh": found(page)}
    page.keyboard.press("x")
    page.locator(".lane .note input").wait_for()
    told["why not"] = found(page)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator(".lane .head input[type=checkbox]").check()
    told["all of them"] = found(page)
    page.locator(".player .turns li").nth(2).hover()
    page.locator(".player .pen").click()
    page.locator(".player .editor").wait_for()
    page.locator(".player .find").fill("e" if page.locator("html[lang=en]").count() else "导出")
    page.locator(".player .turns mark").first.wait_for()
    told["a turn put right, words found"] = found(page)
    page.locator(".player .find").fill("")
    page.locator(".player .namer").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("n")
    page.locator(".player .naming .new").wait_for()
    told["turns named, somebody new"] = found(page)
    assert {name: wrong for name, wrong in told.items() if wrong} == {}


@pytest.mark.slow
def test_how_far_to_trust_the_list(reach):
    page = reach("review")
    page.locator("[class*=st-key-trust-] p").first.wait_for()
    figures = page.locator("[class*=st-key-trust-] button")
    if figures.count():  # none where nobody measured the engine
        figures.first.click()
        page.locator("[data-testid=stPopoverBody] table").wait_for()
    assert found(page) == []


@pytest.mark.slow
def test_a_spec_while_it_is_worked_with(reach):
    page = reach("specs")
    page.locator(".specs .add").first.click()
    told = {"an entry added": found(page)}
    page.locator(".specs .bar [data-act=reject]").click()
    page.locator(".specs .note input").wait_for()
    told["why not"] = found(page)
    assert {name: wrong for name, wrong in told.items() if wrong} == {}


@pytest.mark.slow
def test_files_on_their_way_and_the_corner_open(reach, language):
    page = reach("upload")
    page.locator(".uploader input[type=file]").set_input_files(
        {"name": f"{language}.txt", "mimeType": "text/plain", "buffer": TEXT}
    )
    page.locator(".uploader .files .state.ok").wait_for()
    told = {"here": found(page)}
    page.route("**/api/upload**", lambda route: route.abort("connectionreset"))
    page.locator(".uploader input[type=file]").set_input_files(
        {"name": "lost.txt", "mimeType": "text/plain", "buffer": TEXT}
    )
    page.locator(".uploader .files li", has_text="lost.txt").locator(".state.warn").wait_for()
    settled(page)
    page.locator(".st-key-who button").first.click()
    page.locator("[data-testid=stPopoverBody]").wait_for()
    told["lost, and the corner open"] = found(page)
    page.unroute_all(behavior="ignoreErrors")
    assert {name: wrong for name, wrong in told.items() if wrong} == {}
