"""Times of a file in their order: one that somebody says stands out of it."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

_WHOLE = 0.7
"""Share of times in order from which a file is one recording, not several behind each other."""
_SHORT = 4
_DEEPEST = 8
"""Recordings behind each other are looked for so often."""


def in_order(times: Sequence[float], depth: int = 0) -> frozenset[int]:
    """Places of the most times that never go back; of several recordings, in each."""
    longest = _longest(times)
    if len(times) < _SHORT or len(longest) >= _WHOLE * len(times) or depth == _DEEPEST:
        return frozenset(longest)
    drops = [earlier - later for earlier, later in pairwise(times)]
    cut = drops.index(max(drops)) + 1
    behind = in_order(times[cut:], depth + 1)
    return in_order(times[:cut], depth + 1) | {cut + place for place in behind}


def _longest(times: Sequence[float]) -> list[int]:
    """Places of a longest subsequence that never goes back."""
    ends: list[float] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, time in enumerate(times):
        at = bisect_right(ends, time)
        before.append(places[at - 1] if at else None)
        if at == len(ends):
            ends.append(time)
            places.append(place)
        else:
            ends[at], places[at] = time, place
    found: list[int] = []
    last = places[-1] if places else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
