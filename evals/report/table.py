"""A run -> rows of cells: a figure each, with all calls and each language beside one another."""

from collections.abc import Sequence
from typing import NamedTuple

from evals.chance import Interval, interval
from evals.runs import GROUPS, Group, Run
from evals.scorers.figures import Figure, figure, names


class Row(NamedTuple):
    """One figure, for each group of calls."""

    name: str
    figures: tuple[Figure, ...]
    interval: Interval | None
    """Of all calls."""


def groups(run: Run) -> tuple[Group, ...]:
    """All, then the languages that some call has."""
    return tuple(one for one in GROUPS if run.group(one))


def rows(run: Run) -> Sequence[Row]:
    """Every figure of a run."""
    every, drawn = run.group("all"), run.drawn("all")
    return [
        Row(
            name,
            tuple(figure(name, run.group(group)) for group in groups(run)),
            interval(name, drawn),
        )
        for name in names(every)
    ]


def shown(one: Figure) -> str:
    """A figure as one cell."""
    if one.rate is None:
        return "-"
    if one.name.startswith("seconds."):
        return f"{one.rate:.2f} s"
    return f"{one.rate:,.0f}" if one.name == "tokens" else f"{one.rate:.2f}"


def between(one: Interval | None, name: str) -> str:
    """An interval as one cell."""
    if one is None or name.startswith(("seconds.", "tokens")):
        return ""
    return f"{one.low:.2f}–{one.high:.2f}"
