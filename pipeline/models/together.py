"""Which items may be approved together, and which somebody has to look at by itself."""

from collections.abc import Container, Iterable

from pipeline.models.minutes import Action, Decision, Item
from pipeline.models.succession import Link, circles, taken_over


def replaced(items: Iterable[Item]) -> dict[str, str]:
    """The decisions that a later one took the place of, by id: the id of the later one.

    What was rejected takes nobody's place, and of decisions that replace each other in a circle
    none does.
    """
    return taken_over(_links(items))


def circular(items: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    """The decisions that replace each other in a circle, by id: the ids of the circle."""
    return {one: circle for circle in circles(_links(items)) for one in circle}


def apart(items: Iterable[Item]) -> frozenset[str]:
    """Ids of the decisions that nobody approves in passing: replaced ones, and those of a circle."""
    items = tuple(items)
    return frozenset(replaced(items)) | frozenset(circular(items))


def _links(items: Iterable[Item]) -> list[Link]:
    return [
        Link(one.id, one.supersedes)
        for one in items
        if isinstance(one, Decision) and one.supersedes and one.review != "rejected"
    ]


def alone(item: Item, gone: Container[str] = ()) -> bool:
    """Whether it is never approved in passing.

    No words prove it, it is stale or promised in soft words, a later decision took its place, or
    somebody wrote what nobody said yes to yet.

    Args:
        item: As it holds now.
        gone: ids of the decisions that were replaced, or lie in a circle.
    """
    written = item.edited and item.review != "approved"
    soft = isinstance(item, Action) and item.weak
    return item.doubtful or bool(item.stale) or soft or written or item.id in gone
