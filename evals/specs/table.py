"""Scores -> a table: shares over asks, each with the interval that resampling the asks gives."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from evals.scorers.share import Share, total
from evals.scorers.specs import Scores

_ROUNDS = 2000
_SEED = 1
MEASURES: Mapping[str, Callable[[Scores], Share]] = {
    "has a spec": lambda one: one.made,
    "fields": lambda one: one.fields,
    "fields that are needed": lambda one: one.fields_right,
    "rules, rights, limits, format": lambda one: one.details,
    "must-ask, slot keys": lambda one: one.by_slot,
    "must-ask, keys one to one": lambda one: one.by_slot_one_to_one,
    "must-ask, words": lambda one: one.by_words,
    "stated facts": lambda one: one.facts,
    "fit": lambda one: one.fit,
    "invented": lambda one: one.invented,
    "stated but unproved": lambda one: one.unproved,
}
"""What each row counts; see the fields of `Scores`."""


class Interval(NamedTuple):
    """A share and where it lies in 95 of 100 draws of as many asks."""

    share: Share
    low: float
    high: float

    def __str__(self) -> str:
        """As one cell."""
        rate = self.share.rate
        if rate is None:
            return "-"
        return f"{rate:.2f} ({self.low:.2f}-{self.high:.2f})"


def interval(some: Sequence[Share], rounds: int = _ROUNDS) -> Interval:
    """The share over asks with its bootstrap interval; always the same for the same asks."""
    chance = random.Random(_SEED)
    rates = (
        sorted(
            rate
            for _ in range(rounds)
            if (rate := total(chance.choices(some, k=len(some))).rate) is not None
        )
        if some
        else []
    )
    if not rates:
        return Interval(total(some), 0.0, 0.0)
    edge = int(0.025 * len(rates))
    return Interval(total(some), rates[edge], rates[-1 - edge])


def rows(groups: Mapping[str, Sequence[Scores]]) -> list[list[str]]:
    """A heading, then a row for each measure with a cell for each group."""
    made = [["", *groups]]
    made.append(["asks", *(str(len(some)) for some in groups.values())])
    made.append(["questions per spec", *(_mean(some) for some in groups.values())])
    for name, take in MEASURES.items():
        cells = [str(interval([take(one) for one in some])) for some in groups.values()]
        made.append([name, *cells])
    return made


def written(table: Sequence[Sequence[str]]) -> str:
    """The rows as Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in table]
    lines.insert(1, "|" + " --- |" * len(table[0]))
    return "\n".join(lines)


def _mean(some: Sequence[Scores]) -> str:
    return f"{sum(one.questions for one in some) / len(some):.1f}" if some else "-"
