"""Risks: what may go wrong, as it was said."""

from collections.abc import Iterator

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import told
from pipeline.language import cues
from pipeline.models.draft import DraftRisk
from pipeline.models.item import RiskKind

_KINDS: tuple[RiskKind, ...] = ("security", "contract", "scope", "people", "data", "technical", "schedule")


def read_risks(dialogue: Dialogue) -> tuple[DraftRisk, ...]:
    """Every risk of the call, in order."""
    return tuple(
        DraftRisk(ref=f"r{number}", text=_text(turn), kind=_kind(turn), citations=(turn.citation(),))
        for number, turn in enumerate(_risky(dialogue), 1)
    )


def _risky(dialogue: Dialogue) -> Iterator[Turn]:
    for turn in dialogue.turns:
        if turn.has("risk.plain") and not turn.question:
            yield turn


def _text(turn: Turn) -> str:
    pieces = [piece for piece in turn.clauses if cues.has("risk.plain", piece.text)]
    return told(turn, pieces)


def _kind(turn: Turn) -> RiskKind:
    return max(_KINDS, key=lambda kind: sum(1 for _ in cues.finditer(f"risk.{kind}", turn.plain)))
