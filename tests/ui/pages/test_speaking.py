"""Above the words of a call: who speaks, suggested, confirmed by a person, taken back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.models.project import Participant
from pipeline.service import meetings, naming, projects
from pipeline.service.intake import Intake
from tests.ui.pages.conftest import ME
from ui.words.loader import tin

Open = Callable[..., AppTest]
BAD = "王总 ![x](http://example.invalid/x.png)"


@pytest.fixture
def renamed(desk: Any) -> Any:
    """A call whose speakers nobody knows: the client's has a label that reads as Markdown."""
    store = desk.house.tools.store
    project = store.project(store.meeting(desk.meeting).project)
    people = (Participant(name="陈立", side="us"), Participant(name="王建国", side="client"))
    projects.change(ME, desk.house, project, project.with_(participants=people))
    words = store.transcript(desk.meeting)
    labels = {"陈立": "陈工", "王敏": BAD}
    turns = (one.with_(speaker=labels[one.speaker], side="unknown") for one in words.segments)
    store.save_transcript(desk.meeting, words.with_(segments=tuple(turns)))
    store.save_minutes(store.draft_minutes(desk.meeting).with_(transcript_version=2))
    return desk


def rows(app: AppTest) -> list[Any]:
    return [one for one in app.selectbox if str(one.key).startswith("speaker-")]


def confirm(app: AppTest) -> Any:
    return next(one for one in app.button if str(one.key).endswith("-confirm"))


def texts(app: AppTest) -> str:
    kinds = (app.text, app.caption, app.info, app.warning, app.error)
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")


def sides(desk: Any) -> set[tuple[str, str]]:
    return {(one.speaker, one.side) for one in desk.view.transcript.segments}


def test_who_speaks_is_suggested_and_confirmed_in_one_act(
    renamed: Any, open_page: Open, language: str
):
    app = open_page("review", m=renamed.meeting)
    assert not app.exception
    assert tin(language, "desk.speaking.head", count=2, unknown=2) in [
        one.label for one in app.expander
    ]
    assert [one.value for one in rows(app)] == ["=陈立", ""]
    assert BAD in [one.value for one in app.text]
    before = sides(renamed)
    assert before == {("陈工", "unknown"), (BAD, "unknown")}
    rows(app)[1].set_value("=王建国").run()
    assert sides(renamed) == before
    confirm(app).click().run()
    assert not app.exception
    assert sides(renamed) == {("陈立", "us"), ("王建国", "client")}
    said = texts(app)
    assert tin(language, "desk.speaking.confirmed", count=7) in said
    assert tin(language, "desk.speaking.older", count=7) in said
    next(one for one in app.button if str(one.key).startswith("undo-")).click().run()
    assert sides(renamed) == before
    assert tin(language, "desk.speaking.older", count=7) not in texts(app)


@pytest.mark.slow
def test_somebody_new_is_added_and_the_minutes_are_made_again(renamed: Any, open_page: Open):
    app = open_page("review", m=renamed.meeting)
    rows(app)[1].set_value("+").run()
    assert "1" in confirm(app).label
    app.text_input[0].set_value("李 敏").run()
    confirm(app).click().run()
    assert sides(renamed) == {("陈立", "us"), ("李 敏", "client")}
    people = renamed.view.project.participants
    assert people[-1] == Participant(name="李 敏", side="client")
    next(one for one in app.button if str(one.key).startswith("begin-")).click().run()
    assert renamed.house.tools.store.job(renamed.meeting).state == "queued"


@pytest.mark.slow
def test_where_all_are_known_the_line_stays_folded(desk: Any, open_page: Open, language: str):
    app = open_page("review", m=desk.meeting)
    told = tin(language, "desk.speaking.head_known", count=2)
    (fold,) = [one for one in app.expander if one.label == told]
    assert not rows(app)
    assert tin(language, "desk.speaking.help") not in texts(app)
    assert fold.label


def test_a_call_that_was_heard_and_not_understood_can_be_named(
    desk: Any, open_page: Open, language: str, tmp_path: Path
):
    turns = [{"speaker": None, "start": 3 * at, "text": "导出的范围是？"} for at in range(4)]
    call = tmp_path / "mono.json"
    call.write_text(json.dumps({"turns": turns}), encoding="utf-8")
    uid = meetings.add(ME, desk.house, call, Intake(project=desk.view.project)).uid
    meetings.transcribe(ME, desk.house, uid, lambda progress: None)
    app = open_page("review", m=uid)
    assert not app.exception
    assert tin(language, "desk.speaking.nobody", count=4) in texts(app)
    seen = tuple(naming.Turn(id=one.id) for one in desk.house.tools.store.transcript(uid).segments)
    gift = naming.Gift(turns=seen[:3], person=naming.Person(name="王敏"))
    naming.give(ME, desk.house, uid, [gift])
    app = open_page("review", m=uid)
    head = tin(language, "desk.speaking.head_known", count=1)
    rest = tin(language, "desk.speaking.head_unnamed", count=1)
    assert f"{head}{rest}" in [one.label for one in app.expander]
