"""Every page opens: without a meeting, with one, in both languages; and its buttons do it."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline import bootstrap, hearing
from pipeline.errors import ModelUnavailableError
from pipeline.models.actor import Actor
from pipeline.models.review import Edit
from pipeline.service import documents, jobs, meetings, projects, review, transcripts
from ui import reviewers, session
from ui.parcel import archive_of, for_reader
from ui.turns import covered
from ui.words.loader import tin

APP = Path(__file__).parents[3] / "ui" / "app.py"
ALL = ("docx", "html", "xlsx", "md", "json")
Open = Callable[..., AppTest]
OF_MEETING = ("unsaid", "export", "audit", "model")
ME = Actor(id="local:陈工", name="陈工", via="test")


def texts(app: AppTest) -> str:
    """Everything that a page says."""
    kinds = (app.text, app.caption, app.markdown, app.info, app.warning, app.success, app.error)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def button(app: AppTest, key: str) -> Any:
    return next(one for one in app.button if one.key and one.key.startswith(key))


@pytest.mark.parametrize("name", ["project", "settings"])
def test_a_page_of_nothing_says_what_to_do(open_page: Open, language: str, name: str):
    app = open_page(name)
    assert not app.exception
    assert texts(app)


@pytest.mark.parametrize("name", OF_MEETING)
def test_a_meeting_that_is_not_there_is_told_in_words(open_page: Open, language: str, name: str):
    app = open_page(name, m="01NOTHERE")
    assert not app.exception
    assert len(app.error) == 1


@pytest.mark.parametrize("name", [*OF_MEETING, "settings", "project"])
def test_a_page_with_a_meeting(desk: Any, open_page: Open, language: str, name: str):
    app = open_page(name, m=desk.meeting)
    assert not app.exception
    assert not app.error
    assert texts(app)


def test_foreign_text_makes_no_picture(desk: Any, open_page: Open):
    for name in OF_MEETING:
        app = open_page(name, m=desk.meeting)
        read = [*app.caption, *app.markdown, *app.warning, *app.success]
        assert not [one.value for one in read if "![x](" in one.value]


def test_what_was_said_is_dismissed_and_taken_back(desk: Any, open_page: Open):
    app = open_page("unsaid", m=desk.meeting, **{"as": "陈工"})
    before = [one.state for one in desk.view.minutes.coverage.uncited]
    assert before
    assert set(before) == {"open"}
    button(app, "dismiss-").click().run()
    assert not app.exception
    assert "dismissed" in [one.state for one in desk.view.minutes.coverage.uncited]
    button(app, "undo-").click().run()
    assert [one.state for one in desk.view.minutes.coverage.uncited] == before
    assert review.history(ME, desk.house, desk.meeting)[0].actor.name == "陈工"


def test_what_was_said_becomes_an_item_and_is_taken_back(desk: Any, open_page: Open):
    app = open_page("unsaid", m=desk.meeting, **{"as": "陈工"})
    before = dict(desk.view.minutes.items())
    turn = desk.view.minutes.coverage.uncited[0]
    kind = next(one for one in app.selectbox if str(one.key).startswith("kind-"))
    assert kind.value == turn.cue
    kind.select("risk").run()
    words = next(one for one in app.text_area if str(one.key).startswith("text-"))
    assert words.value == desk.view.transcript.segment(turn.segment).text
    words.set_value("月底服务器 ![x](http://example.invalid/x.png) 扛不住").run()
    next(one for one in app.checkbox if str(one.key).startswith("before-")).check().run()
    button(app, "take-").click().run()
    assert not app.exception
    (item,) = desk.view.minutes.risks
    assert (item.edited, item.origin_engine, len(item.evidence)) == (True, "person", 2)
    assert item.id in texts(app)
    button(app, "undo-").click().run()
    assert dict(desk.view.minutes.items()) == before


def test_a_wish_that_was_taken_gets_its_spec_by_another_run(desk: Any, open_page: Open):
    app = open_page("unsaid", m=desk.meeting)
    next(one for one in app.selectbox if str(one.key).startswith("kind-")).select("ask").run()
    button(app, "take-").click().run()
    taken = next(one for one in desk.view.minutes.asks if one.origin_engine == "person")
    assert taken.spec is None
    button(app, "write-spec").click().run()
    assert not app.exception
    (job,) = jobs.listed(ME, desk.house).jobs
    assert (job.job.meeting, job.job.state) == (desk.meeting, "queued")
    meetings.process(ME, desk.house, desk.meeting, lambda progress: None)
    assert taken.id in [ask for spec in desk.view.specs for ask in spec.asks]


def test_what_was_said_is_attached_to_an_item(desk: Any, open_page: Open):
    app = open_page("unsaid", m=desk.meeting)
    chosen = next(one for one in app.selectbox if one.key and one.key.startswith("item-"))
    item = next(iter(desk.view.minutes.items()))[1]
    chosen.select(item.id).run()
    button(app, "attach-").click().run()
    assert item.id in [one.item for one in desk.view.minutes.coverage.uncited]
    assert item.text in texts(app).replace("\\", "")


def test_the_record_shows_who_and_takes_back_ones_own(desk: Any, open_page: Open):
    item = next(iter(desk.view.minutes.items()))[1]
    change = Edit(
        entity="item",
        entity_uid=item.uid,
        operation="set",
        field="text",
        before=item.text,
        after="改过的话",
    )
    review.edit(ME, desk.house, desk.meeting, change)
    other = open_page("audit", m=desk.meeting, **{"as": "王工"})
    assert "改过的话" in texts(other)
    assert not [one for one in other.button if one.key and one.key.startswith("undo-")]
    mine = open_page("audit", m=desk.meeting, **{"as": "陈工"})
    button(mine, "undo-").click().run()
    assert next(iter(desk.view.minutes.items()))[1].text == item.text


def test_a_correction_of_the_words_is_taken_back_from_the_record(desk: Any, open_page: Open):
    heard = desk.view.transcript
    fields = {"field": "speaker", "before": "王敏", "after": "王总"}
    transcripts.rename(ME, desk.house, desk.meeting, "王敏", turn="s0002", **fields)
    app = open_page("audit", m=desk.meeting, **{"as": "陈工"})
    button(app, "undo-").click().run()
    assert not app.exception
    assert desk.view.transcript.segments == heard.segments
    assert not [one for one in app.button if one.key and one.key.startswith("undo-")]


def test_a_project_is_edited_and_kept(desk: Any, open_page: Open):
    project = projects.listed(ME, desk.house)[0]
    app = open_page("project", p=project.uid)
    area = next(one for one in app.text_area if one.value == "金蝶 = 客户在用的 ERP")
    area.set_value("金蝶 = ERP\n客服＝录单的岗位")
    save = next(
        one for one in app.button if one.label == tin(session.language(), "desk.project.save")
    )
    save.click().run()
    assert not app.exception
    kept = projects.of(ME, desk.house, project.uid)
    assert kept.glossary == {"金蝶": "ERP", "客服": "录单的岗位"}
    assert kept.with_(glossary=project.glossary) == project


def test_two_who_change_the_same_see_both_texts(desk: Any, open_page: Open):
    project = projects.listed(ME, desk.house)[0]
    app = open_page("project", p=project.uid)
    projects.change(ME, desk.house, project, project.with_(industry="饮料"))
    industry = next(one for one in app.text_input if one.value == project.industry)
    industry.set_value("食品")
    save = next(
        one for one in app.button if one.label == tin(session.language(), "desk.project.save")
    )
    save.click().run()
    said = texts(app)
    assert "饮料" in said
    assert "食品" in said
    assert projects.of(ME, desk.house, project.uid).industry == "饮料"
    mine = tin(session.language(), "desk.project.take_mine")
    next(one for one in app.button if one.label == mine).click().run()
    assert projects.of(ME, desk.house, project.uid).industry == "食品"


def test_a_name_is_kept_for_the_next_time(desk: Any, open_page: Open):
    app = open_page("settings", **{"as": "王工"})
    assert app.session_state["reviewer"] == "王工"
    assert reviewers.known(session.settings().home) == ("王工",)


def test_the_language_changes_at_once(desk: Any, open_page: Open):
    app = open_page("settings", lang="zh")
    assert tin("zh", "desk.settings.person") in texts(app)
    choice = next(one for one in app.segmented_control if "settings" in str(one.key))
    choice.set_value("en").run()
    assert f"**{tin('en', 'desk.settings.person')}**" in texts(app)


def test_a_desk_with_a_login_shows_nothing_else(desk: Any, open_page: Open):
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback"}
    app.run()
    assert not app.exception
    assert [one.label for one in app.button] == [tin(session.language(), "desk.who.login")]
    assert desk.view.meeting.title not in texts(app)


def test_files_are_made_of_what_the_reader_may_see(desk: Any):
    ours = for_reader(desk.view, client=False)
    theirs = for_reader(desk.view, client=True)
    for chosen, wanted in ((ours, 4), (theirs, 0)):
        with zipfile.ZipFile(io.BytesIO(archive_of(ME, desk.house, chosen, ALL))) as packed:
            names = packed.namelist()
        assert {"minutes.docx", "minutes.html", "minutes.md", "minutes.json"} <= set(names)
        assert sum(one.startswith("transcript") for one in names) == wanted


def test_what_is_taken_up_stays_in_the_document_until_an_item_says_it(desk: Any):
    turn = desk.view.minutes.coverage.uncited[0]
    said = desk.view.transcript.segment(turn.segment).text[:6]

    def listed() -> bool:
        page = documents.rendered(ME, desk.house, documents.all_of(desk.view), ("md",))
        return said in page["minutes.md"].decode().rpartition("说了没记")[2]

    assert listed()
    review.edit(ME, desk.house, desk.meeting, covered(turn, "accepted"))
    assert listed()
    review.edit(ME, desk.house, desk.meeting, covered(turn.with_(state="accepted"), "dismissed"))
    assert not listed()


def test_nothing_is_fetched_before_a_click_that_says_how_big(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    fetched = []

    def refuse(chosen: Any, told: Any) -> None:
        fetched.append(chosen.speech_model)
        raise ModelUnavailableError("speech_model", model=chosen.speech_model, reason="no way out")

    monkeypatch.setattr(hearing, "fetch_model", refuse)
    monkeypatch.setenv("DRAGOMAN_SPEECH_MODEL", "large-v3")
    session.settings.cache_clear()
    app = open_page("settings")
    button(app, "speech-test").click().run()
    assert not fetched
    offer = button(app, "speech-fetch")
    assert "3.1 GB" in offer.label
    offer.click().run()
    assert fetched == ["large-v3"]
    assert not app.exception
    assert "no way out" in str(app.error[0].value)


@pytest.mark.parametrize(("model", "warned"), [("demo", True), ("small", False)])
def test_whoever_uploads_is_told_that_the_bundled_model_makes_things_up(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, language: str, model: str, *, warned: bool
):
    monkeypatch.setenv("DRAGOMAN_SPEECH_MODEL", model)
    session.settings.cache_clear()
    told = [one.value for one in open_page("upload").warning]
    assert (tin(language, "desk.settings.speech_demo") in told) is warned


@pytest.mark.slow
def test_how_fast_speech_is_heard_is_tried_on_a_click(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAGOMAN_SPEECH_MODEL", "demo")
    session.settings.cache_clear()
    app = open_page("settings")
    button(app, "speech-test").click().run()
    assert not app.success
    button(app, "speech-speed").click().run(timeout=100)
    assert not app.exception
    assert not app.status
    minutes = re.findall(r"\d+\.\d", str(app.success[0].value))
    measured = hearing.measured(bootstrap.settings())
    assert measured is not None
    assert minutes == [f"{measured.an_hour / 60:.1f}"]


def test_a_meeting_is_worked_on_again(desk: Any, open_page: Open):
    project = projects.listed(ME, desk.house)[0]
    app = open_page("project", p=project.uid)
    button(app, "begin-").click().run()
    assert not app.exception
    assert [one.job.state for one in jobs.listed(ME, desk.house).jobs] == ["queued"]
