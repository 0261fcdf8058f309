"""Succession: a later decision on the same thing takes the place of an earlier one."""

from collections.abc import Sequence, Set

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.far import turns_of
from pipeline.engines.rules.extraction.threads import words_of
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.models.draft import Draft, DraftDecision, DraftItem

_AKIN = 0.25
"""Share of content words from which two decisions are about the same thing."""

_NEAR = 2
"""Turns from an ask within which a decision is about it."""


def with_succession(draft: Draft, dialogue: Dialogue) -> Draft:
    """The draft, each decision that corrects an earlier one naming it."""
    asks = [_places(ask, dialogue) for ask in draft.asks]
    decisions: list[DraftDecision] = []
    for decision in draft.decisions:
        earlier = None if decision.supersedes else _replaced(decision, decisions, asks, dialogue)
        decisions.append(decision.with_(supersedes=earlier) if earlier else decision)
    return draft.with_(decisions=tuple(decisions))


def _replaced(
    decision: DraftDecision,
    before: list[DraftDecision],
    asks: Sequence[Set[int]],
    dialogue: Dialogue,
) -> str | None:
    """The earlier decision on the same thing: said in the same words, or about the same ask."""
    turns = turns_of(decision, dialogue)
    if not any(turn.has("turn.correct") for turn in turns):
        return None
    mine, words = {turn.index for turn in turns}, words_of(turns)
    near = [ask for ask in asks if ask & mine]
    akin: dict[str, float] = {}
    for other in before:
        theirs = turns_of(other, dialogue)
        same_words = dialogue.akin(words, words_of(theirs))
        together = any(_beside(ask, theirs) for ask in near)
        akin[other.ref] = same_words + (_AKIN if together and same_words else 0.0)
    best = max(akin, key=lambda ref: akin[ref], default=None)
    return best if best is not None and akin[best] >= _AKIN else None


def _beside(ask: Set[int], turns: Sequence[Turn]) -> bool:
    """Whether some turns belong to an ask or stand right beside one of its turns."""
    return any(abs(turn.index - place) <= _NEAR for turn in turns for place in ask)


def _places(item: DraftItem, dialogue: Dialogue) -> frozenset[int]:
    return frozenset(turn.index for turn in turns_of(item, dialogue))
