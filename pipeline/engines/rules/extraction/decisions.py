"""Decisions: what was settled, for now, put off or turned down, and by whom."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import join, told
from pipeline.language import cues
from pipeline.language.script import Piece
from pipeline.models.draft import DraftDecision
from pipeline.models.item import DecisionState

_NEAR = 3
"""Turns before a yes in which its proposal is looked for."""


class Verdict(NamedTuple):
    """A decision as it was read: the turns it rests on, the last of them settling it."""

    turns: tuple[Turn, ...]
    state: DecisionState
    text: str


def read_decisions(dialogue: Dialogue) -> tuple[DraftDecision, ...]:
    """Every decision of the call, in order."""
    verdicts = _merged([one for turn in dialogue.open_turns() for one in _verdicts(turn, dialogue)])
    return tuple(
        DraftDecision(
            ref=f"d{number}",
            text=verdict.text,
            state=verdict.state,
            by=verdict.turns[-1].speaker,
            citations=tuple(turn.citation() for turn in verdict.turns),
            **dialogue.audience(*verdict.turns).model_dump(),
        )
        for number, verdict in enumerate(verdicts, 1)
    )


def _verdicts(turn: Turn, dialogue: Dialogue) -> Iterator[Verdict]:
    for read in (_rejected, _deferred, _tentative, _confirmed, _settled):
        verdict = read(turn, dialogue)
        if verdict:
            yield verdict
            return


def _clause_with(turn: Turn, cue: str) -> Piece | None:
    return next((piece for piece in turn.clauses if cues.has(cue, piece.text)), None)


def _verdict(state: DecisionState, *turns: Turn) -> Verdict:
    parts = [told(turn, turn.clauses) for turn in turns if turn.size > 3] or [turns[-1].text]
    return Verdict(turns, state, join(parts[-1:]))


def _rejected(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.ours or not (turn.has("decision.rejected") or turn.has("answer.no")):
        return None
    for earlier in dialogue.before(turn, 2):
        if earlier.ours and earlier.has("turn.proposal") and not earlier.question:
            return _verdict("rejected", earlier, turn)
    return None


def _deferred(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.ours or turn.question or not turn.has("decision.deferred"):
        return None
    return _verdict("deferred", *reversed(dialogue.before(turn, 1)), turn)


def _tentative(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.ours or turn.question or not turn.has("decision.tentative"):
        return None
    return _verdict("tentative", *reversed(dialogue.before(turn, 1)), turn)


def _confirmed(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """A yes to somebody of the other side who asked to settle."""
    if not turn.has("answer.yes") or turn.has("answer.evasive"):
        return None
    for earlier in dialogue.before(turn, 2):
        if earlier.ours != turn.ours and earlier.has("decision.seek"):
            return _verdict("agreed", earlier, turn)
    return None


def _settled(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.ours or turn.question or not turn.has("decision.settled"):
        return None
    return _verdict("agreed", *reversed(dialogue.before(turn, 1)), turn)


def _merged(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Verdicts that rest on the same turns are one, the last word counting."""
    kept: list[Verdict] = []
    for verdict in verdicts:
        if kept and verdict.turns[0].index - kept[-1].turns[-1].index <= 1:
            before = kept.pop()
            turns = tuple(sorted({*before.turns, *verdict.turns}, key=lambda turn: turn.index))
            verdict = Verdict(turns, verdict.state, verdict.text)
        kept.append(verdict)
    return kept
