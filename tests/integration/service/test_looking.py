"""A lane that reads only what was edited shows what one that reads everything shows."""

import random
from collections.abc import Callable
from functools import partial

import pytest

from pipeline import review as stage
from pipeline.errors import DragomanError
from pipeline.models.minutes import Ask
from pipeline.models.standing import Standing
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service import meetings, review, transcripts
from ui.board import Board
from ui.components.lane import by_id
from ui.looking import at_items, at_specs
from ui.session import words

WORDS = words("lane")


class Page:
    """A lane as one browser holds it, and how often everything was read for it."""

    def __init__(self, look: Callable[..., object]) -> None:
        self._look, self._board = look, Board()
        self.held: str | None = None
        self.rows: dict[str, object] = {}
        self.order: list[str] = []
        self.whole = 0

    def look(self) -> list[object]:
        def counted(mark):
            found = self._look(mark)
            self.whole += found.whole
            return found

        change = self._board.changes(counted, self.held)
        self.rows |= {row["uid"]: row for row in change["rows"]}
        self.order = change["order"] if change["order"] is not None else self.order
        self.held = f"{change['board']}:{change['number']}"
        return [self.rows[uid] for uid in self.order]

    def afresh(self) -> list[object]:
        return Board().changes(self._look)["rows"]


@pytest.fixture
def spoken(house, meeting):
    """Turns that the minutes rest on."""
    turns = [
        Segment(
            id=f"s{n}", index=n, start=5.0 * n, end=5.0 * n + 4, text=f"第{n}句", speaker="吴总"
        )
        for n in range(1, 10)
    ]
    house.tools.store.save_transcript(
        meeting, Transcript(meeting=meeting, engine=EngineName(name="test"), segments=tuple(turns))
    )
    return meeting


@pytest.fixture
def lane(house, spoken, chen):
    def segments(version):
        return by_id(meetings.transcript(chen, house, spoken, version))

    return Page(partial(at_items, chen, house, spoken, words=WORDS, segments=segments))


@pytest.fixture
def sheets(house, spoken, chen):
    return Page(partial(at_specs, chen, house, spoken, words=WORDS))


@pytest.fixture
def standing(house, meeting, chen):
    def stand(since: Standing | None = None) -> Standing:
        return meetings.standing(chen, house, meeting, since)

    return stand


def test_a_decision_reads_nothing_else(lane, edit, ask, wang):
    lane.look()
    for operation in ("approve", "reopen", "reject", "needs_client"):
        edit(ask(), operation, actor=wang)
        assert lane.look() == lane.afresh()
    assert lane.whole == 1


def test_an_edit_of_a_spec_reads_no_other(sheets, edit, spec):
    sheets.look()
    edit(spec(), field="limits[1]", after="尽快")
    edit(spec(), "answer", field="q1", after="orders.xlsx", reason="吴总")
    edit(spec(), "approve")
    assert sheets.look() == sheets.afresh()
    assert sheets.whole == 1
    (row,) = sheets.look()
    answered = [one["answered_by"] for one in row["v"]["open_questions"] if one["answer"]]
    assert (answered, row["review"], len(row["changes"]) > 0) == (["吴总"], "approved", True)


def test_nothing_new_touches_nothing(standing, edit, ask):
    first = standing()
    assert standing(first).touched == ()
    edit(ask(), "approve")
    now = standing(first)
    assert now.touched == (("item", ask().uid),)
    assert standing(now).touched == ()


def test_a_correction_of_the_call_is_seen_by_what_rests_on_it(lane, sheets, house, spoken, chen):
    lane.look(), sheets.look()
    transcripts.correct(chen, house, spoken, "s1", field="text", before="第1句", after="更正过")
    assert lane.look() == lane.afresh()
    assert sheets.look() == sheets.afresh()
    assert any(row["stale"] for row in lane.look())
    assert lane.whole > 1


