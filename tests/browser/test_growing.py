"""A call that is being heard grows on its page, keeps the reader's place, and ends as minutes."""

import os
import subprocess
import sys

import pytest

from evals.bench import desk_calls as calls
from evals.bench.desk_sound import LISTEN, SOUNDS
from evals.bench.speech import looped
from pipeline import bootstrap
from pipeline.jobs import states
from pipeline.models.job import Hearing, Progress, StageKey, Worker
from pipeline.models.speech import HeardBatch, HeardSegment
from pipeline.record import now
from pipeline.service import jobs
from pipeline.service.intake import Intake

pytestmark = [pytest.mark.slow, pytest.mark.asr, pytest.mark.timeout(600)]
PLACE = """(box) => {
  const top = box.getBoundingClientRect().top;
  return [...box.children].find((line) => line.getBoundingClientRect().bottom > top).textContent;
}"""


MARK = "(box) => { for (const one of box.children) one.marked = true; return box.children.length; }"
MARKED = "(box) => [...box.children].filter((one) => one.marked).length"
KEY = StageKey(stage="transcribe", input_digest="a", engine="script")


def keep(house, meeting, first, last):
    """As a worker does that heard these turns, two seconds each."""
    store = house.tools.store
    turns = tuple(
        HeardSegment(start=2.0 * at, end=2.0 * at + 1, text=f"第 {at} 句话。", channel=0)
        for at in range(first, last)
    )
    batch = HeardBatch(
        key=f"0:{first}", channel=0, start=2.0 * first, end=2.0 * last, segments=turns
    )
    store.save_batch(meeting, KEY, batch)
    hearing = Hearing(key=KEY, pieces=1, heard=batch.end)
    going = Progress(stage="transcribe", state="going", done=batch.end, total=9000, hearing=hearing)
    at = now()
    job = states.begun(store.job(meeting), "nobody", at)
    store.save_job(states.advanced(job, going, at))


@pytest.fixture
def being_heard(house, home, tmp_path):
    """A recording of seven minutes in the queue, and what begins to hear it."""
    demo = bootstrap.demo_call("zh")
    project = demo.project.with_(system="边听边看")
    said = Intake(project=project, title="边听边看", date=demo.date, languages=("zh",))
    call = looped(tmp_path / "long.ogg", 7)
    meeting = jobs.submit(calls.ME, house, call, said).meeting.uid
    begun = []

    def begin() -> None:
        command = [sys.executable, "-c", "from ui.cli.main import main; main()", "worker"]
        env = {**os.environ, "DRAGOMAN_HOME": str(home), "DRAGOMAN_SPEECH_MODEL": "demo"}
        env["DRAGOMAN_SPEECH_BATCH"] = "2"
        begun.append(subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL))

    yield meeting, begin
    for worker in begun:
        worker.kill()
        worker.wait()


def test_a_transcript_grows_by_itself_and_stops_when_all_is_heard(
    visit, desk, house, being_heard, until
):
    meeting, begin = being_heard
    page, asked = visit(own=True), []
    page.add_init_script(f"({LISTEN})()")
    page.on("request", lambda one: "/api/heard/" in one.url and asked.append(one.url))
    page.goto(f"{desk.url}/review?m={meeting}")
    page.get_by_text("排队中").wait_for()
    begin()
    lines, turns = page.locator(".growing .turns li"), page.locator(".growing .turns")
    lines.first.wait_for(timeout=120_000)
    assert "未完成" in page.locator(".growing .state").inner_text()
    many = turns.evaluate(MARK)
    until(lambda: lines.count() > many + 4, 120)
    assert turns.evaluate(MARKED) == many, "what stood there was drawn again"
    page.get_by_text("倍速").wait_for(timeout=60_000)

    lines.nth(2).locator("button.at").click()
    page.wait_for_function(SOUNDS)
    turns.hover()
    page.mouse.wheel(0, -4000)
    page.locator(".growing .newer:not([hidden])").wait_for(timeout=120_000)
    assert turns.evaluate(PLACE) == lines.first.inner_text().replace("\n", "")
    page.locator(".growing .newer").click()
    at_end = "(box) => box.scrollHeight - box.scrollTop - box.clientHeight < 4"
    until(lambda: turns.evaluate(at_end))

    page.locator(".lane .card .title").wait_for(timeout=300_000)
    page.locator(".growing").wait_for(state="detached")
    heard = house.tools.store.transcript(meeting)
    assert page.locator(".player .turns li").count() == len(heard.segments)
    until(lambda: house.tools.store.job(meeting).state == "succeeded", 120)
    page.wait_for_timeout(1000)
    before = len(asked)
    page.wait_for_timeout(5000)
    assert len(asked) == before, "nobody asks any more"


def test_before_the_first_words_the_page_says_that_the_model_is_being_loaded(visit, desk, house):
    """Held there, for a small model is loaded between two looks of the page."""
    demo = bootstrap.demo_call("zh")
    said = Intake(project=demo.project.with_(system="刚开始听"), title="刚开始听")
    meeting = jobs.submit(calls.ME, house, demo.recording, said).meeting.uid
    page = visit(own=True)
    page.goto(f"{desk.url}/review?m={meeting}")
    page.get_by_text("排队中").wait_for()
    store, at = house.tools.store, now()
    store.save_worker(
        Worker(name="nobody", host="here", pid=1, started_at=at, seen_at=at, every=60)
    )
    going = Progress(stage="transcribe", state="going", done=0, total=9000)
    store.save_job(states.advanced(states.begun(store.job(meeting), "nobody", at), going, at))
    page.get_by_text("正在载入语音模型").wait_for()
    jobs.cancel(calls.ME, house, meeting)
    store.forget_worker("nobody")


def test_two_thousand_turns_are_sent_once(visit, desk, house, until):
    """However long the call is by now: what is new is all that a look costs."""
    demo = bootstrap.demo_call("zh")
    said = Intake(project=demo.project.with_(system="两千句"), title="两千句")
    meeting = jobs.submit(calls.ME, house, demo.recording, said).meeting.uid
    keep(house, meeting, 0, 2000)
    page, sizes = visit(own=True), []
    page.on(
        "response",
        lambda one: "/api/heard/" in one.url and sizes.append(len(one.body())),
    )
    page.goto(f"{desk.url}/review?m={meeting}")
    lines = page.locator(".growing .turns li")
    until(lambda: lines.count() == 2000)
    keep(house, meeting, 2000, 2010)
    until(lambda: lines.count() == 2010)
    first, *later = [size for size in sizes if size]
    assert first > 100_000
    assert max(later) < 3000
    jobs.cancel(calls.ME, house, meeting)
    page.get_by_text("听到这里就停下了").wait_for()
