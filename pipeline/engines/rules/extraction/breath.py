"""Breath: whether a turn asks for something else, or for the same in one breath."""

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.threads import Thread
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wants import Want
from pipeline.language.cues_content import terms
from pipeline.language.cues_strength import REQUIRED, SOFT

_BREATH = 4
"""Turns after an ask in which the same person goes on about it."""
_SOON = 3
"""Turns after an ask in which it may be taken back at once."""
_OUTRIGHT = 1.0
"""Log odds over the threshold from which a turn surely takes something back."""


def hinted_at(turn: Turn, current: Thread | None) -> bool:
    """Whether the speaker led up to it right before, in a turn that had no word of wishing."""
    return (
        current is not None
        and current.want.grade == SOFT
        and turn.speaker == current.anchor.speaker
        and turn.index - current.last <= 1
        and not turn.opens
    )


def answered_as_an_ask(turn: Turn, dialogue: Dialogue) -> bool:
    """Whether the reply takes it for an ask: "you have that already", "then drop it"."""
    next_one = dialogue.after(turn)
    if any(one.ours and dialogue.senses("supported", one) > 0 for one in next_one):
        return True
    soon = (one for one in dialogue.after(turn, _SOON) if not one.ours)
    return any(dialogue.senses("withdrawn", one) > _OUTRIGHT for one in soon)


def in_one_breath(turn: Turn, last: Thread, dialogue: Dialogue) -> bool:
    """Whether a turn asks for what was just asked for, and opens nothing new.

    Of pairs like these on the practice calls, 51 of 61 were one ask.
    """
    apart = turn.index - last.anchor.index
    same = turn.speaker == last.anchor.speaker and apart <= _BREATH
    between = dialogue.turns[last.anchor.index + 1 : turn.index]
    closed = any(one.has("decision.settled") for one in between)
    leads_away = turn.opens or turn.refers_back or closed or turn.has("turn.besides")
    return not leads_away and (apart == 1 or same)


def of_its_own(turn: Turn, last: Thread, dialogue: Dialogue) -> bool:
    """Whether an outright wish right after another outright one shares no word with it."""
    outright = last.want.grade >= REQUIRED and turn.speaker == last.anchor.speaker
    at_once = turn.index - last.anchor.index == 1
    return outright and at_once and not dialogue.akin(turn.terms, last.words)


def sounding(turn: Turn) -> Want:
    """What a turn asks for that has no word of wishing: its clause that says most."""
    return Want(SOFT, max(turn.clauses, key=lambda piece: len(terms(piece.text))))
