"""Succession: a later decision on the same thing takes the place of an earlier one."""

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.far import turns_of
from pipeline.engines.rules.extraction.threads import words_of
from pipeline.models.draft import Draft, DraftDecision

_AKIN = 0.25
"""Share of content words from which two decisions are about the same thing."""


def with_succession(draft: Draft, dialogue: Dialogue) -> Draft:
    """The draft, each decision that corrects an earlier one naming it."""
    decisions: list[DraftDecision] = []
    for decision in draft.decisions:
        earlier = None if decision.supersedes else _replaced(decision, decisions, draft, dialogue)
        decisions.append(decision.with_(supersedes=earlier) if earlier else decision)
    return draft.with_(decisions=tuple(decisions))


def _replaced(
    decision: DraftDecision, before: list[DraftDecision], draft: Draft, dialogue: Dialogue
) -> str | None:
    """The earlier decision on the same thing: said in the same words, or about the same ask."""
    turns = turns_of(decision, dialogue)
    asks = [{turn.index for turn in turns_of(ask, dialogue)} for ask in draft.asks]
    if not any(turn.has("turn.correct") for turn in turns):
        return None
    mine = {turn.index for turn in turns}
    akin: dict[str, float] = {}
    for other in before:
        theirs = turns_of(other, dialogue)
        together = any(ask & mine and ask & {turn.index for turn in theirs} for ask in asks)
        same_words = dialogue.akin(words_of(turns), words_of(theirs))
        akin[other.ref] = same_words + (_AKIN if together and same_words else 0.0)
    best = max(akin, key=lambda ref: akin[ref], default=None)
    return best if best is not None and akin[best] >= _AKIN else None
