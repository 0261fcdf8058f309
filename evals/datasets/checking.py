"""A labelled call -> what in its labels cannot be meant so: told to whoever labels, and read all the same."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from evals.datasets.call_file import ARRAYS, CallFile
from evals.errors import w
from pipeline.language.normalise import folded
from pipeline.models.item import KINDS

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def doubts(call: CallFile) -> Iterator[str]:
    """Quotes that nobody said, ids given twice, and ids or people that are not there."""
    said = {turn.id: folded(turn.text) for turn in call.turns}
    people = {name for one in call.participants for name in (one.name, one.label)}
    for array in ARRAYS:
        items = getattr(call.gold, array) or ()
        for name, times in Counter(one.id for one in items).items():
            if times > 1:
                yield w("doubt.twice", array=array, id=name)
        for one in items:
            for who in one.not_for:
                if who not in people:
                    yield w("doubt.nobody", array=array, id=one.id, who=who)
    yield from _quotes(call, said)
    yield from _repeats(call)
    yield from _uncounted(call)


def _uncounted(call: CallFile) -> Iterator[str]:
    """Labels that no item can ever meet."""
    for one in call.gold.actions or ():
        if one.due_date and not _DAY.fullmatch(one.due_date):
            yield w("doubt.no_day", id=one.id, date=one.due_date)
    negatives = call.gold.hard_negatives or ()
    for (turn, kind), times in Counter((one.turn, one.looks_like) for one in negatives).items():
        if times > 1:
            yield w("doubt.twice", array="hard_negatives", id=f"{turn} {kind}")
    for negative in negatives:
        if negative.looks_like not in KINDS:
            kinds = ", ".join(KINDS)
            yield w("doubt.no_kind", turn=negative.turn, kind=negative.looks_like, kinds=kinds)


def _quotes(call: CallFile, said: Mapping[int, str]) -> Iterator[str]:
    quotes: list[tuple[str, str, str, Sequence[int]]] = [
        ("asks", one.id, one.raw_quote, one.evidence) for one in call.gold.asks or ()
    ]
    quotes += [("decisions", one.id, one.quote, one.evidence) for one in call.gold.decisions or ()]
    for array, name, quote, turns in quotes:
        if quote and not any(folded(quote) in said[turn] for turn in turns):
            yield w("doubt.not_said", array=array, id=name, quote=quote)


def _repeats(call: CallFile) -> Iterator[str]:
    known = {one.id for one in call.gold.asks or ()}
    for one in call.gold.asks or ():
        repeated = one.status.partition("duplicate_of:")[2]
        if repeated and (repeated == one.id or repeated not in known):
            yield w("doubt.repeats", id=one.id, other=repeated)
