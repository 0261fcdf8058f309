"""Turns that only look like something, and those that were taken for it."""

from collections.abc import Iterator, Mapping

from evals.datasets.call_file import Gold
from evals.scorers.share import Cells, Share, count
from pipeline.models.minutes import Item, Minutes


def lookalikes(minutes: Minutes, gold: Gold, turns: Mapping[str, int]) -> Cells:
    """A look-alike is taken when an item of what it looks like rests on that turn first of all."""
    if gold.hard_negatives is None:
        return {}
    taken = set(_first(minutes, turns))
    cells = {
        "lookalikes.taken": count(
            (one.looks_like, one.turn) in taken for one in gold.hard_negatives
        )
    }
    for kind in ("ask", "decision", "action", "risk"):
        some = [one for one in gold.hard_negatives if one.looks_like == kind]
        hit = sum((kind, one.turn) in taken for one in some)
        cells[f"lookalikes.{kind}"] = Share(hit, len(some))
    return cells


def first_turn(item: Item, turns: Mapping[str, int]) -> int | None:
    """The turn that an item rests on first of all."""
    return turns.get(item.first_segment) if item.first_segment else None


def _first(minutes: Minutes, turns: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for kind, item in minutes.items():
        turn = first_turn(item, turns)
        if turn is not None:
            yield kind, turn
