"""Use cases of specs: what one is compared with, so that a person sees what changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pipeline import handoff
from pipeline.errors import NotFoundError
from pipeline.handoff import Reason
from pipeline.models.actor import Actor
from pipeline.models.base import Model, Side
from pipeline.models.review import EditEvent, Voice
from pipeline.models.spec import FeatureSpec
from pipeline.models.spec_version import SpecVersion
from pipeline.models.undoing import undone
from pipeline.review import effective_spec
from pipeline.service.house import House


def listed(actor: Actor, house: House, meeting: str) -> tuple[FeatureSpec, ...]:
    """Only the specs of a meeting, by its uid, as they hold now."""
    del actor
    return house.tools.store.specs(meeting)


def versions(actor: Actor, house: House, meeting: str, name: str) -> tuple[SpecVersion, ...]:
    """Every content that a spec of a meeting ever had, the oldest first, each with its approvals.

    Args:
        actor: Who asks.
        house: Where it is kept.
        meeting: uid of the meeting.
        name: The spec's short id or uid.

    Raises:
        NotFoundError: the meeting has no such spec; names those that it has.
    """
    return house.tools.store.spec_versions(meeting, named(actor, house, meeting, name).uid)


def named(actor: Actor, house: House, meeting: str, name: str) -> FeatureSpec:
    """The spec of a meeting, by its uid, that has this short id or uid, as it holds now.

    Raises:
        NotFoundError: the meeting has no such spec; names those that it has.
    """
    there = listed(actor, house, meeting)
    for one in there:
        if name in (one.uid, one.id):
            return one
    names = ", ".join(one.id for one in there)
    raise NotFoundError("spec_not_found", spec=name, specs=names or "—")


class Base(Model):
    """An earlier state of a spec, and the state that it is compared with."""

    since: Literal["approved", "draft", "run"]
    """approved: what somebody said yes to last; draft: what the first run wrote; run: what the
    latest run made of the draft before it."""
    old: FeatureSpec
    new: FeatureSpec
    who: str | None = None
    """approved: whoever said yes."""
    side: Side | None = None
    at: str | None = None


def held_back(spec: FeatureSpec) -> tuple[Reason, ...]:
    """Why a spec may not be handed off as it holds now; nothing means it may."""
    return handoff.check(spec)


def drafts(actor: Actor, house: House, meeting: str) -> Mapping[str, tuple[FeatureSpec, ...]]:
    """All that the runs wrote of each spec of a meeting, without any edit, by uid, oldest first."""
    del actor
    return house.tools.store.spec_drafts(meeting)


def bases_of(
    spec: FeatureSpec, drafts: Sequence[FeatureSpec], events: Sequence[EditEvent]
) -> Iterator[Base]:
    """What a spec may be compared with, the most useful first.

    Args:
        spec: As it holds now.
        drafts: All that the runs wrote of it, oldest first.
        events: Edits of specs, oldest first.
    """
    own = [one for one in events if one.entity == "spec" and one.entity_uid == spec.uid]
    if approved := _approved(spec, drafts, own):
        yield approved
    if drafts:
        yield Base(since="draft", old=drafts[0], new=spec)
    if len(drafts) > 1:
        yield Base(since="run", old=drafts[-2], new=drafts[-1])


def _approved(
    spec: FeatureSpec, drafts: Sequence[FeatureSpec], events: Sequence[EditEvent]
) -> Base | None:
    """The content of the last yes that holds, found again by its hash among all drafts."""
    gone = undone(events)
    for place, event in reversed(list(enumerate(events))):
        edit = event.body
        if edit is None or edit.operation != "approve" or edit.undoes or event.uid in gone:
            continue
        states = (effective_spec(one, events[:place]) for one in reversed(drafts))
        old = next((one for one in states if one.content_hash == edit.before), None)
        if old is not None:
            said = Voice.model_validate(edit.after or {})
            who = said.who or event.actor.name
            return Base(since="approved", old=old, new=spec, who=who, side=said.side, at=event.at)
    return None
