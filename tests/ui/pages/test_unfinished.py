"""A meeting that lacks something says so: what, why, and how to go on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline import bootstrap
from pipeline.jobs import states
from pipeline.models.job import Failure, Hearing, Progress, StageKey, Worker
from pipeline.models.transcript import BREAKS_OFF, Dropped
from pipeline.record import now
from pipeline.service import jobs, meetings
from pipeline.service.intake import Intake
from pipeline.words.loader import say
from tests.ui.pages.conftest import ME
from ui.how_far import how_far
from ui.words.loader import tin

Open = Callable[..., AppTest]
WHY = "A1 has no spec: the budget is used up ![x](http://example.invalid/x.png)"


def texts(app: AppTest) -> str:
    kinds = (app.text, app.caption, app.info, app.warning, app.error)
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")


def lacking(desk: Any, *lines: str) -> None:
    """The draft as a run leaves it that could not write any spec."""
    store = desk.house.tools.store
    draft = store.draft_minutes(desk.meeting)
    asks = tuple(one.with_(spec=None) for one in draft.asks)
    store.save_minutes(draft.with_(status="partial", missing=lines, asks=asks))


def without_specs(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that has no spec of any meeting, and asks that name none."""
    store = type(desk.house.tools.store)
    minutes = store.minutes

    def bare(self: Any, meeting: str) -> Any:
        found = minutes(self, meeting)
        return found and found.with_(asks=tuple(one.with_(spec=None) for one in found.asks))

    monkeypatch.setattr(store, "specs", lambda self, meeting: ())
    monkeypatch.setattr(store, "minutes", bare)


def test_asks_without_a_spec_are_counted_with_the_reason_and_the_way_on(
    desk: Any, open_page: Open, language: str, monkeypatch: pytest.MonkeyPatch
):
    lacking(desk, WHY)
    without_specs(desk, monkeypatch)
    app = open_page("specs", m=desk.meeting)
    assert not app.exception
    said = texts(app)
    live = [one.id for one in desk.view.minutes.asks if one.status == "live"]
    comma = tin(language, "desk.specs.comma")
    told = tin(language, "desk.unfinished.no_specs", count=len(live), asks=comma.join(live))
    assert told in said
    assert WHY in said
    assert tin(language, "desk.unfinished.how") in said
    assert tin(language, "desk.specs.none") not in said
    next(one for one in app.button if str(one.key).startswith("begin-")).click().run()
    assert desk.house.tools.store.job(desk.meeting).state == "queued"
    assert tin(language, "desk.unfinished.under_way") in texts(app)


@pytest.mark.parametrize("name", ["review", "specs"])
def test_what_the_file_itself_lacks_is_not_offered_to_be_worked_on_again(
    desk: Any, open_page: Open, language: str, name: str, monkeypatch: pytest.MonkeyPatch
):
    cut = Dropped(start=61.0, text="", reason=BREAKS_OFF)
    store = type(desk.house.tools.store)
    words = store.transcript
    monkeypatch.setattr(store, "transcript", lambda *given: words(*given).with_(dropped=(cut,)))
    minutes = desk.view.minutes
    line = say("stage.breaks_off", minutes.language, minutes=1, seconds=1)
    desk.house.tools.store.save_minutes(minutes.with_(status="partial", missing=(line,)))
    app = open_page(name, m=desk.meeting)
    assert not app.exception
    assert tin(language, "desk.unfinished.source", count=1) in texts(app)
    assert line in [one.value for one in app.text]
    assert tin(language, "desk.unfinished.how") not in texts(app)
    assert not [one for one in app.button if str(one.key).startswith("begin-")]


@pytest.mark.parametrize("name", ["review", "specs"])
def test_minutes_with_gaps_say_so_on_their_pages(
    desk: Any, open_page: Open, language: str, name: str
):
    lacking(desk, WHY)
    app = open_page(name, m=desk.meeting)
    assert not app.exception
    assert tin(language, "desk.unfinished.partial", count=1) in texts(app)
    assert WHY in [one.value for one in app.text]


def test_many_lines_of_what_is_missing_are_folded(desk: Any, open_page: Open):
    lines = [f"{WHY} {number}" for number in range(5)]
    lacking(desk, *lines)
    app = open_page("review", m=desk.meeting)
    (fold,) = [one for one in app.expander if one.label == "What is missing (5)"]
    assert fold.text[0].value == "\n".join(lines)


def test_whole_minutes_say_nothing_of_it(desk: Any, open_page: Open):
    for name in ("review", "specs", "meetings"):
        assert "ot complete" not in texts(open_page(name, m=desk.meeting))


