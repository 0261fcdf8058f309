"""InternalView: all there is about one meeting, as our own people may read it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.models.hashing import item_hash, spec_hash
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Item, Minutes
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript


@dataclass(frozen=True)
class InternalView:
    """Minutes, specs and what they belong to, with nothing left out."""

    minutes: Minutes
    specs: tuple[FeatureSpec, ...]
    meeting: Meeting
    project: Project
    transcript: Transcript | None = None
    """Holds the words of turns that led to no item; without it only their number is known."""
    our_talk: tuple[str, ...] = ()
    """Ids of segments that were spoken among ourselves: nothing that rests on them leaves us."""

    @property
    def audience(self) -> Literal["internal"]:
        """Who this may be shown to."""
        return "internal"

    @cached_property
    def approved(self) -> frozenset[str]:
        """What a person approved exactly as it is here, by uid."""
        items = {item.uid for _, item in self.minutes.items() if is_approved(item)}
        return frozenset(items | {spec.uid for spec in self.specs if is_approved(spec)})


def is_approved(one: Item | FeatureSpec) -> bool:
    """Whether a person approved this very content and nothing under it changed since."""
    if one.review != "approved" or one.stale:
        return False
    if isinstance(one, FeatureSpec):
        content = spec_hash(one)
        return any(approval.content_hash == content for approval in one.approvals)
    return one.content_hash == item_hash(one)
