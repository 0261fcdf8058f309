"""A text is shown before it is started, read as something else, pasted; and read again later."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.models.project import Participant, Project
from pipeline.service import meetings, projects, rereading, speakers, uploads
from pipeline.service.intake import Intake
from ui import session
from ui.shapes import called
from ui.words.loader import tin

CUES = """\
1
00:00:03,000 --> 00:00:06,200
林芳: 盘点单能不能按 **仓库** 分开打？ ![x](http://example.invalid/x.png)

第 1 页 / 共 2 页

2
00:00:07,000 --> 00:00:08,400
周凯: 可以，按仓库和库区。
"""
PROJECT = Project(
    client="华露饮料",
    system="仓库",
    participants=(Participant(name="林芳", side="client", title="主管"),),
)


def said(key: str, **params: object) -> str:
    return tin(session.language(), key, **params)


def shown(app: AppTest) -> str:
    kinds = (app.text, app.caption, app.markdown, app.warning, app.error)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def one(elements: Any, key: str) -> Any:
    return next(each for each in elements if each.key and each.key.startswith(key))


def sent(desk: Any, name: str = "盘点.srt", text: str = CUES) -> str:
    return str(uploads.put(session.me(), desk.house, name, text.encode()).id)


@pytest.mark.usefixtures("language")
def test_a_text_that_arrived_is_shown_as_it_was_read(desk: Any, open_page: Any):
    sent(desk)
    app = open_page("upload")
    assert not app.exception
    page = shown(app)
    assert called("srt", session.language()) in page
    assert said("read.dropped", count=1) in page
    texts = [each.value for each in app.text]
    assert "盘点单能不能按 **仓库** 分开打？ ![x](http://example.invalid/x.png)" in texts
    assert any("第 1 页 / 共 2 页" in each for each in texts)
    assert "example.invalid" not in "".join(each.value for each in app.markdown)


def test_another_reading_is_shown_kept_and_gone_with(desk: Any, open_page: Any):
    upload = sent(desk)
    app = open_page("upload")
    one(app.selectbox, "preview-as").select("turns").run()
    assert not app.exception
    turns = called("turns", session.language())
    assert any(turns in each.value.replace("\\", "") for each in app.warning)
    again = open_page("upload")
    assert one(again.selectbox, "preview-as").value == "turns"
    one(again.selectbox, "preview-as").select("vtt").run()
    next(each for each in again.button if each.label == said("desk.upload.start")).click().run()
    assert not again.exception
    made = desk.house.tools.store.meetings()[0]
    assert made.sources[0].shape == "vtt"
    assert upload not in [each.id for each in uploads.waiting(session.me(), desk.house)]


def test_a_choice_is_taken_back(desk: Any, open_page: Any):
    sent(desk)
    app = open_page("upload")
    one(app.selectbox, "preview-as").select("vtt").run()
    one(app.selectbox, "preview-as").select("").run()
    assert one(app.selectbox, "preview-as").value is None
    assert "SRT" in shown(app)


def test_the_speakers_become_the_people_of_the_form(desk: Any, open_page: Any):
    sent(desk)
    known = projects.save(session.me(), desk.house, PROJECT)
    app = open_page("upload")
    one(app.selectbox, "upload-choice").select(known.uid).run()
    one(app.button, "take-over").click().run()
    assert not app.exception
    rows = {
        each.value: app.selectbox(key=str(each.key).replace("name", "side")).value
        for each in app.text_input
        if str(each.key).startswith("upload-name-")
    }
    assert rows == {"林芳": "client", "周凯": None}


def test_a_pasted_text_is_a_file_that_dates_no_call(desk: Any, open_page: Any):
    app = open_page("upload")
    one(app.button, "paste-take").click().run()
    assert said("desk.paste.nothing") in shown(app)
    one(app.text_area, "paste-").set_value(CUES)
    one(app.button, "paste-take").click().run()
    assert not app.exception
    (file,) = uploads.waiting(session.me(), desk.house)
    assert (file.complete, file.name.endswith(".txt")) == (True, True)
    assert file.name.startswith(said("desk.paste.file", at="20"))
    assert one(app.text_area, "paste-").value == ""
    assert one(app.date_input, "upload-own-date").value is None
    assert called("srt", session.language()) in shown(app)


@pytest.fixture
def imported(desk: Any, tmp_path: Any) -> str:
    """A meeting made of cues, with its minutes."""
    file = tmp_path / "盘点.srt"
    file.write_text(CUES, encoding="utf-8")
    made = meetings.add(session.me(), desk.house, file, Intake(project=PROJECT))
    meetings.process(session.me(), desk.house, made.uid, lambda progress: None)
    return made.uid


@pytest.mark.usefixtures("language")
def test_an_imported_call_says_from_what_and_what_is_lost(imported: str, open_page: Any):
    app = open_page("review", m=imported)
    assert not app.exception
    page = shown(app)
    assert called("srt", session.language()) in page
    assert said("desk.unsaid.reason.outside_any_cue") in page.replace("\\", "")
    assert "第 1 页 / 共 2 页" in page
    assert said("desk.imported.make") not in [each.label for each in app.button]


def test_it_is_read_again_and_its_minutes_are_to_be_made_again(
    desk: Any, imported: str, open_page: Any
):
    app = open_page("review", m=imported)
    one(app.selectbox, "preview-as").select("vtt").run()
    one(app.button, "imported-again").click().run()
    assert not app.exception
    vtt = called("vtt", session.language())
    assert said("desk.imported.other_words", shape=vtt) in shown(app).replace("\\", "")
    one(app.button, "begin-").click().run()
    assert said("desk.imported.making") in [each.value for each in app.info]
    record = open_page("audit", m=imported)
    assert f"{called('srt', session.language())} → {vtt}" in shown(record).replace("\\", "")
    assert not [each for each in record.button if each.label == said("desk.audit.undo")]


def test_a_heard_call_has_no_such_line(desk: Any, open_page: Any):
    rereading.reread(session.me(), desk.house, desk.meeting, "txt")
    store = desk.house.tools.store
    store.save_meeting(store.meeting(desk.meeting).with_(sources=()))
    app = open_page("review", m=desk.meeting)
    assert not app.exception
    assert not [each for each in app.selectbox if str(each.key).startswith("preview-as")]


def test_read_again_and_named_since_the_page_offers_once_to_make_minutes(desk: Any, open_page: Any):
    rereading.reread(session.me(), desk.house, desk.meeting, "timed")
    latest = desk.view.transcript
    choice = speakers.Choice(label=latest.segments[0].speaker, name="周敏", side="us")
    speakers.confirm(session.me(), desk.house, desk.meeting, [choice], seen=latest.version)
    app = open_page("review", m=desk.meeting)
    assert not app.exception
    assert [one.key for one in app.button].count(f"begin-{desk.meeting}") == 1