def test_the_list_marks_minutes_with_gaps(desk: Any, open_page: Open, language: str):
    lacking(desk, WHY)
    app = open_page("meetings")
    assert "!" in [one.value for one in app.text]
    assert tin(language, "desk.meetings.partial", state="") in texts(app)


def read_only(desk: Any, folder: Path) -> str:
    """A meeting whose words are there and nothing else, as after a wrong key."""
    call = folder / "other.txt"
    call.write_text("王敏: 我们要报表。\n陈立: 好的。\n", encoding="utf-8")
    uid = meetings.add(ME, desk.house, call, Intake(title="报表")).uid
    meetings.transcribe(ME, desk.house, uid, lambda progress: None)
    return str(uid)


def test_a_call_that_was_read_and_not_worked_out_says_so_and_can_be_begun(
    desk: Any, open_page: Open, language: str, tmp_path: Path
):
    uid = read_only(desk, tmp_path)
    assert tin(language, "desk.meetings.read") in texts(open_page("meetings"))
    for name in ("review", "specs"):
        said = texts(open_page(name, m=uid))
        assert tin(language, "desk.unfinished.read") in said
        assert "dragoman up" in said
        assert tin(language, f"desk.{name}.not_yet") not in said
    app = open_page("specs", m=uid)
    next(one for one in app.button if str(one.key).startswith("begin-")).click().run()
    assert desk.house.tools.store.job(uid).state == "queued"
    assert tin(language, "desk.specs.not_yet") in texts(app)


def test_the_cause_of_a_stop_stands_in_the_list_whole_and_to_the_letter(
    desk: Any, open_page: Open, tmp_path: Path
):
    call = tmp_path / "other.txt"
    call.write_text("王敏: 我们要报表。\n", encoding="utf-8")
    uid = jobs.submit(ME, desk.house, call, Intake(title="报表")).meeting.uid
    store = desk.house.tools.store
    url = "http://models.example.invalid/v1"
    why = Failure(code="model_unreachable", params={"url": url, "detail": "refused"})
    store.save_job(store.job(uid).with_(state="failed", failure=why))
    app = open_page("meetings")
    assert not app.exception
    assert [one.value for one in app.text if url in one.value and "refused" in one.value]
    assert not [one.value for one in app.caption if "models" in one.value]


def half_heard(desk: Any) -> str:
    """A recording that a worker has heard seven minutes of an hour of, at six times its speed."""
    call = bootstrap.demo_call("zh").recording
    uid = jobs.submit(ME, desk.house, call, Intake(title="录音")).meeting.uid
    key = StageKey(stage="transcribe", input_digest="a", engine="script")
    hearing = Hearing(key=key, lines=2, pieces=4, heard=500, speed=6.2, left=480)
    going = Progress(stage="transcribe", state="going", done=420, total=3600, hearing=hearing)
    store, at = desk.house.tools.store, "2026-03-18T06:00:00.000Z"
    worker = Worker(name="w1", host="h", pid=1, started_at=at, seen_at=now(), every=60)
    store.save_worker(worker)
    store.save_job(states.advanced(states.begun(store.job(uid), "w1", at), going, at))
    return str(uid)


def test_a_recording_that_is_being_heard_says_how_far_it_is_wherever_it_is_shown(
    desk: Any, open_page: Open, language: str
):
    uid = half_heard(desk)
    told = how_far(420, 3600, desk.house.tools.store.job(uid).hearing, partial(tin, language))
    assert "07:00" in told
    for page in ("meetings", "review", "specs"):
        app = open_page(page, m=uid)
        assert not app.exception
        assert told in [one.value for one in app.text], page


def test_a_hearing_that_stopped_half_way_does_not_say_that_nothing_was_heard(
    desk: Any, open_page: Open, language: str
):
    uid = half_heard(desk)
    jobs.cancel(ME, desk.house, uid)
    said = texts(open_page("review", m=uid))
    assert tin(language, "desk.unfinished.begun") in said
    assert tin(language, "desk.unfinished.unheard") not in said
    again = jobs.retry(ME, desk.house, uid)
    assert (again.state, again.done) == ("queued", 420)
    assert tin(language, "desk.upload.waiting") in texts(open_page("review", m=uid))


def test_a_recording_in_which_nobody_speaks_is_not_said_to_be_heard_in_part(
    desk: Any, open_page: Open, language: str
):
    uid, store = half_heard(desk), desk.house.tools.store
    job = store.job(uid)
    why = Failure(code="no_speech", params={"file": "a.wav"})
    store.save_job(job.with_(state="failed", failure=why, finished_at=now()))
    said = texts(open_page("review", m=uid))
    assert tin(language, "desk.unfinished.silent") in said
    assert tin(language, "desk.unfinished.begun") not in said
    assert "a.wav" in said