def test_a_new_run_is_seen_whole(lane, sheets, house, meeting):
    lane.look(), sheets.look()
    store = house.tools.store
    minutes = store.draft_minutes(meeting)
    told = minutes.with_(asks=(minutes.asks[0].with_(text="换了说法"),), actions=())
    store.save_minutes(store.identify(meeting, told))
    assert lane.look() == lane.afresh()
    assert [row["text"] for row in lane.look() if row["kind"] == "ask"] == ["换了说法"]
    assert sheets.look() == sheets.afresh()


def test_a_spec_written_anew_is_seen(lane, sheets, house, meeting):
    lane.look(), sheets.look()
    store = house.tools.store
    ((draft,),) = store.spec_drafts(meeting).values()
    (ask,) = store.draft_minutes(meeting).asks
    again = draft.with_(title="新写的标题")
    store.save_spec(meeting, store.identify_spec(meeting, ask, again))
    (row,) = sheets.look()
    assert row["v"]["title"] == "新写的标题"
    assert lane.look() == lane.afresh()


def test_edits_of_another_meeting_are_none_of_this_one(standing, house, meeting, chen):
    store = house.tools.store
    first = standing()
    other = store.meeting(meeting).with_(uid="m2", title="另一个")
    store.add_meeting(other)
    drafted = store.draft_minutes(meeting)
    action = drafted.actions[0].with_(uid="", id="t1")
    minutes = drafted.with_(meeting="m2", asks=(), decisions=(), actions=(action,))
    minutes = store.identify("m2", minutes)
    store.save_minutes(minutes)
    review.edit(chen, house, "m2", stage.propose(minutes.actions[0], "reject"))
    assert standing(first).touched == ()


def test_another_history_in_the_same_place_is_no_addition(standing, edit, ask):
    first = standing()
    edit(ask(), "approve")
    seen = standing(first)
    for other in (
        seen.with_(last="another"),
        seen.with_(events=seen.events + 1),
        seen.with_(bodies=seen.bodies - 1),
        seen.with_(drafts="another"),
    ):
        assert standing(other).touched is None


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_both_lanes_show_what_holds(
    seed, lane, sheets, house, spoken, chen, wang, view
):
    chance = random.Random(seed)
    store = house.tools.store

    def decided():
        on = chance.choice([*(one for _, one in view().minutes.items()), *view().specs])
        operation = chance.choice(("approve", "reject", "needs_client", "reopen"))
        review.edit(chance.choice((chen, wang)), house, spoken, stage.propose(on, operation))

    def written():
        on = chance.choice([one for _, one in view().minutes.items()])
        text = f"写法 {chance.random()}"
        review.edit(wang, house, spoken, stage.propose(on, "set", field="text", after=text))

    def undone():
        review.undo(chance.choice((chen, wang)), house, spoken)

    def uncited():
        on = view().minutes.coverage.uncited[0]
        review.edit(chen, house, spoken, stage.propose(on, "cover", after="dismissed"))

    def corrected():
        turn = chance.choice(store.transcript(spoken).segments)
        transcripts.correct(
            chen, house, spoken, turn.id, field="text", before=turn.text, after=f"{turn.text}改"
        )

    def rerun():
        minutes = store.draft_minutes(spoken)
        asks: tuple[Ask, ...] = tuple(one.with_(text=f"{one.text}再") for one in minutes.asks)
        told = minutes.with_(asks=asks, actions=minutes.actions if chance.random() > 0.5 else ())
        store.save_minutes(store.identify(spoken, told))

    deeds = [decided] * 6 + [written] * 3 + [undone] * 2 + [uncited, corrected, rerun]
    for _ in range(25):
        try:
            chance.choice(deeds)()
        except DragomanError:
            continue
        if chance.random() > 0.4:
            assert lane.look() == lane.afresh()
            assert sheets.look() == sheets.afresh()
    assert lane.look() == lane.afresh()
    assert sheets.look() == sheets.afresh()
