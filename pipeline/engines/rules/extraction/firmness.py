"""Firmness: whether what was settled is agreed, only for now, put off or turned down."""

from collections.abc import Mapping, Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.sense.kinds import Kind
from pipeline.models.item import DecisionState

_HEARD: Mapping[Kind, DecisionState] = {
    "decision_agreed": "agreed",
    "decision_tentative": "tentative",
    "decision_deferred": "deferred",
    "decision_rejected": "rejected",
}


def firmness(
    turns: Sequence[Turn], by: Turn, dialogue: Dialogue, *, said: DecisionState | None
) -> DecisionState:
    """The state of a decision, from the turn that settles it and those right after.

    Args:
        turns: Everything the decision rests on.
        by: The turn that settles.
        dialogue: The call.
        said: What a form of words for deciding already tells; None where there was none.
    """
    settling = [turn for turn in turns if turn.index >= by.index]
    reply = [one for one in dialogue.after(settling[-1]) if one.speaker != by.speaker]
    later = any(turn.has("decision.later") for turn in settling)
    refused = any(turn.has("decision.refused") for turn in (*settling, *reply))
    bound = any(turn.has("decision.condition") for turn in (*settling, *reply))
    state = said or _heard(by, dialogue)
    if state in ("deferred", "rejected"):
        return _put_off_or_refused(state, later=later, refused=refused)
    if refused and said is None:
        return "deferred" if later else "rejected"
    return "tentative" if bound else state


def _put_off_or_refused(state: DecisionState, *, later: bool, refused: bool) -> DecisionState:
    if later:
        return "deferred"
    return "rejected" if refused else state


def _heard(by: Turn, dialogue: Dialogue) -> DecisionState:
    return _HEARD[dialogue.reading.best(*_HEARD, at=by.index)]
