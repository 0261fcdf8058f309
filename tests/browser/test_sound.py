"""A quote sounds when it is clicked, from what the browser has."""

import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk_sound import LISTEN, LOADED, SOUNDS

NOW = """() => {
  const one = window.heard.players.at(-1);
  return { at: one.currentTime, paused: one.paused, ms: window.heard.playing - window.heard.clicked };
}"""


@pytest.fixture(scope="module")
def with_sound(house):
    return calls.bundled(house, "zh", system="有录音的系统", sound=True)


def test_a_click_on_a_quote_sounds_within_300_ms_without_asking_the_server(
    visit, lane_of, with_sound, record_of, record_property
):
    page, sent = visit(own=True), []
    page.add_init_script(f"({LISTEN})()")
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    lane = lane_of(page).open(with_sound)
    quote = next(one for one in record_of(with_sound).item(lane.id).evidence if one.segments)
    assert quote.start > 2, "a quote at the very start would prove nothing"
    page.wait_for_function(LOADED)
    page.wait_for_timeout(300)
    before = len(sent)
    page.locator(".lane .card .evidence button").first.click()
    page.wait_for_function(SOUNDS, timeout=3000)
    heard, asked = page.evaluate(NOW), sent[before:]
    assert asked == []
    assert not heard["paused"]
    assert heard["at"] == pytest.approx(quote.start, abs=1.5)
    record_property("ms", round(heard["ms"]))
    assert heard["ms"] <= 1500


def test_a_recording_that_is_being_made_ready_says_so_and_then_plays(visit, lane_of, with_sound):
    page, asked = visit(own=True), []
    page.add_init_script(f"({LISTEN})()")

    def not_yet(route):
        asked.append(route.request.method)
        if len(asked) < 4:
            route.fulfill(status=202, headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/api/audio/**", not_yet)
    lane_of(page).open(with_sound)
    page.locator(".player .say:not([hidden])", has_text="正在把录音转成").wait_for()
    page.locator(".player .say").wait_for(state="hidden")
    page.locator(".lane .card .evidence button").first.click()
    page.wait_for_function(SOUNDS)
