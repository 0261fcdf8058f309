"""Minutes -> what was said and led to no item.

Coverage turns the eye of grounding the other way. It reads the cues by itself, so that it is a
second opinion on whatever engine drafted the minutes.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise

from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.cues_heard import told, wishes
from pipeline.models.base import Side
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask, Conflict, Coverage, Item, Minutes, Uncited
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
    cited = set(_cited(minutes, transcript))
    found = {
        one.segment: one
        for segment in transcript.segments
        if segment.id in answered or (segment.id not in cited and _by_client(segment, project))
        if (one := answered.get(segment.id) or _uncited(segment))
    }
    coverage = minutes.coverage.with_(uncited=tuple(found.values()))
    return minutes.with_(coverage=coverage)


def _uncited(segment: Segment) -> Uncited | None:
    cue = told(segment.text) or ("ask" if wishes(segment.text) else None)
    return Uncited(segment=segment.id, cue=cue) if cue else None


def _by_client(segment: Segment, project: Project) -> bool:
    """Whether the client may have said it; a speaker nobody knows may be the client."""
    side: Side = segment.side
    if side == "unknown":
        side = project.side_of(segment.speaker)
    return side != "us"


def _cited(minutes: Minutes, transcript: Transcript) -> Iterator[str]:
    said = {segment.id: segment.text for segment in transcript.segments}
    answers = set(_answers(transcript))
    for _, item in minutes.items():
        if isinstance(item, Ask):
            yield from _taken_up(item, said, answers)
            continue
        for evidence in _proofs(item):
            yield from (one for one in evidence.segments if not wishes(said.get(one, "")))


def _answers(transcript: Transcript) -> Iterator[str]:
    """The turns that come right after a question of ours."""
    for before, segment in pairwise(transcript.segments):
        if before.side == "us" and before.text.rstrip().endswith(("?", "？")):
            yield segment.id


def _taken_up(ask: Ask, said: Mapping[str, str], answers: Container[str]) -> Iterator[str]:
    """The turns that an ask really takes up.

    A turn far down its evidence that wishes for something of its own, in other words than the
    ask's and not as an answer, was only heard beside it.
    """
    first = ask.evidence[0].segments if ask.evidence else ()
    words = _words(ask.text, ask.raw_quote or "", *(said.get(one, "") for one in first))
    for evidence in ask.evidence:
        for one in evidence.segments:
            text = said.get(one, "")
            heard = one in first or one in answers or not wishes(text)
            if heard or words & _words(text):
                yield one


def _words(*texts: str) -> frozenset[str]:
    return terms(cues.plain(" ".join(texts)))


def _proofs(item: Item) -> Iterable[Evidence]:
    if isinstance(item, Conflict):
        return (*item.evidence, *item.a.evidence, *item.b.evidence)
    return item.evidence
