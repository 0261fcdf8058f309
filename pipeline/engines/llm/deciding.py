"""What code decides about a draft, because code can: sides, whose yes it was, who may see it.

A model is told the same in its prompt; here it is made true.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.shown import cited_turns
from pipeline.language.assent import agrees
from pipeline.models.base import Side
from pipeline.models.draft import (
    Draft,
    DraftAction,
    DraftConcern,
    DraftConflict,
    DraftDecision,
    DraftField,
    DraftItem,
    DraftPermission,
    DraftQuestion,
    DraftSlot,
    DraftSpec,
)
from pipeline.models.evidence import Citation
from pipeline.models.project import Project
from pipeline.words.loader import say

I = TypeVar("I", bound=DraftItem)  # noqa: E741 - an item
V = TypeVar("V", DraftSlot, DraftField, DraftPermission)


class Room(NamedTuple):
    """Who was there: the side of each turn, and the turns that were not meant for everybody."""

    sides: Mapping[str, Side]
    private: Mapping[str, Sequence[str]]
    """Participants whom the turn must never reach, by its id; empty where it is merely ours."""
    yeses: Mapping[str, str]
    """The turn with the client's yes that comes right after a turn of ours, by the latter's id."""


def room(reading: Reading) -> Room:
    """The sides as the transcript has them, else as the project knows the speaker."""
    sides: dict[str, Side] = {
        one.id: one.side if one.side != "unknown" else reading.project.side_of(one.speaker)
        for one in reading.segments
    }
    yeses = {
        ours.id: theirs.id
        for ours, theirs in pairwise(reading.segments)
        if (sides[ours.id], sides[theirs.id]) == ("us", "client") and agrees(theirs.text)
    }
    return Room(sides, reading.private, yeses)


def decided(draft: Draft, present: Room, project: Project) -> Draft:
    """The draft with everything that code can say for sure.

    What we proposed is neither an ask nor a decision before the client said yes. Where their yes
    comes right after it, it is cited; where there is none, it becomes a question of our own.
    """
    asks = [_with_yes(one, present) for one in draft.asks]
    decisions = [_with_yes(one, present) for one in draft.decisions]
    open_asks = [one for one in asks if _only_ours(one, present)]
    among_us = [one for one in decisions if _only_ours(one, present)]
    open_decisions = [one for one in among_us if not _private(one, present)]
    proposals = [_proposal(one, project) for one in (*open_asks, *open_decisions)]
    return draft.with_(
        asks=tuple(_guarded(one, present) for one in asks if one not in open_asks),
        decisions=tuple(_guarded(one, present) for one in decisions if one not in open_decisions),
        actions=tuple(_guarded(_owned(one, project), present) for one in draft.actions),
        risks=tuple(_guarded(one, present) for one in draft.risks),
        questions=tuple(_guarded(one, present) for one in (*draft.questions, *proposals)),
        conflicts=tuple(_guarded(one, present) for one in draft.conflicts),
        concerns=tuple(_guarded(one, present) for one in draft.concerns),
        internal=tuple(present.private),
    )


def theirs(spec: DraftSpec, present: Room) -> DraftSpec:
    """The spec with what only we said as assumed: nobody on the client's side said or agreed to it."""
    changed: dict[str, object] = {}
    for name in ("goal", "pain", "trigger", "format"):
        changed[name] = _theirs(getattr(spec, name), present)
    for name in ("actors", "rules", "limits", "behaviours", "errors", "data_fields", "permissions"):
        changed[name] = tuple(_theirs(one, present) for one in getattr(spec, name))
    return spec.with_(**changed)


def _theirs(one: V, present: Room) -> V:
    if one.origin != "stated":
        return one
    turns = [turn for cited in one.citations for turn in cited.segments]
    ours = bool(turns) and all(present.sides.get(turn) == "us" for turn in turns)
    agreed = any(turn in present.yeses for turn in turns)
    return one.with_(origin="inferred", citations=()) if ours and not agreed else one


def _with_yes(one: I, present: Room) -> I:
    """With the client's yes that follows, where only our own words are cited."""
    if not _only_ours(one, present):
        return one
    yes = next((present.yeses[turn] for turn in cited_turns(one) if turn in present.yeses), None)
    if yes is None:
        return one
    heard = one.with_(citations=(*one.citations, Citation(segments=(yes,))))
    # Code heard the yes and not whoever read the call: a person looks at it before it is settled.
    return heard.with_(state="tentative") if isinstance(heard, DraftDecision) else heard


def _proposal(one: DraftItem, project: Project) -> DraftQuestion:
    """What we proposed and nobody took up, as something still to be asked; for us alone."""
    return DraftQuestion(
        ref=f"proposal-{one.ref}",
        text=say("proposal.unanswered", project.language, text=one.text),
        citations=one.citations,
        visibility="internal",
    )


def _private(one: DraftItem, present: Room) -> bool:
    """Whether all of it was said among ourselves: what we settle there is ours to settle."""
    return all(turn in present.private for turn in cited_turns(one))


def _sides(draft: DraftItem, present: Room) -> set[Side]:
    return {present.sides.get(one, "unknown") for one in cited_turns(draft)}


def _only_ours(one: DraftItem, present: Room) -> bool:
    return _sides(one, present) == {"us"}


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
