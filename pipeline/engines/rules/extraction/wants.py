"""Wants: how strongly a turn asks for something, and in which of its clauses."""

from typing import NamedTuple

from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language.cues_strength import REQUIRED, SOFT, Grade, wants
from pipeline.language.script import Piece


class Want(NamedTuple):
    """The clause of a turn that asks most, and how much."""

    grade: Grade
    piece: Piece


def want_of(turn: Turn) -> Want | None:
    """What a turn asks for; None when it asks for nothing of the product."""
    found = [Want(wants(piece.text), piece) for piece in turn.clauses]
    best = max(found, key=lambda want: want.grade, default=None)
    leaving = turn.has("internal.bye") or turn.has("turn.joke")
    if best is None or best.grade < (REQUIRED if leaving else SOFT):
        return None
    return best
