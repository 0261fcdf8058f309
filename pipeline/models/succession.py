"""What took whose place: chains of decisions and specs, and the circles that somebody made of them.

In a circle nothing took the place of anything: none of it is struck, left out or walked for ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Link(NamedTuple):
    """That one thing takes the place of another, by their names."""

    later: str
    earlier: str | None


def circles(links: Iterable[Link]) -> tuple[tuple[str, ...], ...]:
    """Every circle, as its names in the order of replacing, each once."""
    earlier = {one.later: one.earlier for one in links if one.earlier}
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in earlier:
        way: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in way:
            way[at] = len(way)
            at = earlier.get(at)
        if at is not None and at in way:
            found.append(tuple(list(way)[way[at] :]))
        done.update(way)
    return tuple(found)


def taken_over(links: Iterable[Link]) -> dict[str, str]:
    """What was replaced, with the name of what took its place; what lies in a circle was not.

    Something outside a circle may well have taken the place of something in it.
    """
    links = tuple(links)
    circle_of = {name: circle for circle in circles(links) for name in circle}
    return {
        one.earlier: one.later
        for one in links
        if one.earlier and one.earlier not in circle_of.get(one.later, ())
    }


def closing(links: Iterable[Link], new: Link) -> Sequence[str]:
    """The circle that one more link would close, as names that end where they begin; else none."""
    earlier: Mapping[str, str | None] = {one.later: one.earlier for one in links}
    way = [new.later]
    at = new.earlier
    while at is not None and at not in way:
        way.append(at)
        at = earlier.get(at)
    return (*way, new.later) if at == new.later else ()
