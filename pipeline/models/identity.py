"""Which items of a new run are those of an earlier one, and how references follow new names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz

from pipeline.models.hashing import item_hash
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS, Ask, Decision, Item, Minutes

SAME_TEXT = 85.0
"""Similarity (0 to 100) from which two items that no words prove are the same."""

I = TypeVar("I", bound=Item)  # noqa: E741 - an item


class Name(NamedTuple):
    """What identifies an item: uid for machines, id for people."""

    uid: str
    id: str


class Known(NamedTuple):
    """An item of an earlier run."""

    name: Name
    kind: Kind
    first_segment: str | None
    text: str
    present: bool
    """Whether the latest run still had it; such items are matched first."""


def match(items: Sequence[tuple[Kind, Item]], known: Sequence[Known]) -> dict[int, Name]:
    """Names by place in `items`, for those that an earlier run already had.

    The same is what has the same kind and the same first segment; where several do, the texts
    most alike go together. Items that no words prove are the same when their texts nearly are.
    """
    pairs = sorted(
        (-one.present, -_similarity(item, one), place, number)
        for place, (kind, item) in enumerate(items)
        for number, one in enumerate(known)
        if one.kind == kind and _may_be(item, one)
    )
    names: dict[int, Name] = {}
    taken: set[int] = set()
    for _, _, place, number in pairs:
        if place not in names and number not in taken:
            names[place] = known[number].name
            taken.add(number)
    return names


def _may_be(item: Item, known: Known) -> bool:
    if item.first_segment != known.first_segment:
        return False
    return item.first_segment is not None or _similarity(item, known) >= SAME_TEXT


def _similarity(item: Item, known: Known) -> float:
    return fuzz.ratio(item.text, known.text)


def relabel(minutes: Minutes, names: Sequence[Name], *, existing: Iterable[str] = ()) -> Minutes:
    """The minutes with these names on the items that have none, in the order of `nameless`.

    A grounded item carries the ref of its draft as `id` and no uid. References among items and
    from coverage follow; those to nothing in the minutes or in `existing` become null.
    """
    given = iter(names)
    named = {
        array: tuple(_named(item, given) for item in getattr(minutes, array))
        for array in ARRAYS.values()
    }
    refs = {one: one for one in existing}
    pairs = zip(minutes.items(), minutes.with_(**named).items(), strict=True)
    refs |= {old.id: new.id for (_, old), (_, new) in pairs}
    arrays = {array: tuple(_referring(item, refs) for item in named[array]) for array in named}
    uncited = tuple(
        one.with_(item=refs.get(one.item or "")) if one.item else one
        for one in minutes.coverage.uncited
    )
    return minutes.with_(**arrays, coverage=minutes.coverage.with_(uncited=uncited))


def nameless(minutes: Minutes) -> tuple[tuple[Kind, Item], ...]:
    """The items that have no uid yet, with their kinds."""
    return tuple((kind, item) for kind, item in minutes.items() if not item.uid)


def references(minutes: Minutes) -> frozenset[str]:
    """Every id or draft ref that something in the minutes points to."""
    found = {
        ref
        for _, item in minutes.items()
        for ref in (
            item.supersedes if isinstance(item, Decision) else None,
            item.duplicate_of if isinstance(item, Ask) else None,
        )
    }
    found |= {one.item for one in minutes.coverage.uncited}
    return frozenset(ref for ref in found if ref)


def _named(item: I, given: Iterator[Name]) -> I:
    if item.uid:
        return item
    name = next(given)
    return item.with_(uid=name.uid, id=name.id)


def _referring(item: I, refs: Mapping[str, str]) -> I:
    changes: dict[str, object] = {}
    if isinstance(item, Decision) and item.supersedes:
        changes["supersedes"] = refs.get(item.supersedes)
    if isinstance(item, Ask) and item.duplicate_of:
        changes["duplicate_of"] = refs.get(item.duplicate_of)
    changed = item.with_(**changes)
    return changed.with_(content_hash=item_hash(changed))
