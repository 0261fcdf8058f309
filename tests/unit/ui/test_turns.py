"""What was said and not minuted, in its surroundings."""

from pipeline.models.actor import Actor
from pipeline.models.minutes import Coverage, Minutes, Uncited
from pipeline.models.review import Edit, chain
from pipeline.models.transcript import Dropped, EngineName, Segment, Transcript
from ui.standing import standing as how_far
from ui.turns import by_reason, covered, standing, turns

SEGMENTS = tuple(Segment(id=f"s{n}", index=n, text=f"t{n}", start=float(n)) for n in range(12))
TRANSCRIPT = Transcript(engine=EngineName(name="import"), segments=SEGMENTS)
CHEN = Actor(id="u1", name="陈立", via="test")


def minutes(*uncited: Uncited) -> Minutes:
    return Minutes(
        meeting="m1", transcript_version=1, language="zh", coverage=Coverage(uncited=uncited)
    )


def said(number: int, state: str = "open") -> Uncited:
    return Uncited.model_validate({"segment": f"s{number}", "cue": "ask", "state": state})


def shape(found) -> list[tuple[list[int], int, list[int]]]:
    return [
        ([one.index for one in turn.before], turn.said.index, [one.index for one in turn.after])
        for turn in found
    ]


def test_each_stands_between_the_words_around_it():
    assert shape(turns(minutes(said(5)), TRANSCRIPT)) == [([3, 4], 5, [6, 7])]
    assert shape(turns(minutes(said(0)), TRANSCRIPT)) == [([], 0, [1, 2])]
    assert shape(turns(minutes(said(11)), TRANSCRIPT)) == [([9, 10], 11, [])]


def test_no_words_stand_there_twice():
    found = shape(turns(minutes(said(7), said(4), said(5)), TRANSCRIPT))
    assert found == [([2, 3], 4, []), ([], 5, [6]), ([], 7, [8, 9])]


def test_the_turns_beside_it_are_there_even_where_they_are_shown_elsewhere():
    beside = [
        [one.index for one in turn.beside]
        for turn in turns(minutes(said(0), said(4), said(5), said(11)), TRANSCRIPT)
    ]
    assert beside == [[1], [3, 5], [4, 6], [10]]


def test_answered_ones_can_be_left_out():
    all_of_them = minutes(said(4), said(5, "dismissed"), Uncited(segment="gone", cue="risk"))
    assert [one.said.id for one in turns(all_of_them, TRANSCRIPT)] == ["s4", "s5"]
    assert [one.said.id for one in turns(all_of_them, TRANSCRIPT, only_open=True)] == ["s4"]


def test_an_answer_says_what_was_seen():
    edit = covered(said(4), "attached", "A1")
    assert (edit.entity, edit.entity_uid, edit.operation) == ("coverage", "s4", "cover")
    assert (edit.field, edit.before, edit.after) == (
        "ask",
        "open",
        {"state": "attached", "item": "A1"},
    )


def test_the_last_answer_that_stands_is_the_one_to_take_back():
    def event(uid: str, edit: Edit, after=None):
        more = {"uid": uid, "salt": "x", "actor": CHEN, "at": "2026-01-01T00:00:00Z"}
        return chain(edit, after=after, project="p", meeting="m1", **more)

    first = event("e1", covered(said(4), "dismissed"))
    second = event("e2", covered(said(4, "dismissed"), "accepted"), first)
    back = event("e3", covered(said(4, "accepted"), "dismissed").with_(undoes="e2"), second)
    assert standing([]) is None
    assert standing([first, second]) == second
    assert standing([first, second, back]) == first


def test_what_was_not_taken_is_sorted_by_reason():
    dropped = [Dropped(text=text, reason=reason) for text, reason in ("ax", "by", "cy")]
    assert {reason: len(of) for reason, of in by_reason(dropped).items()} == {"y": 2, "x": 1}
    assert next(iter(by_reason(dropped))) == "y"


def test_how_far_the_minutes_are():
    taken = said(6, "accepted").with_(item="A3")
    found = how_far(minutes(said(4, "accepted"), said(5), taken), [])
    assert (found.total, found.left, found.taken_up, found.by) == (0, 0, 1, "")
