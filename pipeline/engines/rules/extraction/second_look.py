"""Second look: what turns that led to no item hold, when one cue is enough."""

from collections.abc import Callable, Mapping, Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.due import due_of
from pipeline.engines.rules.extraction.risks import risk_kind
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import tidy
from pipeline.language.cues_heard import heard
from pipeline.models.draft import (
    Draft,
    DraftAction,
    DraftAsk,
    DraftConcern,
    DraftDecision,
    DraftItem,
    DraftQuestion,
    DraftRisk,
)
from pipeline.models.item import DecisionState
from pipeline.models.minutes import ARRAYS, Cue

_STATES: tuple[DecisionState, ...] = ("rejected", "deferred", "tentative")


def second_look(segments: Sequence[str], dialogue: Dialogue) -> Draft:
    """One item for each of the turns that has a cue, of the kind that the cue names."""
    arrays: dict[str, tuple[DraftItem, ...]] = {}
    for number, segment in enumerate(segments, 1):
        turn = dialogue.at(segment)
        cue = heard(turn.text) if turn else None
        if turn and cue:
            item = made_of(turn, cue, f"{cue}-{number}", dialogue)
            arrays[ARRAYS[cue]] = (*arrays.get(ARRAYS[cue], ()), item)
    return Draft().with_(**arrays)


def made_of(turn: Turn, cue: Cue, ref: str, dialogue: Dialogue) -> DraftItem:
    """The item that a turn holds by itself, of the kind that a cue names."""
    return _MAKERS[cue](turn, ref, dialogue)


def _ask(turn: Turn, ref: str, _: Dialogue) -> DraftItem:
    cited = (turn.citation(),)
    quote = turn.text.strip()
    return DraftAsk(
        ref=ref, text=tidy(quote), citations=cited, raw_quote=quote, speaker=turn.speaker
    )


def _decision(turn: Turn, ref: str, _: Dialogue) -> DraftItem:
    said = (one for one in _STATES if turn.has(f"decision.{one}"))
    state: DecisionState = next(said, "agreed")
    cited = (turn.citation(),)
    return DraftDecision(
        ref=ref, text=tidy(turn.text), citations=cited, state=state, by=turn.speaker
    )


def _action(turn: Turn, ref: str, dialogue: Dialogue) -> DraftItem:
    due = due_of(turn.text)
    return DraftAction(
        ref=ref,
        text=tidy(turn.text),
        citations=(turn.citation(),),
        owner=None if turn.has("person.we") else turn.speaker,
        side=turn.side,
        due_verbatim=due.verbatim if due else None,
        due_date=due.date(dialogue.day_of(turn)) if due else None,
        weak=turn.has("action.weak"),
    )


def _risk(turn: Turn, ref: str, _: Dialogue) -> DraftItem:
    kind = risk_kind([turn])
    return DraftRisk(ref=ref, text=tidy(turn.text), citations=(turn.citation(),), kind=kind)


def _question(turn: Turn, ref: str, _: Dialogue) -> DraftItem:
    return DraftQuestion(ref=ref, text=tidy(turn.text), citations=(turn.citation(),))


def _concern(turn: Turn, ref: str, _: Dialogue) -> DraftItem:
    cited = (turn.citation(),)
    return DraftConcern(ref=ref, text=tidy(turn.text), citations=cited, who=turn.speaker)


_MAKERS: Mapping[Cue, Callable[[Turn, str, Dialogue], DraftItem]] = {
    "ask": _ask,
    "decision": _decision,
    "action": _action,
    "risk": _risk,
    "question": _question,
    "concern": _concern,
}
