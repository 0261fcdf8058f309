"""Figures over calls -> how far chance alone may move them.

Whole calls are drawn, for turns and items of one call are no independent draws. The draws are the
same each time. With few calls an interval says little: see docs/reference/evals.md.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evals.scorers.share import Share

ROUNDS = 4000
SEED = 20
LEAST_CALLS = 3
"""Below so many calls no interval is given."""
_EDGE = 2.5
Calls = Sequence[Mapping[str, Share]]
_Numbers = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """Where a figure lies in 95 of 100 draws of as many calls."""

    low: float
    high: float


class Difference(NamedTuple):
    """What the second of two runs has more than the first, on the same calls."""

    name: str
    first: float
    second: float
    by: float
    interval: Interval | None
    """None with too few calls."""

    @property
    def clear(self) -> bool:
        """Whether chance alone hardly makes such a difference."""
        return self.interval is not None and (self.interval.low > 0 or self.interval.high < 0)


def interval(name: str, calls: Calls, rounds: int = ROUNDS) -> Interval | None:
    """The interval of a figure; None with too few calls, or where nothing was counted."""
    if sum(_has(name, one) for one in calls) < LEAST_CALLS:
        return None
    return _edges(_rates(name, calls, _draws(len(calls), rounds)))


def difference(name: str, first: Calls, second: Calls, rounds: int = ROUNDS) -> Difference | None:
    """The paired difference of a figure: both runs are drawn with the same calls.

    The two hold the same calls in the same order. None where one of them has no such figure.
    """
    whole = np.arange(len(first))[np.newaxis, :]
    before, after = (float(_rates(name, one, whole)[0]) for one in (first, second))
    if np.isnan(before) or np.isnan(after):
        return None
    enough = sum(_has(name, one) for one in first) >= LEAST_CALLS
    draws = _draws(len(first), rounds)
    edges = _edges(_rates(name, second, draws) - _rates(name, first, draws)) if enough else None
    return Difference(name, before, after, after - before, edges)


def _draws(calls: int, rounds: int) -> npt.NDArray[np.int64]:
    """For each round, places of the calls drawn."""
    return np.random.default_rng(SEED).integers(calls, size=(rounds, calls))


def _rates(name: str, calls: Calls, draws: npt.NDArray[np.int64]) -> _Numbers:
    """The figure in each round; nan where nothing was counted in it."""
    parts = [name]
    if name.endswith(".f1"):
        stem = name.removesuffix(".f1")
        parts = [f"{stem}.recall", f"{stem}.precision"]
    hits = np.array([sum(one.get(part, Share()).hit for part in parts) for one in calls])
    ofs = np.array([sum(one.get(part, Share()).of for part in parts) for one in calls])
    hit, of = hits[draws].sum(axis=1, dtype=float), ofs[draws].sum(axis=1, dtype=float)
    rates: _Numbers = np.divide(hit, of, out=np.full(len(of), np.nan), where=of > 0)
    return rates


def _has(name: str, call: Mapping[str, Share]) -> bool:
    part = f"{name.removesuffix('.f1')}.recall" if name.endswith(".f1") else name
    return call.get(part, Share()).of > 0


def _edges(rates: _Numbers) -> Interval | None:
    counted = rates[~np.isnan(rates)]
    if not len(counted):
        return None
    low, high = np.percentile(counted, [_EDGE, 100 - _EDGE])
    return Interval(float(low), float(high))
