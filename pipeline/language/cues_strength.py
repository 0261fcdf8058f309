"""Strength: how much a clause asks, promises or warns, with what only sounds like it left out."""

from collections.abc import Iterable
from typing import Literal

from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.dates import find_dates
from pipeline.language.numbers import find_numbers

Grade = Literal[0, 1, 2, 3]
NOTHING: Grade = 0
SOFT: Grade = 1
"""A wish or a rule that asks only where a subject has just been opened."""
REQUIRED: Grade = 2
"""A rule the product has to keep: an ask, or a detail of one."""
DIRECT: Grade = 3
"""Said to us: make it, add it, change it."""

_GRADES: tuple[tuple[str, Grade], ...] = (
    ("ask.direct", DIRECT),
    ("ask.require", REQUIRED),
    ("ask.soft", SOFT),
)


def wants(clause: str) -> Grade:
    """How much a plain clause asks of the product; goodbyes and stories of the past ask nothing."""
    asked = clause.endswith(("?", "？")) and cues.has("ask.direct", clause)
    if cues.has("internal.bye", clause) or (cues.has("turn.past", clause) and not asked):
        return NOTHING
    blocked = _spans("ask.not", clause)
    for cue, grade in _GRADES:
        for span in _spans(cue, clause):
            if not _touches(span, blocked) and not _only_a_date(clause, span):
                return grade
    return NOTHING


def promises(clause: str) -> bool:
    """Whether a plain clause takes something on."""
    if clause.endswith(("?", "？")):
        return False
    blocked = _spans("action.not", clause)
    return any(not _touches(span, blocked) for span in _spans("action.promise", clause))


def warns(clause: str) -> bool:
    """Whether a plain clause says by itself that something may go wrong."""
    return not clause.endswith(("?", "？")) and cues.has("risk.plain", clause)


def tells_something(clause: str, *, besides: Iterable[str] = ()) -> bool:
    """Whether a plain clause has content besides some cues: a word, a number or a date."""
    rest = _without(clause, [span for cue in besides for span in _spans(cue, clause)])
    return bool(terms(rest)) or bool(find_numbers(clause)) or bool(find_dates(clause))


def subject(text: str, *, besides: Iterable[str] = ()) -> frozenset[str]:
    """Content words of a plain text that are no date and no part of some cues."""
    spans = [(date.start, date.end) for date in find_dates(text)]
    return terms(_without(text, [*spans, *(span for cue in besides for span in _spans(cue, text))]))


def _only_a_date(clause: str, cue: tuple[int, int]) -> bool:
    """Whether nothing but a date is wanted: a wish about the schedule is no ask of the product."""
    return bool(find_dates(clause)) and not subject(
        _without(clause, [cue]), besides=("turn.schedule",)
    )


def _spans(cue: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in cues.finditer(cue, text)]


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)
