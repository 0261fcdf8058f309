"""On the sending page a person brings a question forward or puts it aside, and it stays so."""

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from pipeline.models.asking_back import AskingBack, asking_of
from pipeline.models.view import InternalView
from pipeline.service import documents

Open = Callable[..., AppTest]


def asking(desk: Any) -> AskingBack:
    view: InternalView = documents.all_of(desk.view)
    return asking_of(view.minutes, view.specs, view.project)


def button(app: AppTest, key: str) -> Any:
    return next(one for one in app.button if one.key == key)


def test_a_question_is_put_aside_and_brought_back(desk: Any, open_page: Open, language: str):
    before = asking(desk)
    named = before.first[0].alone
    app = open_page("export", m=desk.meeting)
    assert not app.exception
    button(app, "asking-first-1").click().run()
    assert not app.exception
    after = asking(desk)
    assert named not in [one.alone for one in after.first]
    (aside,) = [one for one in after.parked if one.alone == named]
    assert aside.parked is not None
    assert aside.parked.code == "by_hand"
    ranked = next(one for one in app.button if (one.key or "").startswith("asking-ranked"))
    ranked.click().run()
    assert [one.alone for one in asking(desk).first] == [one.alone for one in before.first]


def test_a_parked_question_is_asked_first(desk: Any, open_page: Open):
    app = open_page("export", m=desk.meeting)
    parked = [one for one in app.button if (one.key or "").startswith("asking-parked-")]
    assert parked
    parked[-1].click().run()
    assert not app.exception
    assert asking(desk).first[0].by_hand is True


def test_the_questions_stand_there_as_one_message(desk: Any, open_page: Open):
    app = open_page("export", m=desk.meeting)
    message = next(one.value for one in app.code if one.value.startswith("【请您答复】"))
    assert message.count("\n1. ") == 1
    assert "   A. " in message
