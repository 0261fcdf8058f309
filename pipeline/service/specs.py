"""Use cases of specs: what one is compared with, so that a person sees what changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pipeline.models.actor import Actor
from pipeline.models.base import Model, Side
from pipeline.models.review import EditEvent, Voice
from pipeline.models.spec import FeatureSpec
from pipeline.models.undoing import undone
from pipeline.review import effective_spec
from pipeline.service.house import House
from pipeline.service.meetings import MeetingView


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


def bases(actor: Actor, house: House, view: MeetingView) -> Mapping[str, tuple[Base, ...]]:
    """What each spec may be compared with, by uid, the most useful first."""
    del actor
    store, meeting = house.tools.store, view.meeting.uid
    drafts = store.spec_drafts(meeting)
    events = store.edits(meeting, entity="spec")
    return {one.uid: tuple(bases_of(one, drafts.get(one.uid, ()), events)) for one in view.specs}


def bases_of(
    spec: FeatureSpec, drafts: Sequence[FeatureSpec], events: Sequence[EditEvent]
) -> Iterator[Base]:
    """The same for one spec, from all of its drafts and the edits, oldest first."""
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
