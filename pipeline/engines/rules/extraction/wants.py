"""Wants: how strongly a turn asks for something, and in which of its clauses."""

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.engines.rules.extraction.terms import terms
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.dates import find_dates
from pipeline.language.script import Piece

DIRECT = 3
REQUIRED = 2
SOFT = 1
_GRADES = {"ask.direct": DIRECT, "ask.require": REQUIRED, "ask.soft": SOFT}


class Want(NamedTuple):
    """The clause of a turn that asks most, and how much."""

    grade: int
    piece: Piece


def want_of(turn: Turn) -> Want | None:
    """What a turn asks for; None when it asks for nothing of the product."""
    found = [Want(_grade(piece.text), piece) for piece in turn.clauses]
    best = max(found, key=lambda want: want.grade, default=None)
    leaving = turn.has("internal.bye") or turn.has("turn.joke")
    if best is None or best.grade < (REQUIRED if leaving else SOFT):
        return None
    return best


def _grade(clause: str) -> int:
    if cues.has("internal.bye", clause):
        return 0
    blocked = [match.span() for match in cues.finditer("ask.not", clause)]
    for cue, grade in _GRADES.items():
        for match in cues.finditer(cue, clause):
            if not _touches(match.span(), blocked) and not _only_a_date(clause, match.span()):
                return grade
    return 0


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _only_a_date(clause: str, cue: tuple[int, int]) -> bool:
    """Whether nothing but a date is wanted: a wish about the schedule is no ask of the product."""
    dates = find_dates(clause)
    if not dates:
        return False
    spans = [cue, *((date.start, date.end) for date in dates)]
    spans += [match.span() for match in cues.finditer("turn.schedule", clause)]
    return not terms(_without(clause, spans))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)
