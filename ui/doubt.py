"""How far an item can be trusted: what decides which one is looked at first, in plain words."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Conflict, Item
from pipeline.models.transcript import Segment

UNSURE_LOGPROB = -0.8
"""Mean log probability of a segment below which it may have been misheard."""
_GRADES = ("missing", "weak", "stale", "conflict", "unheard", "fuzzy", "none")
"""Worst first. Names of sentences under `desk.doubt`."""


class Doubt(NamedTuple):
    """Why an item should be looked at, and how urgently: 0 is worst."""

    rank: int
    reason: str

    @property
    def good(self) -> bool:
        """Whether it may be approved together with others: only word for word, and no doubt."""
        return self.reason == "none"


def doubt(item: Item, segments: Mapping[str, Segment]) -> Doubt:
    """The worst that can be said of an item."""
    reason = next(_reasons(item, segments), "none")
    return Doubt(_GRADES.index(reason), reason)


def unsure(segment: Segment) -> bool:
    """Whether the ears were unsure of what was said."""
    return segment.avg_logprob is not None and segment.avg_logprob < UNSURE_LOGPROB


def place(item: Item, segments: Mapping[str, Segment]) -> tuple[int, float]:
    """What items are ordered by: those to be looked at first come first, then as they were said."""
    said = (uid for one in item.evidence for uid in one.segments if uid in segments)
    first = next((float(segments[uid].index) for uid in said), float("inf"))
    moment = next((one.start for one in item.evidence if one.start is not None), first)
    return doubt(item, segments).rank, moment


def _reasons(item: Item, segments: Mapping[str, Segment]) -> Iterator[str]:
    evidence = item.evidence
    if isinstance(item, Conflict):
        evidence = (*evidence, *item.a.evidence, *item.b.evidence)
    if not any(one.segments for one in evidence):
        yield "missing"
    if not any(one.good for one in evidence):
        yield "weak"
    if item.stale:
        yield "stale"
    if isinstance(item, Conflict):
        yield "conflict"
    if any(unsure(segments[uid]) for one in evidence for uid in one.segments if uid in segments):
        yield "unheard"
    if _best(evidence) == "fuzzy":
        yield "fuzzy"


def _best(evidence: tuple[Evidence, ...]) -> str:
    order = ("exact", "normalised", "fuzzy", "weak", "missing")
    return min((one.match for one in evidence), key=order.index, default="missing")
