"""Whether a question is asked now is no content: no yes is lost by it, and a new run keeps it."""

import pytest

from pipeline import review
from pipeline.errors import ConflictError, InputError
from pipeline.models import undoing
from pipeline.models.minutes import Question
from pipeline.models.review import Edit, chain, verify
from pipeline.models.spec import OpenQuestion


def turn(desk, question: str, now: bool | None) -> None:
    desk.do(review.propose(desk.spec, "ask", field=question, after=now), desk.spec)


def order(desk) -> dict[str, bool | None]:
    return {one.question: one.ask_now for one in desk.spec.open_questions}


def test_a_question_is_put_forward_or_aside_and_the_yes_stands(desk):
    desk.do(review.approve(desk.spec), desk.spec)
    before = desk.spec
    turn(desk, "q1", True)
    turn(desk, "q2", False)
    assert order(desk) == {"文件名？": True, "谁能导？": False}
    now = desk.spec
    assert (now.review, now.content_hash, now.stale) == ("approved", before.content_hash, ())


def test_a_new_run_that_numbers_the_questions_otherwise_keeps_it(desk):
    turn(desk, "q1", True)
    desk.draft_spec = desk.SPEC.with_(
        open_questions=(
            OpenQuestion(id="q1", slot="timing", question="什么时候？"),
            OpenQuestion(id="q2", slot="file_name", question="文件名"),
        )
    )
    assert order(desk) == {"什么时候？": None, "文件名": True}


def test_a_question_that_is_gone_takes_nothing_with_it(desk):
    turn(desk, "q1", True)
    asked = (OpenQuestion(id="q1", slot="timing", question="什么时候？"),)
    desk.draft_spec = desk.SPEC.with_(open_questions=asked)
    assert order(desk) == {"什么时候？": None}


def test_it_is_taken_back(desk):
    was = desk.spec
    turn(desk, "q1", False)
    desk.do(undoing.undo(desk.events[-1], was=was, on=desk.spec), desk.spec)
    assert order(desk)["文件名？"] is None


def test_whoever_comes_second_is_told(desk):
    stale = review.propose(desk.spec, "ask", field="q1", after=False)
    turn(desk, "q1", True)
    with pytest.raises(ConflictError):
        desk.apply(stale, desk.spec)


def test_a_question_of_the_minutes_as_well(desk):
    asked = Question(uid="i9", id="Q1", text="几点？", origin_engine="rules", review="approved")
    desk.draft = desk.DRAFT.with_(questions=(asked,))
    (on,) = desk.minutes.questions
    desk.do(review.propose(on, "ask", after=True), on)
    (now,) = desk.minutes.questions
    assert (now.ask_now, now.review, now.content_hash) == (True, "approved", on.content_hash)


@pytest.mark.parametrize("after", ["maybe", {"a": 1}])
def test_nothing_but_now_later_or_as_ranked(desk, after):
    with pytest.raises(InputError):
        turn(desk, "q1", after)
    with pytest.raises(InputError):
        turn(desk, "q9", True)


def test_an_event_from_before_holds_still(desk):
    """A question in an answer of an earlier program has no word on when it is asked."""
    asked = OpenQuestion(id="q1", slot="file_name", question="文件名？")
    edit = Edit(entity="spec", entity_uid="i4", operation="answer", field="q1", asked=asked)
    told = {"after": None, "uid": "e1", "salt": "x", "actor": desk.CHEN, "at": desk.AT}
    event = chain(edit, **told, project="p1", meeting="m1")
    assert event.body_hash == "506df700e7d5cade1fdf7b50739e604b6e8d64bca90c7ac83f34a94af25c082d"
    assert verify([event]) == ()
