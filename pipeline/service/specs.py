"""Use cases of specs: what of one is weak as it stands now, and what it was before people edited."""

from collections.abc import Mapping

from pipeline.lint import lint
from pipeline.models.actor import Actor
from pipeline.models.spec import FeatureSpec, Finding
from pipeline.service.house import House


def listed(actor: Actor, house: House, meeting: str) -> tuple[FeatureSpec, ...]:
    """Only the specs of a meeting, by its uid, as they hold now."""
    del actor
    return house.tools.store.specs(meeting)


def findings(actor: Actor, house: House, spec: FeatureSpec) -> tuple[Finding, ...]:
    """What would make a developer guess, in the spec as it is now.

    `spec.findings` tells of the draft alone: an edit may have mended it, or moved it.
    """
    del actor, house
    return lint(spec) if spec.edited else spec.findings


def drafts(actor: Actor, house: House, meeting: str) -> Mapping[str, FeatureSpec]:
    """The specs of a meeting as the last run wrote them, without any edit, by uid.

    Raises:
        NotFoundError: there is no such meeting.
    """
    del actor
    store = house.tools.store
    return {one.uid: one for one in store.draft_specs(store.meeting(meeting).uid)}
