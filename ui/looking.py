"""Looking at a meeting for its lanes: at all of it once, then only at what was edited since.

What tells that nothing else became another is the store's own account of what was written; where
more did (a run, a correction of the call, a restore), all is read again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.minutes import Ask, Item
from pipeline.models.review import Entity
from pipeline.models.spec import FeatureSpec
from pipeline.models.standing import Standing
from pipeline.models.transcript import Segment
from pipeline.service import meetings, review
from pipeline.service import specs as sheets
from pipeline.service.house import House
from ui.board import Entry, Look
from ui.components import lane
from ui.components import specs as spec_lane

M = TypeVar("M", bound=Model)


class SeenItems(NamedTuple):
    """What the minutes lane was drawn from last."""

    standing: Standing
    version: int
    """The version of the call that the minutes rest on."""


class SeenSpecs(NamedTuple):
    """What the specs lane was drawn from last."""

    standing: Standing
    asks: Mapping[str, Ask]
    """By short id."""
    drafts: Mapping[str, Sequence[FeatureSpec]]
    """What the runs wrote of each, before anybody edited it, by uid."""


def at_items(
    actor: Actor,
    house: House,
    meeting: str,
    seen: SeenItems | None,
    *,
    words: Mapping[str, str],
    segments: Callable[[int], Mapping[str, Segment]],
) -> Look:
    """The items that were edited since, or all of them where more became another."""
    now = meetings.standing(actor, house, meeting, seen.standing if seen else None)
    edited = _edited(actor, house, meeting, now, entity="item", kind=Item)

    def entries(items: Iterable[Item], version: int) -> Iterator[Entry]:
        turns = segments(version)
        return (lane.entry(one, turns, words, version=version) for one in items)

    if seen is not None and edited is not None:
        return Look(SeenItems(now, seen.version), entries(edited, seen.version), whole=False)
    minutes = meetings.minutes(actor, house, meeting)
    if minutes is None:
        return Look(None, ())
    version = minutes.transcript_version
    return Look(SeenItems(now, version), entries([one for _, one in minutes.items()], version))


def at_specs(
    actor: Actor,
    house: House,
    meeting: str,
    seen: SeenSpecs | None,
    *,
    words: Mapping[str, str],
) -> Look:
    """The specs that were edited since, or all of them where more became another."""
    now = meetings.standing(actor, house, meeting, seen.standing if seen else None)
    edited = _edited(actor, house, meeting, now, entity="spec", kind=FeatureSpec)
    if seen is not None and edited is not None:
        seen, found = seen._replace(standing=now), edited
    else:
        minutes = meetings.minutes(actor, house, meeting)
        asks = {ask.id: ask for ask in minutes.asks} if minutes else {}
        seen = SeenSpecs(now, asks, sheets.drafts(actor, house, meeting))
        found, edited = sheets.listed(actor, house, meeting), None
    only = found[0].uid if len(found) == 1 else None
    events = review.history(actor, house, meeting, "spec", only) if found else ()
    entries = (
        spec_lane.entry(
            spec,
            seen.asks,
            words,
            bases=tuple(sheets.bases_of(spec, seen.drafts.get(spec.uid, ()), events)),
        )
        for spec in found
    )
    return Look(seen, entries, whole=edited is None)


def _edited(
    actor: Actor, house: House, meeting: str, now: Standing, *, entity: Entity, kind: type[M]
) -> Sequence[M] | None:
    """What was edited since; None where anything else was, too."""
    if now.touched is None or any(about != entity for about, _ in now.touched):
        return None
    found = [review.present(actor, house, meeting, entity, uid) for _, uid in now.touched]
    edited = [one for one in found if isinstance(one, kind)]
    return edited if len(edited) == len(found) else None
