"""Minutes -> what was said and led to no item.

Coverage turns the eye of grounding the other way. It reads the cues by itself, so that it is a
second opinion on whatever engine drafted the minutes.
"""

from collections.abc import Iterable, Iterator

from pipeline.language.cues_heard import told
from pipeline.models.base import Side
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Conflict, Coverage, Item, Minutes, Uncited
from pipeline.models.project import Project
from pipeline.models.transcript import Segment, Transcript


def cover(
    minutes: Minutes,
    transcript: Transcript,
    project: Project,
    *,
    earlier: Coverage | None = None,
) -> Minutes:
    """The minutes with the client turns that sound like something and are cited by nothing.

    What people said about a turn in earlier coverage holds; a turn they took up or dismissed
    stays on the list with their answer.
    """
    answered = {
        one.segment: one for one in (earlier or minutes.coverage).uncited if one.state != "open"
    }
    cited = set(_cited(minutes))
    found = {
        one.segment: one
        for segment in transcript.segments
        if segment.id in answered or (segment.id not in cited and _by_client(segment, project))
        if (one := answered.get(segment.id) or _uncited(segment))
    }
    coverage = minutes.coverage.with_(uncited=tuple(found.values()))
    return minutes.with_(coverage=coverage)


def _uncited(segment: Segment) -> Uncited | None:
    cue = told(segment.text)
    return Uncited(segment=segment.id, cue=cue) if cue else None


def _by_client(segment: Segment, project: Project) -> bool:
    """Whether the client may have said it; a speaker nobody knows may be the client."""
    side: Side = segment.side
    if side == "unknown":
        side = project.side_of(segment.speaker)
    return side != "us"


def _cited(minutes: Minutes) -> Iterator[str]:
    for _, item in minutes.items():
        for evidence in _proofs(item):
            yield from evidence.segments


def _proofs(item: Item) -> Iterable[Evidence]:
    if isinstance(item, Conflict):
        return (*item.evidence, *item.a.evidence, *item.b.evidence)
    return item.evidence
