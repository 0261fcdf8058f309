"""What an engine wrote before anybody looked: the summary and the titles of topics.

Both are prose beside the items: when a person rejects or rewords an item, they go on saying what
it said. These functions tell what of them may still be shown.
"""

import math
from collections.abc import Iterable, Iterator

from pipeline.models.alike import bare
from pipeline.models.editing import evidence_in
from pipeline.models.item import Topic
from pipeline.models.minutes import Action, Concern, Item, Minutes


def as_drafted(minutes: Minutes) -> bool:
    """Whether every item still is what the engine made: then its summary holds."""
    return not any(
        _gone(item) or item.edited or item.review == "rejected" or item.stale
        for _, item in minutes.items()
    )


def standing_topics(minutes: Minutes) -> tuple[Topic, ...]:
    """The topics whose title says nothing that a person took out or put otherwise."""
    if as_drafted(minutes):
        return minutes.topics
    items = [item for _, item in minutes.items()]
    return tuple(one for one in minutes.topics if _stands(one, items, minutes))


def lies_in(topic: Topic, item: Item, meeting: str) -> bool:
    """Whether it was spoken of in this stretch; without any time that cannot be ruled out."""
    times = tuple(_times(item, meeting))
    if topic.start is None or not times:
        return True
    end = topic.end if topic.end is not None else math.inf
    return any(start <= end and topic.start <= stop for start, stop in times)


def _stands(topic: Topic, items: Iterable[Item], minutes: Minutes) -> bool:
    if topic.start is None:
        return False
    inside = [one for one in items if lies_in(topic, one, minutes.meeting)]
    left = [one for one in inside if not _gone(one)]
    if inside and not left:
        return False
    if any(bare(one.text) == bare(topic.title) for one in inside if _gone(one)):
        return False
    return not any(
        one.edited and bare(one.text) != bare(topic.title) for one in _first(left, minutes)
    )


def _first(items: Iterable[Item], minutes: Minutes) -> list[Item]:
    """The ask or asks it begins with: an engine may have taken the title from them."""
    asks = {one.uid for one in minutes.asks}
    begins = {
        one.uid: min(start for start, _ in times)
        for one in items
        if one.uid in asks and (times := tuple(_times(one, minutes.meeting)))
    }
    earliest = min(begins.values(), default=None)
    return [one for one in items if begins.get(one.uid, math.inf) == earliest]


def _gone(item: Item) -> bool:
    dropped = isinstance(item, Action | Concern) and item.progress == "dropped"
    return item.review == "rejected" or dropped


def _times(item: Item, meeting: str) -> Iterator[tuple[float, float]]:
    for one in evidence_in(item):
        if one.meeting == meeting and one.start is not None:
            yield one.start, one.end if one.end is not None else one.start
