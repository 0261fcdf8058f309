"""What somebody wrote for a turn is not lost when somebody else, or a run, was first."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.models.actor import Actor
from pipeline.models.minutes import Coverage, Uncited
from pipeline.service import adding, meetings, review
from pipeline.service.meetings import MeetingView
from ui.turns import covered

OTHER = Actor(id="local:吴", name="吴", via="test")
MINE = "月底高峰 *要* 扛得住"


@pytest.fixture
def first(desk: Any) -> Uncited:
    """The turn that both look at."""
    return next(iter(desk.view.minutes.coverage.uncited))


@pytest.fixture
def mine(open_page: Any, desk: Any) -> AppTest:
    return opened(open_page, desk)


def opened(open_page: Any, desk: Any) -> AppTest:
    return open_page("unsaid", m=desk.meeting, **{"as": "陈工", "lang": "en"})


def write(app: AppTest, turn: Uncited) -> AppTest:
    return app.text_area(key=f"text-{turn.segment}-{turn.cue}").set_value(MINE)


def press(app: AppTest, start: str) -> AppTest:
    one = next(one for one in app.button if one.key and one.key.startswith(start))
    one.click().run()
    assert not app.exception
    return app


def texts(app: AppTest) -> list[str]:
    return [one.value for one in app.text]


def made(desk: Any) -> list[Any]:
    return [one for _, one in desk.view.minutes.items() if one.origin_engine == "person"]


def dismiss(desk: Any, turn: Uncited) -> None:
    review.edit(OTHER, desk.house, desk.meeting, covered(turn, "dismissed"))


def test_words_for_a_turn_that_somebody_dismissed_are_shown_and_taken_all_the_same(
    mine: AppTest, desk: Any, first: Uncited
):
    write(mine, first).run()
    dismiss(desk, first)
    press(mine, f"take-{first.segment}")
    assert MINE in texts(mine)
    assert next(one.value for one in mine.warning) == "吴 was quicker\\. Your words are kept\\."
    assert made(desk) == []
    press(mine, "left-take-")
    (item,) = made(desk)
    assert item.text == MINE
    now = next(one for one in desk.view.minutes.coverage.uncited if one.segment == first.segment)
    assert (now.state, now.item) == ("accepted", item.id)
    assert MINE not in texts(mine)


def test_words_that_were_only_typed_when_somebody_was_first_are_shown_too(
    mine: AppTest, desk: Any, first: Uncited
):
    dismiss(desk, first)
    write(mine, first).run()
    assert not mine.exception
    assert MINE in texts(mine)


def test_words_taken_all_the_same_may_stand_beside_somebody_elses_item(
    mine: AppTest, desk: Any, first: Uncited
):
    write(mine, first).run()
    theirs = adding.take(OTHER, desk.house, desk.meeting, first.segment, kind="risk", seen=first)
    press(mine, f"take-{first.segment}")
    assert any(f"as {theirs.id}" in one.value for one in mine.warning)
    press(mine, "left-take-")
    assert {one.text for one in made(desk)} == {theirs.text, MINE}


def test_words_outlive_the_list_they_were_written_on(
    mine: AppTest, desk: Any, first: Uncited, monkeypatch: pytest.MonkeyPatch
):
    """A run that finished meanwhile found an item for every turn."""
    real = meetings.view

    def after_a_run(*about: Any, **more: Any) -> MeetingView:
        view = real(*about, **more)
        return view.with_(minutes=view.minutes.with_(coverage=Coverage()))

    write(mine, first).run()
    monkeypatch.setattr("pipeline.service.meetings.view", after_a_run)
    mine.run()
    assert MINE in texts(mine)
    assert any("no longer on this list" in one.value for one in mine.warning)
    press(mine, "left-take-")
    monkeypatch.undo()
    assert [one.text for one in made(desk)] == [MINE]


def test_words_stay_over_a_reload_until_they_are_closed(
    mine: AppTest, desk: Any, first: Uncited, open_page: Any
):
    write(mine, first).run()
    again = opened(open_page, desk)
    assert again.text_area(key=f"text-{first.segment}-{first.cue}").value == MINE
    dismiss(desk, first)
    again = opened(open_page, desk)
    assert MINE in texts(again)
    press(again, "left-close-")
    assert MINE not in texts(again)
    assert MINE not in texts(opened(open_page, desk))


def test_an_answer_of_ones_own_puts_the_words_aside_until_it_is_taken_back(
    mine: AppTest, desk: Any, first: Uncited
):
    write(mine, first).run()
    press(mine, f"dismiss-{first.segment}")
    assert MINE not in texts(mine)
    press(mine, f"undo-{first.segment}")
    assert mine.text_area(key=f"text-{first.segment}-{first.cue}").value == MINE
