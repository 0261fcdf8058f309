"""What would leave is what then leaves, to the letter; and a dry run leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.bench.scripted import said
from pipeline.models.actor import Actor
from pipeline.models.speech import AudioFacts
from pipeline.service import sending
from pipeline.service.intake import Intake
from tests.integration.llm.model import answering, site_of
from tests.integration.llm.terminal import Terminal
from tests.integration.llm.test_whole_way import ANSWERS
from tests.integration.test_run import FakeTranscriber

ME = Actor(id="t", name="Tester", via="test")
PHONE = "13812345678"


def written(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "would-send.json").read_text(encoding="utf-8"))


def sent(server, count: int) -> list[dict[str, Any]]:
    """The first requests; those that go out together in the order of their sites."""
    return sorted(server.asked[:count], key=site_of)


def test_a_dry_run_asks_nothing_and_says_what_it_would(terminal: Terminal, server):
    code, out, err = terminal("process", terminal.call, "--engine", "llm", "--dry-run")
    assert (code, server.asked, server.headers) == (0, [], []), err
    assert server.url.split("/")[2] in out
    assert "First, 2 questions" in out
    assert f"⟦PHONE_1⟧ = {PHONE}" in out
    assert "sk-1" not in out + err


@pytest.mark.slow
def test_a_dry_run_names_the_proxy_on_the_way(terminal: Terminal, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/v1").replace("127", "me:pw22@127"))
    for name in ("NO_PROXY", "no_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    proxy = server.url.split("/")[2]
    asked = ("process", terminal.call, "--engine", "llm", "--dry-run")
    _, out, err = terminal(*asked, model_url="http://model.example/v1")
    assert f"model.example, through the proxy {proxy}" in out
    assert "pw22" not in out + err
    assert "through the proxy" not in terminal(*asked)[1]
    assert server.asked == []


@pytest.mark.slow
def test_what_it_shows_is_what_a_run_then_sends(terminal: Terminal, server):
    folder = terminal.folder / "dry"
    terminal("process", terminal.call, "--engine", "llm", "--dry-run", "--out", str(folder))
    shown = written(folder)
    assert len(shown) == 2
    text = (folder / "would-send.md").read_text(encoding="utf-8")
    for one in shown:
        assert all(message["content"] in text for message in one["messages"])
    assert PHONE not in text + json.dumps(shown)
    server.otherwise = answering(**ANSWERS)
    assert terminal("process", terminal.call, "--engine", "llm")[0] == 0
    assert sent(server, 2) == sorted(shown, key=site_of)


@pytest.mark.parametrize(
    "missing",
    [*(pytest.param(one, marks=pytest.mark.slow) for one in ("Threads", "Relations")), "WireSpec"],
)
@pytest.mark.slow
def test_once_earlier_questions_are_answered_the_next_ones_are_shown(
    terminal: Terminal, server, missing: str
):
    server.otherwise = answering(**(ANSWERS | {missing: said(None, refusal="no")}))
    assert terminal("process", terminal.call, "--engine", "llm")[0] == 4
    server.asked.clear()
    folder = terminal.folder / "dry"
    terminal("process", terminal.call, "--engine", "llm", "--dry-run", "--out", str(folder))
    assert server.asked == []
    shown = written(folder)
    assert {site_of(one) for one in shown} == {missing}
    server.otherwise = answering(**ANSWERS)
    assert terminal("process", terminal.call, "--engine", "llm")[0] == 0
    first = sorted(server.asked[: len(shown)], key=str)
    assert first == sorted(shown, key=str)


@pytest.mark.slow
def test_where_all_is_answered_nothing_would_be_sent(terminal: Terminal, server):
    server.otherwise = answering(**ANSWERS)
    terminal("process", terminal.call, "--engine", "llm")
    _, out, _ = terminal("process", terminal.call, "--engine", "llm", "--dry-run", "--json")
    (told,) = json.loads(out)["meetings"]
    assert (told["would_send"]["first"], told["status"]) == ([], "dry_run")


@pytest.mark.slow
def test_a_dry_run_says_that_nobody_is_known_as_the_client(terminal: Terminal):
    call = terminal.folder / "unknown.txt"
    call.write_text("甲: 能不能加个导出？\n乙: 可以。\n", encoding="utf-8")
    _, out, _ = terminal("process", str(call), "--engine", "llm", "--dry-run")
    assert "Nobody is marked as the client" in out
    _, out, _ = terminal("process", terminal.call, "--engine", "llm", "--dry-run")
    assert "Nobody is marked as the client" not in out


def test_a_dry_run_leaves_no_meeting_and_no_file(terminal: Terminal, server):
    terminal("process", terminal.call, "--engine", "llm", "--dry-run")
    assert terminal.house().tools.store.meetings() == ()
    assert terminal.house().tools.store.projects() == ()
    assert [one for one in (terminal.home / "recordings").rglob("*") if one.is_file()] == []


@pytest.mark.slow
def test_a_meeting_that_was_there_stays_as_it_was(terminal: Terminal, server):
    server.otherwise = answering(**ANSWERS)
    terminal("process", terminal.call, "--engine", "llm", "--title", "before")
    store = terminal.house().tools.store
    (meeting,) = store.meetings()
    before = (meeting, store.minutes(meeting.uid), store.specs(meeting.uid))
    for engine in ("llm", "rules"):
        terminal("process", terminal.call, "--engine", engine, "--dry-run", "--title", "after")
    (meeting,) = store.meetings()
    assert (meeting, store.minutes(meeting.uid), store.specs(meeting.uid)) == before
    assert meeting.title == "before"
    assert (terminal.home / "recordings").is_dir()


def test_a_recording_is_heard_first_and_stays_heard(terminal: Terminal, server):
    house = terminal.house()
    fake = FakeTranscriber()
    probe = lambda path: AudioFacts(duration=24.0, channels=2, codec="pcm_s16le", container="wav")  # noqa: E731
    tools = house.tools._replace(transcriber=lambda: fake, probe=probe)
    house = type(house)(**{**vars(house), "tools": tools})
    sound = terminal.folder / "call.wav"
    sound.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(4000))
    for _ in range(2):
        run = sending.dry_run(ME, house, sound, Intake(), lambda progress: None)
    assert run.kept
    assert run.sending is not None
    assert len(run.sending.first) == 2
    assert len(fake.heard) == 6
    assert house.tools.store.minutes(run.meeting.uid) is None
    assert server.asked == []


def test_with_the_rules_nothing_would_leave(terminal: Terminal, server):
    code, out, _ = terminal("process", terminal.call, "--dry-run")
    assert (code, "Nothing would leave this machine" in out) == (0, True)
    _, out, _ = terminal("process", terminal.call, "--dry-run", "--json")
    assert json.loads(out)["meetings"][0]["would_send"] is None


def test_a_file_that_cannot_be_read_is_named(terminal: Terminal, server):
    code, _, err = terminal("process", "nowhere.txt", "--engine", "llm", "--dry-run")
    assert (code, "nowhere.txt" in err, "Traceback" in err) == (2, True, False)


@pytest.mark.parametrize("more", [("--queue",), ("--to", "html")])
def test_it_makes_no_documents_and_queues_nothing(terminal: Terminal, server, more):
    code, _, err = terminal("process", terminal.call, "--dry-run", *more)
    assert (code, "--dry-run" in err) == (2, True)


def test_the_estimate_counts_what_is_still_to_come(terminal: Terminal, server):
    house = terminal.house(model_price_in=2.0, model_price_out=8.0)
    run = sending.dry_run(ME, house, Path(terminal.call), Intake(), lambda progress: None)
    assert run.sending is not None
    told = run.sending.estimate
    assert told.questions == 2 + sum(one.questions for one in run.sending.later)
    assert [one.site for one in run.sending.later] == [
        "thread",
        "reconsider",
        "relate",
        "summarise",
        "tell_client",
        "specify",
    ]
    assert told.tokens_in > sum(one.tokens_in for one in run.sending.first) > 1_000
    money = (told.tokens_in * 2.0 + told.tokens_out * 8.0) / 1_000_000
    assert told.money == pytest.approx(money)
    assert (told.known, told.seconds > 60) == (0, True)


def test_the_estimate_goes_by_what_the_model_took_before(terminal: Terminal, server):
    server.otherwise = answering(**ANSWERS)
    terminal("process", terminal.call, "--engine", "llm")
    other = terminal.folder / "other.txt"
    other.write_text("王敏: 能不能给我们来个一键导出？\n陈立: 好。", encoding="utf-8")
    run = sending.dry_run(ME, terminal.house(), other, Intake(), lambda progress: None)
    assert run.sending is not None
    told = run.sending.estimate
    assert told.known == len(server.asked)
    assert told.tokens_out == 20 * told.questions
    assert told.seconds < 30
