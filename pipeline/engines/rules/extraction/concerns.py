"""Concerns: worry and annoyance of the client's people, noted as observations."""

from collections.abc import Iterator

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import said_around
from pipeline.language import cues
from pipeline.models.draft import DraftConcern


def read_concerns(dialogue: Dialogue) -> tuple[DraftConcern, ...]:
    """Every concern of the call, in order; internal, whoever voiced it."""
    return tuple(
        DraftConcern(
            ref=f"e{number}",
            text=_text(turn),
            who=turn.speaker,
            citations=(turn.citation(),),
            visibility="internal",
        )
        for number, turn in enumerate(_worried(dialogue), 1)
    )


def _worried(dialogue: Dialogue) -> Iterator[Turn]:
    return (
        turn
        for turn in dialogue.turns
        if not turn.ours and dialogue.takes("concern", turn, cue=turn.has("concern.plain"))
    )


def _text(turn: Turn) -> str:
    pieces = [piece for piece in turn.clauses if cues.has("concern.plain", piece.text)]
    return said_around(turn, pieces or turn.clauses)
