"""Items that somebody took from the words of the call: their event makes them, no draft does."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, get_args

from pipeline.models.editing import noted
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS, ITEM_TYPES, Cue, Item, Minutes
from pipeline.models.review import DRAFT_CHANGED, Edit, EditEvent
from pipeline.models.undoing import undone

ADDABLE: tuple[Kind, ...] = get_args(Cue)
"""Kinds that one turn can make. Two statements at odds are no matter of one turn."""
BY_HAND = "person"
"""Stands where other items name the engine that found them."""

T = TypeVar("T")


class Added(NamedTuple):
    """What an event added, whole."""

    kind: Kind
    item: Item


def as_edit(kind: Kind, item: Item, *, together: str | None = None) -> Edit:
    """The edit that adds an item, which has its names already."""
    return Edit(
        entity="item",
        entity_uid=item.uid,
        operation="add",
        after={"kind": kind, "item": item.model_dump(mode="json")},
        together=together,
    )


def read(body: Mapping[str, Any]) -> Added:
    """What an edit says that it adds."""
    kind: Kind = body["kind"]
    return Added(kind, ITEM_TYPES[kind].read(body["item"]))


def additions(events: Sequence[EditEvent]) -> dict[str, EditEvent]:
    """The events that added something which nobody took back, by uid of the item."""
    gone = undone(events)
    return {
        event.entity_uid: event
        for event in events
        if event.operation == "add" and event.uid not in gone
        if event.body is not None and not event.body.undoes
    }


def withdrawn(events: Sequence[EditEvent]) -> frozenset[str]:
    """The items that were added and are no more, by uid: their names are nobody else's."""
    added = {event.entity_uid for event in events if event.operation == "add"}
    return frozenset(added - additions(events).keys())


def with_added(minutes: Minutes, added: Iterable[EditEvent]) -> Minutes:
    """The minutes with what people added behind what the draft holds, unless it holds it too."""
    there = {item.uid for _, item in minutes.items()}
    more: dict[str, list[Item]] = {}
    for event in added:
        if event.body is not None and event.entity_uid not in there:
            kind, item = read(event.body.after)
            more.setdefault(ARRAYS[kind], []).append(item)
    return minutes.with_(
        **{name: (*getattr(minutes, name), *items) for name, items in more.items()}
    )


def beside_draft(on: T, edit: Edit) -> T:
    """An item that a later run found as well: what somebody wrote stands, the rest is the run's.

    The words that were taken prove it beside those that the run found.
    """
    if not isinstance(on, Item) or on.origin_engine == BY_HAND:
        return on
    _, taken = read(edit.after)
    cited = {segment for one in on.evidence for segment in one.segments}
    more = tuple(one for one in taken.evidence if not cited.issuperset(one.segments))
    mine = on.with_(
        text=taken.text,
        edited=taken.edited,
        evidence=(*on.evidence, *more),
        origin_engine=BY_HAND,
        content_hash="",
    )
    return noted(mine, f"{DRAFT_CHANGED}:text") if on.text != taken.text else mine
