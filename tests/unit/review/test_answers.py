"""What is answered becomes part of the spec, and goes again with the answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import review
from pipeline.errors import InputError
from pipeline.models import undoing
from pipeline.models.answering import PARTS, question_behind
from pipeline.models.hashing import spec_hash
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec, OpenQuestion

LIMIT = OpenQuestion(id="q1", slot="volume_limit", question="最多导出多少行？")
GOAL = OpenQuestion(id="q2", slot="goal", question="为了什么？")
FORMAT = OpenQuestion(id="q3", slot="format", question="导出成什么格式？")
ERROR = OpenQuestion(id="q4", slot="empty_or_error", question="没有数据时怎么办？")
MONEY = OpenQuestion(id="q5", slot="contract", question="费用谁出？")
ASKED = (LIMIT, GOAL, FORMAT, ERROR, MONEY)


@pytest.fixture
def asked(desk):
    desk.draft_spec = desk.SPEC.with_(
        open_questions=ASKED, goal=Slot(value="少抄", origin="inferred")
    )
    return desk


def answer(desk, question: str, after: object) -> None:
    edit = review.propose(desk.spec, "answer", field=question, after=after)
    desk.do(edit, desk.spec)


def values(desk, part: str) -> list[tuple[object, str]]:
    return [(one.value, one.origin) for one in getattr(desk.spec, part)]


def test_an_answer_is_readable_without_its_question(asked):
    answer(asked, "q1", "5 万")
    assert values(asked, "limits")[-1] == ("最多导出多少行：5 万", "answered")
    answer(asked, "q4", "提示没有数据")
    assert values(asked, "errors") == [("没有数据时怎么办：提示没有数据", "answered")]


def test_in_english_too(desk):
    question = OpenQuestion(id="q1", slot="permission", question="Who may export?")
    desk.draft_spec = desk.SPEC.with_(language="en", open_questions=(question,))
    answer(desk, "q1", "managers")
    assert values(desk, "rules")[-1] == ("Who may export: managers", "answered")
    assert desk.spec.permissions == ()


def test_an_answer_takes_the_place_of_an_assumption_and_gives_it_back(asked):
    answer(asked, "q2", "月底对账")
    assert (asked.spec.goal.value, asked.spec.goal.origin) == ("为了什么：月底对账", "answered")
    answer(asked, "q2", None)
    assert asked.spec.goal == asked.draft_spec.goal


def test_a_kind_of_file_stands_alone(asked):
    answer(asked, "q3", "xlsx")
    assert asked.spec.format == Slot(value="xlsx", origin="answered")


def test_the_clients_own_words_are_never_overwritten(asked):
    said = Slot(value="别再手抄", origin="stated", evidence=(asked.said("s1"),))
    asked.draft_spec = asked.draft_spec.with_(goal=said)
    answer(asked, "q2", "月底对账")
    assert asked.spec.goal == said
    assert values(asked, "rules")[-1] == ("为了什么：月底对账", "answered")
    answer(asked, "q2", None)
    assert asked.spec.rules == asked.SPEC.rules


def test_what_the_contract_says_is_nothing_to_build(asked):
    before = asked.spec
    answer(asked, "q5", "客户出")
    kept = asked.spec.with_(
        open_questions=before.open_questions, content_hash=before.content_hash, edited=False
    )
    assert kept == before


def test_a_value_that_people_edited_since_is_theirs(asked):
    answer(asked, "q1", "5 万")
    place = len(asked.spec.limits) - 1
    asked.set(asked.spec, f"limits[{place}]", "一次最多 5 万行")
    answer(asked, "q1", "8 万")
    assert values(asked, "limits")[-2:] == [
        ("一次最多 5 万行", "inferred"),
        ("最多导出多少行：8 万", "answered"),
    ]
    answer(asked, "q1", None)
    assert values(asked, "limits")[-1] == ("一次最多 5 万行", "inferred")


def test_a_place_that_people_wrote_into_since_stays_theirs(asked):
    answer(asked, "q2", "月底对账")
    asked.set(asked.spec, "goal", "对账不用人工")
    for again in ("年底对账", None, "每周对账"):
        answer(asked, "q2", again)
        assert (asked.spec.goal.value, asked.spec.goal.origin) == ("对账不用人工", "inferred")
    assert values(asked, "rules")[-1] == ("为了什么：每周对账", "answered")


def test_another_wording_of_the_question_is_one_of_the_value(asked):
    answer(asked, "q1", "5 万")
    asked.set(asked.spec, "open_questions[0].question", "一次最多几行？")
    assert values(asked, "limits")[-1] == ("一次最多几行：5 万", "answered")
    answer(asked, "q1", None)
    assert asked.spec.limits == asked.SPEC.limits


def test_no_undo_brings_back_an_answer_that_nobody_gives_any_more(asked):
    answer(asked, "q1", "5 万")
    before, place = asked.spec, len(asked.spec.limits) - 1
    asked.set(asked.spec, f"limits[{place}]", "一次最多 5 万行")
    answer(asked, "q1", None)
    asked.do(undoing.undo(asked.events[1], was=before, on=asked.spec), asked.spec)
    assert values(asked, "limits")[-1] == ("最多导出多少行：5 万", "inferred")


def test_an_undone_edit_does_not_make_an_answer_stand_twice(asked):
    answer(asked, "q2", "月底对账")
    filled = asked.spec
    asked.set(asked.spec, "goal", "对账不用人工")
    answer(asked, "q2", None)
    answer(asked, "q2", "月底对账")
    assert values(asked, "rules")[-1] == ("为了什么：月底对账", "answered")
    asked.do(undoing.undo(asked.events[1], was=filled, on=asked.spec), asked.spec)
    assert asked.spec.goal == filled.goal
    assert asked.spec.rules == asked.SPEC.rules


def test_who_answered_is_told_apart_from_who_noted_it(asked):
    answer(asked, "q1", {"answer": "5 万", "who": "吴总", "side": "client"})
    answer(asked, "q2", {"answer": "对账", "who": None, "side": "client"})
    answer(asked, "q4", {"answer": "提示", "who": None, "side": "us"})
    told = [(one.answered_by, one.noted_by) for one in asked.spec.open_questions]
    assert told == [("吴总", "陈立"), (None, "陈立"), (None, None), ("陈立", None), (None, None)]


def test_answers_noted_before_are_read_as_they_were_meant(asked):
    edit = review.propose(asked.spec, "answer", field="q1", after="5 万", reason="吴总")
    asked.do(edit.with_(asked=None), asked.spec)
    assert asked.spec.open_questions[0].answered_by == "吴总"
    assert values(asked, "limits")[-1] == ("最多导出多少行：5 万", "answered")


def test_who_wrote_it_down_is_not_what_was_approved(asked):
    answer(asked, "q1", {"answer": "5 万", "who": "吴总", "side": "client"})
    other = asked.spec.open_questions[0].with_(noted_by="王敏", answered_side="unknown")
    spec = asked.spec.with_(open_questions=(other, *asked.spec.open_questions[1:]))
    assert spec_hash(spec) == asked.spec.content_hash


def test_an_empty_answer_is_none(asked):
    with pytest.raises(InputError, match="edit_value_invalid"):
        answer(asked, "q1", {"answer": ""})


@pytest.mark.parametrize("slot", list(PARTS))
def test_every_kind_of_question_has_its_place(desk, slot):
    question = OpenQuestion(id="q1", slot=slot, question="怎么办？")
    desk.draft_spec = desk.SPEC.with_(open_questions=(question,))
    before = desk.spec
    answer(desk, "q1", "这么办")
    part = PARTS[slot]
    if part is not None:
        value = getattr(desk.spec, part)
        last = value[-1] if isinstance(value, tuple) else value
        assert last == Slot(value="怎么办：这么办", origin="answered")
        assert question_behind(last, desk.spec) == desk.spec.open_questions[0]
    answer(desk, "q1", None)
    assert desk.spec.content_hash == before.content_hash


TEXTS = st.sampled_from(["5 万", "8 万", "xlsx", "不限"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from([one.id for one in ASKED]), TEXTS),
        st.tuples(st.just("again"), st.sampled_from([one.id for one in ASKED]), st.none()),
        st.tuples(st.just("edit"), st.sampled_from(["goal", "format"]), TEXTS),
        st.tuples(st.just("undo"), st.none(), st.none()),
    ),
    max_size=10,
)


def play(desk, steps) -> None:
    for kind, field, text in steps:
        if kind == "edit":
            desk.set(desk.spec, field, f"人工：{text}")
        elif kind == "undo":
            gone = undoing.undone(desk.events)
            places = [
                n
                for n, event in enumerate(desk.events)
                if event.uid not in gone and not event.body.undoes
            ]
            if not places:
                continue
            place = places[-1]
            was = review.effective_spec(desk.draft_spec, desk.events[:place])
            desk.do(undoing.undo(desk.events[place], was=was, on=desk.spec), desk.spec)
        else:
            answer(desk, field, text)


def answers_stand(spec: FeatureSpec, edited: set[str]) -> None:
    """No value is called an answer that nobody gave; every answer stands once where it belongs.

    Only where people wrote into its place since, it may not.
    """
    slots = [spec.goal, spec.trigger, spec.format]
    for name in ("actors", "rules", "limits", "behaviours", "errors"):
        slots += getattr(spec, name)
    behind = [question_behind(one, spec) for one in slots if one.origin == "answered"]
    found = [one.id for one in behind]
    given = {one.id: PARTS[one.slot] for one in spec.open_questions if one.answer}
    assert len(found) == len(set(found))
    assert given.keys() >= set(found)
    assert all(given[one] in {None, *edited} for one in given.keys() - set(found))


def edited_in(steps) -> set[str]:
    return {field for kind, field, _ in steps if kind == "edit"}


@settings(deadline=None)
@given(steps=STEPS)
def test_after_any_answers_edits_and_undos_each_answer_stands_once(new_desk, steps):
    desk = new_desk()
    desk.draft_spec = desk.SPEC.with_(open_questions=ASKED)
    play(desk, steps)
    answers_stand(desk.spec, edited_in(steps))
    for one in ASKED:
        answer(desk, one.id, None)
    for name in {"goal", "format", "rules", "limits", "errors"} - edited_in(steps):
        assert getattr(desk.spec, name) == getattr(desk.draft_spec, name)


@settings(deadline=None)
@given(steps=STEPS)
def test_a_newer_draft_keeps_every_answer_and_its_value(new_desk, steps):
    desk = new_desk()
    desk.draft_spec = desk.SPEC.with_(open_questions=ASKED)
    play(desk, steps)
    before = {one.question: one.answer for one in desk.spec.open_questions if one.answer}
    desk.draft_spec = desk.SPEC.with_(
        open_questions=(MONEY.with_(id="q1"), LIMIT.with_(id="q2")), rules=()
    )
    after = {one.question: one.answer for one in desk.spec.open_questions if one.answer}
    assert after == before
    answers_stand(desk.spec, edited_in(steps))
