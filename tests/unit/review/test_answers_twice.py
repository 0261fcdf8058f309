"""Two questions answered in the same words: each answer has its own place."""

import pytest

from pipeline import review
from pipeline.models.answering import Place, place_of, question_behind
from pipeline.models.slots import Slot
from pipeline.models.spec import OpenQuestion

FORMAT = OpenQuestion(id="q3", slot="format", question="导出成什么格式？")
RULE = ("发给客户的文件用什么格式：Excel", "answered")


def answer(desk, question: str, after: object) -> None:
    desk.do(review.propose(desk.spec, "answer", field=question, after=after), desk.spec)


def values(desk, part: str) -> list[tuple[object, str]]:
    return [(one.value, one.origin) for one in getattr(desk.spec, part)]


@pytest.fixture
def twice(desk):
    """Two questions about the format, answered in the same words."""
    again = FORMAT.with_(id="q4", question="发给客户的文件用什么格式？")
    desk.draft_spec = desk.SPEC.with_(open_questions=(FORMAT, again))
    for question in ("q3", "q4"):
        answer(desk, question, "Excel")
    assert (desk.spec.format.value, *values(desk, "rules")[-1:]) == ("Excel", RULE)
    return desk


def test_of_two_answers_in_the_same_words_each_stands_in_its_own_place(twice):
    first, second = (place_of(one, twice.spec) for one in twice.spec.open_questions)
    assert (first, second) == (Place("format"), Place("rules", 1))
    assert question_behind(twice.spec.format, twice.spec).id == "q3"
    assert question_behind(twice.spec.rules[1], twice.spec).id == "q4"


def test_of_two_answers_in_the_same_words_each_goes_by_itself(twice):
    answer(twice, "q4", None)
    assert twice.spec.format == Slot(value="Excel", origin="answered")
    assert twice.spec.rules == twice.SPEC.rules
    answer(twice, "q4", "Excel")
    answer(twice, "q3", None)
    assert twice.spec.format == twice.SPEC.format
    assert values(twice, "rules")[-1] == RULE
    answer(twice, "q4", None)
    assert twice.spec.rules == twice.SPEC.rules


def test_of_two_answers_in_the_same_words_each_changes_by_itself(twice):
    answer(twice, "q4", "CSV")
    assert twice.spec.format.value == "Excel"
    assert values(twice, "rules")[-1] == ("发给客户的文件用什么格式：CSV", "answered")
    answer(twice, "q4", "Excel")
    answer(twice, "q3", "PDF")
    assert (twice.spec.format.value, *values(twice, "rules")[-1:]) == ("PDF", RULE)


def test_an_answer_that_was_given_later_does_not_claim_the_place_of_the_first(twice):
    twice.set(twice.spec, "rules[1]", "发给客户的是 Excel 表")
    answer(twice, "q4", None)
    assert twice.spec.format == Slot(value="Excel", origin="answered")
