"""What the project's corrections did stands on a line: unfolded, each place with its undo."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.models.actor import Actor
from pipeline.models.correction import Correction
from pipeline.models.project import Project
from pipeline.service import meetings, mending, projects, review, transcripts
from ui.words.loader import tin

ME = Actor(id="local:陈工", name="陈工", via="test")
BAD = "![x](http://example.invalid/x.png)"
LIST = (
    Correction(heard="订单", meant="定单"),
    Correction(heard=BAD, meant="*图*"),
)


@pytest.fixture
def told(desk: Any):
    """What the list does in the meeting now."""
    return lambda: mending.told(desk.view, review.history(ME, desk.house, desk.meeting, "segment"))


@pytest.fixture
def project(desk: Any) -> Project:
    """The meeting's project, with a list that is newer than the words."""
    return projects.save(ME, desk.house, desk.view.project.with_(corrections=LIST))


def drawn(desk: Any, lang: str = "en") -> AppTest:
    def page(meeting: str):
        from pipeline.service import meetings, mending, review  # noqa: PLC0415 - a script of its own
        from ui.components.mended import mended  # noqa: PLC0415
        from ui.session import house, me  # noqa: PLC0415

        view = meetings.view(me(), house(), meeting)
        events = review.history(me(), house(), meeting, "segment")
        mended(view, events, mending.told(view, events))

    app = AppTest.from_function(page, kwargs={"meeting": desk.meeting}, default_timeout=30)
    app.query_params["lang"] = lang
    app.query_params["as"] = "陈工"
    return again(app.run())


def again(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def button(app: AppTest, key: str) -> Any:
    return next(one for one in app.button if one.key and one.key.startswith(key))


def test_without_a_list_there_is_no_line(desk: Any):
    app = drawn(desk)
    assert not app.expander
    assert not app.button


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_is_changed_and_taken_back_again(desk: Any, project: Project, told: Any, lang: str):
    app = drawn(desk, lang)
    assert "2" in app.expander[0].label
    assert len(told().waiting) == 2
    again(button(app, "mended-apply").click().run())
    assert (len(told().changed), told().waiting) == (2, ())
    shown = [one.value for one in app.text]
    assert any(BAD in one and "*图*" in one for one in shown)
    again(button(app, "one-").click().run())
    assert (len(told().changed), len(told().taken_back)) == (1, 1)
    again(button(app, f"one-{told().taken_back[0].key}").click().run())
    assert len(told().changed) == 2


def test_nothing_of_a_file_is_read_as_markdown(desk: Any, project: Project):
    app = again(button(drawn(desk), "mended-apply").click().run())
    read = [one.value for one in (*app.markdown, *app.caption)]
    assert any("example" in one for one in read)
    assert not any(BAD in one for one in (*read, app.expander[0].label))


def test_the_record_names_the_list_and_anybody_may_take_a_place_back(
    desk: Any, project: Project, told: Any, open_page: Any, language: str
):
    meetings.transcribe(ME, desk.house, desk.meeting, lambda progress: None)
    assert len(told().changed) == 2
    app = again(open_page("audit", m=desk.meeting, lang=language))
    who = tin(language, "desk.audit.actor.corrections")
    assert [one.value for one in app.text].count(who) == 2
    again(button(app, "undo-").click().run())
    assert (len(told().changed), len(told().taken_back)) == (1, 1)


def test_a_place_that_is_gone_says_so(desk: Any, project: Project, told: Any):
    app = drawn(desk)
    mending.apply(ME, desk.house, desk.meeting)
    again(button(app, "one-").click().run())
    assert "no longer there" in app.warning[0].value


def test_many_places_come_a_part_at_a_time(desk: Any, told: Any):
    words = sorted(set("".join(one.text for one in desk.view.transcript.segments)))
    letters = [char for char in words if "一" <= char <= "龥"][:30]
    rules = tuple(Correction(heard=char, meant=f"{char}{char}") for char in letters)
    projects.save(ME, desk.house, desk.view.project.with_(corrections=rules))
    app = drawn(desk)
    assert len(told().waiting) > 20
    assert sum(bool(one.key and one.key.startswith("one-")) for one in app.button) == 12


def test_a_word_that_was_corrected_is_offered_to_the_project_once(desk: Any):
    app = drawn(desk)
    turn = desk.view.transcript.segments[1]
    fields = {"field": "text", "before": turn.text, "after": turn.text.replace("订单", "定单")}
    transcripts.correct(ME, desk.house, desk.meeting, turn.id, **fields)
    again(app.run())
    heard, meant = app.text_input
    assert (heard.value, meant.value) == ("订单", "定单")
    again(meant.set_value("工单").run())
    again(next(one for one in app.button if one.label.startswith("Always")).click().run())
    now = meetings.view(ME, desk.house, desk.meeting).project
    assert now.corrections == (Correction(heard="订单", meant="工单"),)
    assert not app.text_input
    assert not drawn(desk).text_input


def test_what_the_project_says_otherwise_is_refused_in_words(desk: Any):
    app = drawn(desk)
    turn = desk.view.transcript.segments[1]
    fields = {"field": "text", "before": turn.text, "after": turn.text.replace("订单", "定单")}
    transcripts.correct(ME, desk.house, desk.meeting, turn.id, **fields)
    again(app.run())
    again(app.text_input[1].set_value("").run())
    again(next(one for one in app.button if one.label.startswith("Always")).click().run())
    assert "both" in app.warning[0].value
    again(next(one for one in app.button if one.label == "Only here").click().run())
    assert not app.text_input


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("订单", "“heard = meant”: 订单"),
        ("订单 = 订单", "nothing would change"),
        ("订单 = 定单 | 订购", "does not stand in “订购”"),
    ],
)
def test_a_list_that_does_not_hold_is_refused_in_plain_words(
    desk: Any, open_page: Any, lines: str, told: str
):
    uid = desk.view.project.uid
    app = open_page("project", p=uid, lang="en")
    area = next(one for one in app.text_area if one.label == tin("en", "desk.project.corrections"))
    area.set_value(lines)
    again(next(one for one in app.button if one.label == "Save").click().run())
    (error,) = app.error
    assert told in error.value.replace("\\", "")
    area = next(one for one in app.text_area if one.label == tin("en", "desk.project.corrections"))
    area.set_value("订单 = 定单 | 订单号")
    again(next(one for one in app.button if one.label == "Save").click().run())
    rule = Correction(heard="订单", meant="定单", not_in=("订单号",))
    assert projects.of(ME, desk.house, uid).corrections == (rule,)
