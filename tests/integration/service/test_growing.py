"""The words of a recording while it is heard: all that came, in order of time, and unfinished."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pipeline import bootstrap
from pipeline.errors import NotFoundError
from pipeline.jobs import states
from pipeline.models.actor import Actor
from pipeline.models.job import Hearing, Progress, StageKey
from pipeline.models.meeting import Meeting, Recording
from pipeline.models.project import Participant, Project
from pipeline.models.speech import HeardBatch, HeardSegment
from pipeline.service import deletion, documents
from pipeline.service.growing import words_so_far
from pipeline.service.house import House
from ui.routes.heard import heard_route
from ui.routes.tokens import heard_url, sound_url

ME = Actor(id="t", name="Tester", via="test")
AT = "2026-03-18T06:00:00.000Z"
UID = "01M8AC3831R0XEX9SPA4NX8HES"
KEY = StageKey(stage="transcribe", input_digest="a", engine="script")
HEARING = Hearing(key=KEY, lines=2, our_line=1, pieces=1, heard=20.0)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def house(home: Path) -> House:
    built = bootstrap.house(bootstrap.settings(home=home))
    people = (Participant(name="陈立", side="us"), Participant(name="王敏", side="client"))
    project = built.tools.store.save_project(Project(participants=people)).uid
    recording = Recording(name="call.wav", sha256="ab", size=1, duration=60)
    built.tools.store.add_meeting(
        Meeting(uid=UID, project=project, title="t", recordings=(recording,), created_at=AT)
    )
    return built


def said(start: float, channel: int, text: str) -> HeardSegment:
    return HeardSegment(start=start, end=start + 1, text=text, channel=channel)


def batch(key: str, *turns: HeardSegment) -> HeardBatch:
    return HeardBatch(key=key, channel=turns[0].channel, start=0, end=9, segments=turns)


def hear(house: House, *batches: HeardBatch, key: StageKey = KEY, done: float = 5.0) -> None:
    """As a worker does: the pieces are kept, and the job says so."""
    store = house.tools.store
    for one in batches:
        store.save_batch(UID, key, one)
    going = Progress(
        stage="transcribe", state="going", done=done, total=60, hearing=HEARING.with_(key=key)
    )
    job = store.job(UID) or states.begun(states.fresh(UID, 1, AT), "w1", AT)
    store.save_job(states.advanced(job, going, AT))


CLIENT = batch("0:a", said(1, 0, "要导出。"), said(8, 0, "就这样。"))
US = batch("1:a", said(4, 1, "导成什么？"))


def test_both_lines_are_in_order_of_time_with_whoever_speaks_on_them(house):
    hear(house, CLIENT, US)
    words = words_so_far(ME, house, UID[-6:])
    assert [(one.speaker, one.side, one.text) for one in words.turns] == [
        ("王敏", "client", "要导出。"),
        ("陈立", "us", "导成什么？"),
        ("王敏", "client", "就这样。"),
    ]
    assert (words.growth, words.heard_to, words.total) == ("growing", 5, 60)


def test_chinese_is_in_the_characters_that_the_transcript_will_have(house):
    store = house.tools.store
    store.save_project(store.projects()[0].with_(characters="taiwan"))
    hear(house, CLIENT)
    assert [one.text for one in words_so_far(ME, house, UID).turns] == ["要導出。", "就這樣。"]


def test_they_are_no_transcript_and_nothing_can_be_exported_of_them(house, tmp_path):
    hear(house, CLIENT)
    assert house.tools.store.transcript(UID) is None
    with pytest.raises(AttributeError):
        documents.export_transcript(ME, house, words_so_far(ME, house, UID), tmp_path / "t.txt")
    assert not (tmp_path / "t.txt").exists()


def test_they_say_whether_more_comes(house):
    hear(house, CLIENT)
    store = house.tools.store
    store.save_job(states.cancelled(store.job(UID), AT))
    assert words_so_far(ME, house, UID).growth == "stopped"
    store.save_job(states.begun(store.job(UID), "w2", AT))
    assert words_so_far(ME, house, UID).growth == "growing"
    reading = Progress(stage="extract", state="started")
    store.save_job(states.advanced(store.job(UID), reading, AT))
    assert (words_so_far(ME, house, UID).growth, words_so_far(ME, house, UID).heard_to) == (
        "whole",
        20,
    )


def test_what_nobody_began_to_hear_has_none(house):
    with pytest.raises(NotFoundError) as caught:
        words_so_far(ME, house, UID)
    assert caught.value.code == "not_being_heard"
    house.tools.store.save_job(states.fresh(UID, 1, AT))
    with pytest.raises(NotFoundError):
        words_so_far(ME, house, UID)


@pytest.fixture
def ask(house: House, home: Path):
    client = TestClient(Starlette(routes=[heard_route(lambda: house, lambda: home)]))
    url = heard_url(home, UID)

    def get(shelf: str = "", have: str = "0"):
        return client.get(f"{url}&shelf={shelf}&have={have}")

    get.client = client
    return get


def texts(answer) -> list[str]:
    return [one["text"] for one in answer.json()["turns"]]


def test_a_reader_is_sent_only_what_is_new(house, ask):
    hear(house, CLIENT)
    first = ask()
    assert texts(first) == ["要导出。", "就这样。"]
    shelf = first.json()["shelf"]
    assert texts(ask(shelf, "2")) == []
    hear(house, US)
    news = ask(shelf, "2")
    assert (texts(news), news.json()["since"]) == (["导成什么？"], 2)
    assert len(texts(ask())) == 3


def test_a_recording_that_is_heard_anew_begins_again(house, ask):
    hear(house, CLIENT)
    shelf = ask().json()["shelf"]
    hear(house, US, key=KEY.with_(model="other"))
    news = ask(shelf, "2")
    assert (texts(news), news.json()["since"]) == (["导成什么？"], 0)
    assert news.json()["shelf"] != shelf


@pytest.mark.parametrize("have", ["x", "-1", "", "1e9"])
def test_whatever_a_reader_says_it_has_is_answered(house, ask, have):
    hear(house, CLIENT)
    assert ask(ask().json()["shelf"], have).status_code == 200


def test_nobody_reads_without_the_token_for_this(house, home, ask):
    hear(house, CLIENT)
    sound = sound_url(home, UID).partition("?k=")[2]
    for token in ("", "x", sound):
        assert ask.client.get(f"/api/heard/{UID}?k={token}").status_code == 403


def test_nothing_is_told_of_a_meeting_that_was_deleted(house, ask):
    hear(house, CLIENT)
    assert ask().status_code == 200
    deletion.delete(ME, house, UID)
    assert ask().status_code == 404
