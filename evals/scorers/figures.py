"""All figures by their names: what each is made of, and which way is better."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from evals.scorers.items import GROUPS
from evals.scorers.share import Share, total

Better = Literal["more", "less", "neither"]
LESS = (
    "action.owner_invented",
    "action.due_invented",
    "quotes.weak",
    "quotes.missing",
    "lookalikes.",
    "unsaid.turns",
    "spec.invented",
    "spec.unproved",
    "privacy.",
    "injection.",
    "speech.",
)
"""Figures of which less is better, by their beginnings."""
NEITHER = ("quotes.exact", "quotes.fuzzy", "seconds.", "tokens", "spec.questions")
"""What is only told."""


class Figure(NamedTuple):
    """A figure over some calls."""

    name: str
    rate: float | None
    """None where there was nothing to count."""
    of: float
    """How many were counted: for F1, how many were wanted."""


def better(name: str) -> Better:
    """Which way a figure should go."""
    if name.startswith(NEITHER):
        return "neither"
    return "less" if name.startswith(LESS) else "more"


def names(calls: Sequence[Mapping[str, Share]]) -> tuple[str, ...]:
    """Every figure that some calls have, F1 after the recall and precision it is made of."""
    found = dict.fromkeys(name for call in calls for name in call)
    for group in GROUPS:
        if f"{group}.recall" in found:
            found[f"{group}.f1"] = None
    order = {name: place for place, name in enumerate(_order(found))}
    return tuple(sorted(found, key=order.__getitem__))


def figure(name: str, calls: Sequence[Mapping[str, Share]]) -> Figure:
    """One figure over some calls, their counts added up: a long call counts for more."""
    if name.endswith(".f1"):
        stem = name.removesuffix(".f1")
        recall = total(one.get(f"{stem}.recall", Share()) for one in calls)
        precision = total(one.get(f"{stem}.precision", Share()) for one in calls)
        return Figure(name, f1(recall, precision), recall.of)
    share = total(one.get(name, Share()) for one in calls)
    return Figure(name, share.rate, share.of)


def f1(recall: Share, precision: Share) -> float | None:
    """Twice what matched, of all that was wanted and all that was found."""
    both = recall.of + precision.of
    return (recall.hit + precision.hit) / both if both else None


def _order(found: Mapping[str, object]) -> list[str]:
    placed: list[str] = []
    for name in found:
        placed.append(name)
        stem, _, part = name.rpartition(".")
        if part == "precision" and f"{stem}.f1" in found:
            placed.append(f"{stem}.f1")
    return list(dict.fromkeys(placed))
