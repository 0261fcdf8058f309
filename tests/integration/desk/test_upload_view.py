"""The upload page: what is typed stays, and files that are here are handed over with it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.models.project import Participant, Project
from pipeline.service.house import House
from ui import session
from ui.components import intake_form
from ui.intake import Intent
from ui.vocabulary_upload import project_of

VIEW = Path(__file__).parents[3] / "ui" / "views" / "upload.py"
TALK = "陈工：导出按当前筛选条件。\n吴总：五万行顶天了。\n".encode()
KNOWN = Project(client="华露饮料", participants=(Participant(name="吴总", side="client"),))


@pytest.fixture
def house(dragoman_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("getpass.getuser", lambda: "chen")
    session.house.clear()
    session.settings.cache_clear()
    intake_form.drafts.clear()
    yield session.house()
    session.house.clear()
    session.settings.cache_clear()


def opened() -> AppTest:
    page = AppTest.from_file(str(VIEW), default_timeout=30)
    page.query_params["as"] = "chen"
    page.run()
    assert not page.exception
    return page


def sent(house: House, name: str) -> str:
    upload = house.uploads.open("local:chen", name, len(TALK), 1)
    chunk = house.uploads.chunk("local:chen", upload.id, 0, len(TALK))
    chunk.write(TALK)
    chunk.finish(None)
    chunk.close(keep=True)
    return upload.id


def test_an_empty_page_opens(house):
    assert [one.label for one in opened().button] == ["Take it", "✕", "Add a person"]


def test_a_project_brings_its_people_and_a_new_session_shows_what_was_typed(house):
    uid = house.tools.store.save_project(KNOWN).uid
    page = opened()
    page.selectbox(key="upload-choice").set_value(uid).run()
    page.text_area(key="upload-glossary").input("在制 = 半成品").run()
    again = opened()
    assert again.selectbox(key="upload-choice").value == uid
    assert again.text_area(key="upload-glossary").value == "在制 = 半成品"
    assert again.text_input[0].value == "吴总"


def test_nothing_starts_while_something_has_to_be_put_right(house):
    uid = sent(house, "订单会.txt")
    page = opened()
    page.selectbox(key="upload-choice").set_value("new").run()
    start(page).click().run()
    assert [one.value for one in page.warning] == ["A new client needs a name\\."]
    assert house.uploads.get("local:chen", uid).complete


def test_a_file_that_is_here_is_handed_over_with_what_was_typed(house, monkeypatch):
    monkeypatch.setattr("ui.components.handed.handed", lambda uids, known: None)
    sent(house, "订单会.txt")
    page = opened()
    page.selectbox(key="upload-choice").set_value("new").run()
    page.text_input(key="upload-client").input("合骏").run()
    page.checkbox(key="upload-consent").check().run()
    start(page).click().run()
    assert not page.exception
    (meeting,) = house.tools.store.meetings()
    assert (meeting.title, meeting.consent) == ("订单会", True)
    assert house.tools.store.project(meeting.project).client == "合骏"
    assert page.query_params["h"] == meeting.uid
    assert house.uploads.listed("local:chen") == ()
    page.run()
    page.query_params["h"] = ""  # sent before the browser had taken over the address
    page.run()
    assert page.query_params["h"] == meeting.uid


def test_a_word_to_go_outlives_its_window_and_is_for_that_file_alone(house, monkeypatch):
    monkeypatch.setattr("ui.components.handed.handed", lambda uids, known: None)
    size = (9 << 20, 1)
    late = house.uploads.open("local:chen", "订单会 2026-03-18.txt", *size).id
    page = opened()
    page.selectbox(key="upload-choice").set_value("new").run()
    page.text_input(key="upload-client").input("合骏").run()
    page.text_input(key=f"upload-title-{late}").input("订单对接会").run()
    start(page).click().run()
    intake_form.drafts.clear()

    other = sent(house, "另一场.txt")
    again = opened()
    assert again.text_input(key="upload-client").value == "合骏"
    assert again.text_input(key=f"upload-title-{late}").value == "订单对接会"
    assert again.checkbox(key="upload-consent").value is False
    assert house.tools.store.meetings() == ()
    assert start(again)
    assert house.uploads.get("local:chen", other).complete

    whole(house, late)
    opened()
    (meeting,) = house.tools.store.meetings()
    assert (meeting.title, str(meeting.date), meeting.consent) == ("订单对接会", "2026-03-18", None)
    assert [one.id for one in house.uploads.listed("local:chen")] == [other]


def test_a_file_that_goes_keeps_what_was_said_of_it_when_another_comes(house):
    first = house.uploads.open("local:chen", "甲.txt", 9 << 20, 1).id
    page = opened()
    client(page, "客户甲")
    page.checkbox(key="upload-consent").check().run()
    start(page).click().run()
    assert said(house, first) == ("客户甲", True, True)

    second = house.uploads.open("local:chen", "乙.txt", 9 << 20, 1).id
    page.checkbox(key="upload-consent").uncheck().run()
    client(page, "客户乙")
    assert said(house, first) == ("客户甲", True, True)
    assert said(house, second) is None
    told = [one.value for one in page.text]
    assert any("Started: 甲.txt." in one for one in told)
    assert any("Not started yet: 乙.txt." in one for one in told)
    start(page).click().run()
    assert said(house, first) == ("客户甲", True, True)
    assert said(house, second) == ("客户乙", False, True)
    whole(house, second)
    page.run()
    (meeting,) = house.tools.store.meetings()
    assert house.tools.store.project(meeting.project).client == "客户乙"
    assert meeting.consent is None


def test_a_start_in_another_window_says_nothing_about_a_file_that_goes(house):
    first = house.uploads.open("local:chen", "甲.txt", 9 << 20, 1).id
    page = opened()
    client(page, "客户甲")
    start(page).click().run()
    second = house.uploads.open("local:chen", "乙.txt", 9 << 20, 1).id
    other = opened()
    client(other, "客户乙")
    start(other).click().run()
    assert said(house, first) == ("客户甲", False, True)
    assert said(house, second) == ("客户乙", False, True)
    next(one for one in other.button if one.label == "Wait").click().run()
    assert [said(house, one) for one in (first, second)] == [
        ("客户甲", False, False),
        ("客户乙", False, False),
    ]


def test_a_consent_given_for_files_that_go_is_not_shown_again_for_others(house):
    house.uploads.open("local:chen", "甲.txt", 9 << 20, 1)
    page = opened()
    page.checkbox(key="upload-consent").check().run()
    start(page).click().run()
    intake_form.drafts.clear()
    assert opened().checkbox(key="upload-consent").value is False


def test_what_has_to_be_put_right_keeps_every_file_waiting(house):
    first = house.uploads.open("local:chen", "甲.txt", 9 << 20, 1).id
    page = opened()
    page.selectbox(key="upload-choice").set_value("new").run()
    start(page).click().run()
    client(page, "客户甲")
    assert said(house, first) is None
    start(page).click().run()
    assert said(house, first) == ("客户甲", False, True)


def test_a_title_and_a_date_typed_before_the_start_stay_with_their_file(house):
    uid = house.uploads.open("local:chen", "录音 1.wav", 9 << 20, 1).id
    page = opened()
    client(page, "客户甲")
    page.text_input(key=f"upload-title-{uid}").input("订单对接会").run()
    page.date_input(key=f"upload-own-date-{uid}").set_value(dt.date(2026, 3, 18)).run()
    intake_form.drafts.clear()
    again = opened()
    assert again.text_input(key=f"upload-title-{uid}").value == "订单对接会"
    assert again.date_input(key=f"upload-own-date-{uid}").value == dt.date(2026, 3, 18)
    assert again.text_input(key="upload-client").value == "客户甲"
    assert said(house, uid) == ("客户甲", False, False)


def test_a_window_that_shows_an_older_title_does_not_write_it_back(house):
    uid = house.uploads.open("local:chen", "录音 1.wav", 9 << 20, 1).id
    older = opened()
    page = opened()
    page.text_input(key=f"upload-title-{uid}").input("订单对接会").run()
    start(page).click().run()
    older.checkbox(key="upload-consent").check().run()
    assert title_shown(older, uid) == "订单对接会"
    assert wish(house, uid).named.title == "订单对接会"
    page.text_input(key=f"upload-title-{uid}").input("订单对接会（二）").run()
    assert wish(house, uid).named.title == "订单对接会（二）"
    assert wish(house, uid).go


def test_a_file_that_was_held_back_waits(house):
    late = house.uploads.open("local:chen", "订单会.txt", 9 << 20, 1).id
    page = opened()
    start(page).click().run()
    next(one for one in page.button if one.label == "Wait").click().run()
    whole(house, late)
    opened()
    assert house.tools.store.meetings() == ()


def whole(house: House, uid: str) -> None:
    """The rest of a file comes: talk, and then nothing more."""
    one = house.uploads.get("local:chen", uid)
    while not one.complete:
        length = min(8 << 20, one.size - one.offset)
        chunk = house.uploads.chunk("local:chen", uid, one.offset, length)
        text = TALK if one.offset == 0 else b""
        chunk.write(text + b"\n" * (length - len(text)))
        one = chunk.finish(None)
        chunk.close(keep=True)


def client(page: AppTest, name: str) -> None:
    page.selectbox(key="upload-choice").set_value("new").run()
    page.text_input(key="upload-client").input(name).run()


def wish(house: House, uid: str) -> Intent | None:
    kept = house.uploads.noted("local:chen", uid)
    return Intent.model_validate_json(kept) if kept else None


def said(house: House, uid: str) -> tuple[str, bool, bool] | None:
    """Client, consent, and whether the file goes by itself."""
    kept = wish(house, uid)
    return (kept.form.client, kept.form.consent, kept.go) if kept else None


def title_shown(page: AppTest, uid: str) -> str:
    start = f"upload-title-{uid}"
    return next(one.value for one in page.text_input if str(one.key).startswith(start))


def start(page: AppTest):
    return next(one for one in page.button if one.label == "Start")


def test_a_project_file_is_read_like_one_of_the_command_line():
    assert project_of("p.yaml", "client: 铭川\nsystem: MES\n".encode()).system == "MES"


def test_a_create_table_is_dropped_beside_a_call(house: House, monkeypatch):
    monkeypatch.setattr("ui.components.handed.handed", lambda uids, known: None)
    sent(house, "talk.txt")
    page = opened()
    next(one for one in page.selectbox if one.key == "upload-choice").set_value("file").run()
    ddl = "create table so_order (order_no text comment '订单号');".encode()
    next(one for one in page.file_uploader if one.key == "upload-yaml").set_value(
        ("库.sql", ddl, "text/plain")
    ).run()
    assert not page.exception
    assert any("columns: 1" in one.value.replace("\\", "") for one in page.caption)
    start(page).click().run()
    assert not page.exception
    (project,) = house.tools.store.projects()
    assert (project.client, project.system) == ("default", "talk")
    assert project.data_dictionary[0].fields[0].label == "订单号"
