"""The page that joins a meeting with another account of it: shown, joined, taken apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.service import joining, meetings
from pipeline.service.intake import Intake
from tests.ui.pages.conftest import CALL, ME, PROJECT
from ui.words.loader import tin

Open = Callable[..., AppTest]
STRANGE = "\n".join(
    f"[00:0{at}:00] 站务: 第{at}站的站台门今天检修，请走{at + 3}号口换乘。" for at in range(9)
)


def texts(app: AppTest) -> str:
    kinds = (app.text, app.caption, app.info, app.warning, app.error, app.success)
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")


def another(desk: Any, folder: Path, call: str, title: str) -> str:
    """Another account of the call in the same project."""
    file = folder / f"{title}.txt"
    file.write_text(call, encoding="utf-8")
    uid = meetings.add(ME, desk.house, file, Intake(project=PROJECT, title=title)).uid
    meetings.transcribe(ME, desk.house, uid, lambda progress: None)
    return uid


def later(call: str) -> str:
    """The same call by a clock that began earlier."""
    return call.replace("[00:00:", "[00:03:")


def choose(app: AppTest, meeting: str, title: str) -> None:
    """Choose another meeting by what the list calls it."""
    others = app.selectbox(key=f"join-other-{meeting}")
    others.select(next(one for one in others.options if one.startswith(title))).run()


@pytest.mark.slow
def test_it_is_shown_before_it_is_joined_and_taken_apart_again(desk, language, open_page, tmp_path):
    title = "导出 ![x](http://example.invalid/y.png)"
    other = another(desk, tmp_path, later(CALL), "导出")
    desk.house.tools.store.save_meeting(desk.house.tools.store.meeting(other).with_(title=title))
    before = desk.view.transcript
    app = open_page("join", m=desk.meeting)
    choose(app, desk.meeting, title)
    assert not app.exception
    assert "100%" in texts(app)
    assert tin(language, "joining.kept") in texts(app)
    assert "![x](http://example.invalid/x.png)" in "\n".join(one.value for one in app.text)
    assert desk.view.transcript == before
    assert "\\!" in app.checkbox[0].label
    app.button(key="join-accept").click().run()
    assert desk.view.meeting.join.name == "导出.txt"
    assert tin(language, "desk.joining.stale") in texts(app)
    review = open_page("review", m=desk.meeting)
    assert tin(language, "desk.joining.stale") in texts(review)
    record = open_page("audit", m=desk.meeting)
    assert not record.exception
    assert tin(language, "desk.audit.meeting.join").rstrip("：:") in texts(record)
    app = open_page("join", m=desk.meeting)
    app.button(key="join-apart").click().run()
    assert desk.view.meeting.join is None
    assert tin(language, "desk.joining.apart_done") in texts(app)


@pytest.mark.slow
def test_what_is_not_of_this_meeting_cannot_be_joined(desk, language, open_page, tmp_path):
    another(desk, tmp_path, STRANGE, "检修")
    app = open_page("join", m=desk.meeting)
    choose(app, desk.meeting, "检修")
    assert tin(language, "joining.strangers") in texts(app)
    assert [one for one in app.button if one.key == "join-accept"] == []


@pytest.mark.slow
def test_minutes_made_after_the_join_are_not_called_old(desk, language, open_page, tmp_path):
    joining.accept(ME, desk.house, desk.meeting, another(desk, tmp_path, later(CALL), "导出"))
    meetings.process(ME, desk.house, desk.meeting, lambda progress: None)
    assert tin(language, "desk.joining.stale") not in texts(open_page("review", m=desk.meeting))
    assert tin(language, "desk.joining.stale") not in texts(open_page("join", m=desk.meeting))
