"""Which item that was found is which that was wanted: by the turns, else by the words."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language.support import alikeness

MOST_TURNS = 15
"""Turns beyond which a citation says too little."""
_OWN = 3
"""At least one in so many of the cited turns belongs to what was wanted."""
_ALIKE = 0.35


class Cited(NamedTuple):
    """An item by its words and its turns."""

    text: str
    turns: frozenset[int]


def matched(found: Sequence[Cited], wanted: Sequence[Cited]) -> dict[int, int]:
    """Index of what was wanted -> index of what was found; one to one, the best pair first."""
    pairs = sorted(
        (
            (-_closeness(one, other), at, place)
            for at, other in enumerate(wanted)
            for place, one in enumerate(found)
            if _may_be(one, other)
        ),
    )
    taken: dict[int, int] = {}
    for _, at, place in pairs:
        if at not in taken and place not in taken.values():
            taken[at] = place
    return taken


def _may_be(found: Cited, wanted: Cited) -> bool:
    common = len(found.turns & wanted.turns)
    if not common:
        return alikeness(found.text, wanted.text) >= _ALIKE
    return len(found.turns) <= MOST_TURNS and common * _OWN >= len(found.turns)


def _closeness(found: Cited, wanted: Cited) -> float:
    either = len(found.turns | wanted.turns)
    overlap = len(found.turns & wanted.turns) / either if either else 0.0
    return 0.5 * overlap + 0.5 * alikeness(found.text, wanted.text)
