"""So many of so many: what every figure is made of, so that calls can be added up."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple


class Share(NamedTuple):
    """So many of so many."""

    hit: float = 0
    of: float = 0

    def plus(self, other: "Share") -> "Share":
        """Both together."""
        return Share(self.hit + other.hit, self.of + other.of)

    @property
    def rate(self) -> float | None:
        """Their share; None where there was nothing to find."""
        return self.hit / self.of if self.of else None


Cells = Mapping[str, Share]
"""The figures of one call by their names; one that has no labels for a figure leaves it out."""


def count(held: Iterable[bool]) -> Share:
    """How many of some hold."""
    some = list(held)
    return Share(sum(some), len(some))


def total(some: Iterable[Share]) -> Share:
    """All together: large ones count more."""
    return reduce(Share.plus, some, Share())
