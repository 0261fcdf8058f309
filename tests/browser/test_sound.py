"""A quote sounds when it is clicked, from what the browser has."""

import numpy as np
import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk_sound import LISTEN, LOADED, SOUNDS
from pipeline.demo.calls import demo_folder
from pipeline.engines.speech.sound import Reel
from tests.integration.speech.recorders import record

pytestmark = pytest.mark.slow

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


PLAYED = """async () => {
  const one = window.heard.players.at(-1);
  const sent = await (await fetch(one.src)).arrayBuffer();
  const sound = await new AudioContext({ sampleRate: 16000 }).decodeAudioData(sent);
  const loud = (line, from) => {
    const part = sound.getChannelData(line).subarray(from * 16000, (from + 2) * 16000);
    return Math.sqrt(part.reduce((sum, one) => sum + one * one, 0) / part.length);
  };
  return {
    at: one.currentTime, duration: one.duration, seekable: one.seekable.end(0),
    lines: [0, 1].map((line) => [20, 90, 150].map((from) => loud(line, from))),
  };
}"""
"""Where the page plays, and how loud each line is at three places of what it was sent."""


@pytest.fixture(scope="module")
def of_three_tracks(house, tmp_path_factory):
    """The same call as a screen recorder writes it; browsers would play its silent first track."""
    file = demo_folder() / "zh" / "call.opus"
    call = np.concatenate(list(Reel(file, channels=2).blocks()), axis=1)
    tracks = [0 * call[:1], call[:1], call[1:]]
    path = record(tmp_path_factory.mktemp("screen") / "call.mkv", tracks, codec="flac", rate=16_000)
    return calls.bundled(house, "zh", system="录屏的系统", recording=path), call


def test_a_recording_of_several_tracks_is_played_from_what_was_heard_and_can_be_sought(
    visit, lane_of, of_three_tracks, record_of
):
    meeting, call = of_three_tracks
    page, parts = visit(own=True), []
    page.add_init_script(f"({LISTEN})()")
    page.on(
        "response",
        lambda answer: parts.append(answer.status) if "/api/audio/" in answer.url else None,
    )
    lane = lane_of(page).open(meeting)
    quote = next(one for one in record_of(meeting).item(lane.id).evidence if one.segments)
    page.wait_for_function(LOADED, timeout=60_000)
    page.locator(".lane .card .evidence button").first.click()
    page.wait_for_function(SOUNDS)
    played = page.evaluate(PLAYED)
    assert 202 in parts
    assert 206 in parts
    assert played["at"] == pytest.approx(quote.start, abs=1.5)
    assert played["duration"] == pytest.approx(call.shape[1] / 16_000, abs=0.3)
    assert played["seekable"] == pytest.approx(played["duration"], abs=0.1)
    for line, levels in zip(call, played["lines"], strict=True):
        said = [
            np.sqrt(np.square(line[at * 16_000 : (at + 2) * 16_000]).mean()) for at in (20, 90, 150)
        ]
        assert levels == pytest.approx(said, rel=0.1, abs=0.003)
