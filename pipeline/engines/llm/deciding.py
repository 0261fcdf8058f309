"""What code decides about a draft, because code can: sides, whose yes it was, who may see it.

A model is told the same in its prompt; here it is made true.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pipeline.engines.llm.shown import cited_turns
from pipeline.models.base import Side
from pipeline.models.draft import (
    Draft,
    DraftAction,
    DraftAsk,
    DraftConcern,
    DraftConflict,
    DraftDecision,
    DraftItem,
    Unparsed,
)
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript

I = TypeVar("I", bound=DraftItem)  # noqa: E741 - an item


class Room(NamedTuple):
    """Who was there: the side of each turn, and the turns that were not meant for everybody."""

    sides: Mapping[str, Side]
    private: Mapping[str, Sequence[str]]
    """Participants whom the turn must never reach, by its id; empty where it is merely ours."""


def room(transcript: Transcript, project: Project, private: Mapping[str, Sequence[str]]) -> Room:
    """The sides as the transcript has them, else as the project knows the speaker."""
    sides: dict[str, Side] = {
        one.id: one.side if one.side != "unknown" else project.side_of(one.speaker)
        for one in transcript.segments
    }
    return Room(sides, private)


def decided(draft: Draft, present: Room, project: Project) -> Draft:
    """The draft with everything that code can say for sure.

    An ask that rests on our own words alone is a proposal: it is kept among what was not taken.
    A decision that no client turn supports is tentative at most.
    """
    asks = [one for one in draft.asks if not _only_ours(one, present)]
    proposals = tuple(
        Unparsed(
            kind="asks",
            reason="only our own words",
            raw=one.model_dump(mode="json"),
            cause="proposal",
        )
        for one in draft.asks
        if _only_ours(one, present)
    )
    return draft.with_(
        asks=tuple(_guarded(one, present) for one in asks),
        decisions=tuple(_guarded(_agreed(one, present), present) for one in draft.decisions),
        actions=tuple(_guarded(_owned(one, project), present) for one in draft.actions),
        risks=tuple(_guarded(one, present) for one in draft.risks),
        questions=tuple(_guarded(one, present) for one in draft.questions),
        conflicts=tuple(_guarded(one, present) for one in draft.conflicts),
        concerns=tuple(_guarded(one, present) for one in draft.concerns),
        internal=tuple(present.private),
        unparsed=(*draft.unparsed, *proposals),
    )


def _sides(draft: DraftItem, present: Room) -> set[Side]:
    return {present.sides.get(one, "unknown") for one in cited_turns(draft)}


def _only_ours(ask: DraftAsk, present: Room) -> bool:
    return _sides(ask, present) == {"us"}


def _agreed(one: DraftDecision, present: Room) -> DraftDecision:
    """Nobody decides for the client."""
    alone = _sides(one, present) == {"us"}
    return one.with_(state="tentative") if alone and one.state == "agreed" else one


def _owned(one: DraftAction, project: Project) -> DraftAction:
    """The side of whoever does it, from the participants; a name nobody has is kept as said."""
    return one.with_(side=project.side_of(one.owner))


def _guarded(one: I, present: Room) -> I:
    """Internal where a turn of it was not meant for everybody."""
    private = [present.private[turn] for turn in cited_turns(one) if turn in present.private]
    inward = bool(private) or isinstance(one, DraftConflict | DraftConcern)
    return one.with_(
        visibility="internal" if inward else one.visibility,
        not_for=tuple(dict.fromkeys((*one.not_for, *_names(private)))),
    )


def _names(private: Iterable[Sequence[str]]) -> Iterable[str]:
    return (name for names in private for name in names)
