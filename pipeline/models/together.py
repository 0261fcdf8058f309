"""Which items may be approved together, and which somebody has to look at by itself."""

from collections.abc import Container, Iterable

from pipeline.models.minutes import Action, Decision, Item


def replaced(items: Iterable[Item]) -> dict[str, str]:
    """The decisions that a later one took the place of, by id: the id of the later one.

    What was rejected takes nobody's place.
    """
    return {
        one.supersedes: one.id
        for one in items
        if isinstance(one, Decision) and one.supersedes and one.review != "rejected"
    }


def alone(item: Item, gone: Container[str] = ()) -> bool:
    """Whether it is never approved in passing.

    No words prove it, it is stale or promised in soft words, a later decision took its place, or
    somebody wrote what nobody said yes to yet.

    Args:
        item: As it holds now.
        gone: ids of the decisions that were replaced.
    """
    written = item.edited and item.review != "approved"
    soft = isinstance(item, Action) and item.weak
    return item.doubtful or bool(item.stale) or soft or written or item.id in gone
