"""The checkable facts of a text: numbers with units, dates, negations and names."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.language.dates import find_dates
from pipeline.language.names import Names
from pipeline.language.negation import find_negations
from pipeline.language.normalise import folded
from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers import find_numbers
from pipeline.language.numbers_digits import CODE
from pipeline.language.units import ANY, MEASURES, amount, dimension
from pipeline.language.when import When

FactKind = Literal["number", "date", "negation", "name"]
_COUNTED = frozenset({"offset", "workdays", "vague"})
"""Dates that are numbers already (三天内 is three days) or say nothing to check."""


class Quantity(NamedTuple):
    """A number as it is compared."""

    value: Decimal
    unit: str | None = None
    ordinal: bool = False

    def same(self, other: "Quantity") -> bool:
        """Whether both say the same amount: 半年 is 6 months, 五个 is five of anything."""
        if self.ordinal != other.ordinal:
            return False
        mine, theirs = dimension(self.unit), dimension(other.unit)
        if mine in ANY or theirs in ANY or mine == theirs == "clock":
            return bool(self._hours(mine) & other._hours(theirs))
        return mine == theirs and amount(self.value, self.unit) == amount(other.value, other.unit)

    def _hours(self, dimension: str | None) -> set[Decimal]:
        """The value, and for a time of day the same hour on a clock face."""
        return {self.value, self.value % 12} if dimension == "clock" else {self.value}


class Fact(NamedTuple):
    """One thing that must not change, as it was said."""

    kind: FactKind
    text: str
    value: Quantity | When | str

    def same(self, other: "Fact") -> bool:
        """Whether the other says at least this; 周五 is held by 下周五, not the reverse."""
        mine, theirs = self.value, other.value
        if isinstance(mine, Quantity):
            return isinstance(theirs, Quantity) and mine.same(theirs)
        if isinstance(mine, When):
            return isinstance(theirs, When) and _holds(theirs, mine)
        return self.kind == other.kind and mine == theirs


@dataclass(frozen=True)
class Facts:
    """All facts of a text, with repetitions."""

    all: tuple[Fact, ...] = ()

    def missing_in(self, other: "Facts") -> tuple[Fact, ...]:
        """What this text says and the other does not.

        Numbers, dates and names must occur there; negations must occur there as often.
        """
        missing = [
            fact
            for fact in self.all
            if fact.kind != "negation" and not any(fact.same(one) for one in other.all)
        ]
        said_no = [fact for fact in self.all if fact.kind == "negation"]
        there = sum(fact.kind == "negation" for fact in other.all)
        return (*missing, *said_no[there:])

    def differ_from(self, other: "Facts") -> bool:
        """Whether either text says something the other does not."""
        return bool(self.missing_in(other) or other.missing_in(self))

    def only(self, *kinds: FactKind) -> "Facts":
        """The facts of some kinds."""
        return Facts(tuple(fact for fact in self.all if fact.kind in kinds))


def facts(text: str, terms: Collection[str] | Names = ()) -> Facts:
    """What can be checked in a text; `terms` are names that must not be swapped for others."""
    return Facts((*_numbers(text), *_dates(text), *_negations(text), *_names(text, terms)))


def _numbers(text: str) -> Iterator[Fact]:
    for mention in find_numbers(text):
        if not _article(mention):
            quantity = Quantity(mention.value, mention.unit, mention.ordinal)
            yield Fact("number", mention.text, quantity)


def _article(mention: NumberMention) -> bool:
    """Whether it is a mere "a": 一个, one file, 第一, first of all."""
    return mention.value == 1 and (mention.ordinal or dimension(mention.unit) not in MEASURES)


def _dates(text: str) -> Iterator[Fact]:
    for mention in find_dates(text):
        if mention.when.kind not in _COUNTED:
            yield Fact("date", mention.text, mention.when)


def _negations(text: str) -> Iterator[Fact]:
    for one in find_negations(text):
        yield Fact("negation", one.text, "no")


def _names(text: str, terms: Collection[str] | Names) -> Iterator[Fact]:
    for match in CODE.finditer(text):
        yield Fact("name", match[0], folded(match[0]))
    names = terms if isinstance(terms, Names) else Names(terms)
    for one in names.in_text(text):
        yield Fact("name", one.said, one.name)


def _holds(said: When, asked: When) -> bool:
    """Whether a date says all that another asks: 12月31号 is held by 2025年12月31日."""
    if said.kind != asked.kind:
        return False
    return all(want is None or want == have for want, have in zip(asked, said, strict=True))
