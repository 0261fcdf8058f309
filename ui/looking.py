"""Looking at a meeting for its lanes: at all of it once, then only at what was edited since.

What tells that nothing else became another is the store's own account of what was written; where
more did (a run, a correction of the call, a restore), all is read again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pipeline.language.contradictions import BETWEEN
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.minutes import Ask, Decision, Item
from pipeline.models.review import Entity
from pipeline.models.spec import FeatureSpec, Finding
from pipeline.models.standing import Standing
from pipeline.models.together import apart
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
    decisions: Mapping[str, Decision]
    """By uid: one may take the place of another."""


class SeenSpecs(NamedTuple):
    """What the specs lane was drawn from last."""

    standing: Standing
    asks: Mapping[str, Ask]
    """By short id."""
    drafts: Mapping[str, Sequence[FeatureSpec]]
    """What the runs wrote of each, before anybody edited it, by uid."""
    findings: Mapping[str, tuple[Finding, ...]]
    """By uid: an answer to one spec may contradict that to another."""


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

    def entries(items: Iterable[Item], mark: SeenItems) -> Iterator[Entry]:
        turns, gone = segments(mark.version), apart(mark.decisions.values())
        return (lane.entry(one, turns, words, version=mark.version, gone=gone) for one in items)

    if seen is not None and edited is not None:
        decisions = {**seen.decisions, **_decisions(edited)}
        mark = SeenItems(now, seen.version, decisions)
        others = _moved(seen.decisions, decisions)
        return Look(mark, entries([*edited, *others], mark), whole=False)
    minutes = meetings.minutes(actor, house, meeting)
    if minutes is None:
        return Look(None, ())
    mark = SeenItems(now, minutes.transcript_version, _decisions(minutes.decisions))
    return Look(mark, entries([one for _, one in minutes.items()], mark))


def _decisions(items: Iterable[Item]) -> dict[str, Decision]:
    return {one.uid: one for one in items if isinstance(one, Decision)}


def _moved(old: Mapping[str, Decision], new: Mapping[str, Decision]) -> list[Decision]:
    """Those that were replaced since, or no longer are, though nobody edited them."""
    moved = apart(old.values()) ^ apart(new.values())
    return [one for uid, one in new.items() if one.id in moved and old.get(uid) == one]


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
        seen, found = _with_contradicted(actor, house, meeting, seen._replace(standing=now), edited)
    else:
        minutes = meetings.minutes(actor, house, meeting)
        asks = {ask.id: ask for ask in minutes.asks} if minutes else {}
        found, edited = sheets.listed(actor, house, meeting), None
        seen = SeenSpecs(now, asks, sheets.drafts(actor, house, meeting), _findings(found))
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


def _with_contradicted(
    actor: Actor, house: House, meeting: str, seen: SeenSpecs, edited: Sequence[FeatureSpec]
) -> tuple[SeenSpecs, Sequence[FeatureSpec]]:
    """The edited specs, and those that one of them now contradicts, or no longer does."""
    told = [finding.code for some in seen.findings.values() for finding in some]
    answers = any(one.answer for spec in edited for one in spec.open_questions)
    if not (answers or set(BETWEEN) & set(told) or any(spec.supersedes for spec in edited)):
        return seen, edited
    every = sheets.listed(actor, house, meeting)
    uids = {one.uid for one in edited}
    moved = [
        one
        for one in every
        if one.uid in uids or one.findings != seen.findings.get(one.uid, one.findings)
    ]
    kept = [one for one in edited if one.uid not in {each.uid for each in every}]
    return seen._replace(findings=_findings(every)), [*moved, *kept]


def _findings(specs: Iterable[FeatureSpec]) -> dict[str, tuple[Finding, ...]]:
    return {one.uid: one.findings for one in specs}


def _edited(
    actor: Actor, house: House, meeting: str, now: Standing, *, entity: Entity, kind: type[M]
) -> Sequence[M] | None:
    """What was edited since; None where anything else was, too."""
    if now.touched is None or any(about != entity for about, _ in now.touched):
        return None
    found = [review.present(actor, house, meeting, entity, uid) for _, uid in now.touched]
    edited = [one for one in found if isinstance(one, kind)]
    return edited if len(edited) == len(found) else None
