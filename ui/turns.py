"""What was said and led to nothing, as it is shown: the words, and those around them."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.models.adding import BY_HAND
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Ask, Minutes, Uncited
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import Dropped, Segment, Transcript
from pipeline.models.undoing import undone

AROUND = 2
"""Turns shown before and after."""


class Turn(NamedTuple):
    """One turn that sounds like something and led to no item."""

    uncited: Uncited
    said: Segment
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]
    beside: tuple[Segment, ...] = ()
    """The turn before and the turn after: they may belong to it."""
    meeting: Meeting | None = None
    """Whose turn it is: it tells how a place in it is shown."""


def turns(
    minutes: Minutes,
    transcript: Transcript,
    *,
    meeting: Meeting | None = None,
    only_open: bool = False,
) -> tuple[Turn, ...]:
    """Those whose words are there, in the order of the call; no words stand there twice."""
    segments = sorted(transcript.segments, key=lambda one: one.index)
    place = {one.id: at for at, one in enumerate(segments)}
    listed = sorted(
        (place[one.segment], number, one)
        for number, one in enumerate(minutes.coverage.uncited)
        if one.segment in place and (one.state == "open" or not only_open)
    )
    found: list[Turn] = []
    shown = 0
    for number, (at, _, one) in enumerate(listed):
        following = listed[number + 1][0] if number + 1 < len(listed) else len(segments)
        end = max(at + 1, min(at + 1 + AROUND, following))
        before = segments[max(shown, at - AROUND, 0) : at]
        after = segments[at + 1 : end]
        beside = (*segments[max(at - 1, 0) : at], *segments[at + 1 : at + 2])
        found.append(Turn(one, segments[at], tuple(before), tuple(after), beside, meeting))
        shown = end
    return tuple(found)


def offers_form(turn: Uncited) -> bool:
    """Whether it can be taken as it stands: nobody answered, or no item says it yet."""
    return turn.state == "open" or (turn.state == "accepted" and not turn.item)


def covered(turn: Uncited, state: str, item: str | None = None) -> Edit:
    """The edit that says what became of a turn."""
    return Edit(
        entity="coverage",
        entity_uid=turn.segment,
        operation="cover",
        field=turn.cue,
        before=turn.state,
        after={"state": state, "item": item},
    )


def without_spec(minutes: Minutes) -> tuple[Ask, ...]:
    """Asks that somebody took from the words of the call and no run has written a spec for yet."""
    return tuple(
        ask
        for ask in minutes.asks
        if ask.origin_engine == BY_HAND and ask.spec is None
        if ask.status == "live" and ask.review != "rejected"
    )


def waiting_for_spec(minutes: Minutes) -> tuple[str, ...]:
    """Short ids of all asks that are to be built and that no run has written a spec for."""
    return tuple(
        ask.id
        for ask in minutes.asks
        if ask.spec is None and ask.status == "live" and ask.review != "rejected"
    )


def standing(events: Sequence[EditEvent]) -> EditEvent | None:
    """The last edit that was not taken back, and took nothing back itself."""
    gone = undone(events)
    return next(
        (
            one
            for one in reversed(events)
            if one.uid not in gone and one.body and not one.body.undoes
        ),
        None,
    )


def by_reason(dropped: Sequence[Dropped]) -> dict[str, list[Dropped]]:
    """What was not taken, by reason, the most frequent first."""
    found: dict[str, list[Dropped]] = {}
    for one in dropped:
        found.setdefault(one.reason, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))
