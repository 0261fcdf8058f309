"""Risks: what may go wrong, as it was said."""

from collections.abc import Iterator, Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import said_around, sentence_of
from pipeline.language import cues
from pipeline.language.cues_strength import warns
from pipeline.language.script import Piece
from pipeline.models.draft import DraftRisk
from pipeline.models.item import RiskKind

_KINDS: tuple[RiskKind, ...] = (
    "security",
    "scope",
    "contract",
    "people",
    "data",
    "technical",
    "schedule",
)
_NEAR = 2
_AKIN = 0.15
"""Turns apart, and share of content words, within which two warnings are one risk."""


def read_risks(dialogue: Dialogue) -> tuple[DraftRisk, ...]:
    """Every risk of the call, in order."""
    return tuple(
        DraftRisk(
            ref=f"r{number}",
            text=_text(turns[0]),
            kind=risk_kind(turns),
            citations=tuple(turn.citation() for turn in turns),
        )
        for number, turns in enumerate(_grouped(_risky(dialogue), dialogue), 1)
    )


def _risky(dialogue: Dialogue) -> Iterator[Turn]:
    for turn in dialogue.turns:
        alone = turn.index in dialogue.private and turn.ours
        quoted = turn.ours and not alone and turn.has("scope.out")
        warning = [piece for piece in turn.clauses if _warns(piece, alone=alone)]
        cue = not quoted and any(not _ruled(turn, piece) for piece in warning)
        if dialogue.takes("risk", turn, cue=cue):
            yield turn


def _ruled(turn: Turn, piece: Piece) -> bool:
    """Whether a warning only gives the reason of a rule, or tells how many of "them" are wrong."""
    sentence = sentence_of(turn, piece).text
    reason = cues.at_start("risk.reason", piece.text) and cues.at_start("ask.bars", sentence)
    return bool(reason) or cues.at_start("risk.some", piece.text) > 0


def _warns(piece: Piece, *, alone: bool) -> bool:
    """Whether a clause warns; among ourselves two hints are enough."""
    if alone:
        hints = {match.group() for match in cues.finditer("risk.hint", piece.text)}
        return warns(piece.text) or len(hints) > 1
    return warns(piece.text) and not cues.has("concern.voiced", piece.text)


def _grouped(turns: Iterator[Turn], dialogue: Dialogue) -> Iterator[Sequence[Turn]]:
    group: list[Turn] = []
    for turn in turns:
        if group and not _goes_on(group[-1], turn, dialogue):
            yield group
            group = []
        group.append(turn)
    if group:
        yield group


def _goes_on(one: Turn, other: Turn, dialogue: Dialogue) -> bool:
    near = other.index - one.index <= _NEAR
    return near and dialogue.akin(one.terms, other.terms) >= _AKIN


def _text(turn: Turn) -> str:
    pieces = [piece for piece in turn.clauses if _warns(piece, alone=True)]
    return said_around(turn, pieces or turn.clauses)


def risk_kind(turns: Sequence[Turn]) -> RiskKind:
    """The kind whose words are used most; a matter of time where none is used."""
    text = " ".join(turn.plain for turn in turns)
    counts = {kind: sum(1 for _ in cues.finditer(f"risk.{kind}", text)) for kind in _KINDS}
    best = max(_KINDS, key=lambda kind: counts[kind])
    return best if counts[best] else "schedule"
