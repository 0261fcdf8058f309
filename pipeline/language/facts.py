"""The checkable facts of a text: numbers with units, dates, negations and names."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.dates import find_dates
from pipeline.language.negation import find_negations
from pipeline.language.normalise import folded
from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers import find_numbers
from pipeline.language.numbers_digits import CODE
from pipeline.language.script import has_cjk
from pipeline.language.units import ANY, MEASURES, amount, dimension
from pipeline.language.when import When

_AMOUNTS = frozenset({"offset", "workdays"})
"""Dates that are counted as numbers: 三天内 is three days."""


class Quantity(NamedTuple):
    """A number as it is compared: 半年 and 6 months are equal, 五个 is five of anything."""

    value: Decimal
    unit: str | None = None
    ordinal: bool = False

    def same(self, other: "Quantity") -> bool:
        """Whether the two say the same amount."""
        if self.ordinal != other.ordinal:
            return False
        mine, theirs = dimension(self.unit), dimension(other.unit)
        if mine in ANY or theirs in ANY:
            return self.value == other.value or _clock(self) == _clock(other) != None  # noqa: E711
        if mine == theirs == "clock":
            return self.value % 12 == other.value % 12
        return mine == theirs and amount(self.value, self.unit) == amount(other.value, other.unit)


@dataclass(frozen=True)
class Facts:
    """What must not change when a text is quoted or put in other words."""

    numbers: tuple[Quantity, ...] = ()
    dates: Counter[When] = field(default_factory=Counter)
    negations: int = 0
    names: Counter[str] = field(default_factory=Counter)

    def missing_in(self, other: "Facts") -> tuple[str, ...]:
        """What this text says and the other does not; empty when all of it occurs there."""
        return ()
