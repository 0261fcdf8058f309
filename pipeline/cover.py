"""Minutes -> what was said and led to no item.

Coverage turns the eye of grounding the other way. It reads the cues by itself, so that it is a
second opinion on whatever engine drafted the minutes.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.language import cues
from pipeline.language.bullets import lines_of, sentences_of, unmarked
from pipeline.language.cues_content import terms
from pipeline.language.cues_heard import heard, told, wishes
from pipeline.language.labels import of_meeting
from pipeline.language.normalise import folded
from pipeline.language.twin import in_simplified
from pipeline.models.base import Side
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask, Conflict, Coverage, Cue, Item, Minutes, Uncited
from pipeline.models.project import Project
from pipeline.models.transcript import Segment, Transcript

_SHARE = 5
"""The list takes one in so many turns of the client."""
_FEWEST = 6
"""Turns that it takes of the shortest call."""


def cover(
    minutes: Minutes,
    transcript: Transcript,
    project: Project,
    *,
    earlier: Coverage | None = None,
    suspected: Sequence[str] = (),
) -> Minutes:
    """The minutes with the client turns that sound like something and are cited by nothing.

    What people said about a turn in earlier coverage holds; a turn they took up or dismissed
    stays on the list with their answer, and a turn with a cue is always on it. Of the others the
    list takes so many that it holds a fifth of what the client said, so that somebody reads it to
    the end: those that the engine suspects, then what only says much. Of notes it takes every
    line, and of a message of several lines each must be cited by itself.

    Args:
        minutes: What was found, grounded.
        transcript: The call.
        project: Who is on which side.
        earlier: Coverage that people may have answered; that of the minutes without one.
        suspected: Segments in which the engine half heard an ask, the likeliest first; they stand
            on the list even where another item cites them.
    """
    written, transcript, project = minutes, in_simplified(transcript), in_simplified(project)
    minutes = in_simplified(minutes)
    answered = {
        one.segment: one for one in (earlier or minutes.coverage).uncited if one.state != "open"
    }
    cited = set(_cited(minutes, transcript)) - set(_half_cited(minutes, transcript))
    client = [one for one in transcript.segments if _by_client(one, project)]
    open_ones = [one for one in client if one.id not in answered]
    if transcript.is_note:
        listed = _every_line(open_ones, cited) | answered
    else:
        listed = _listed(open_ones, cited, suspected, len(client)) | answered
    inorder = (listed[one.id] for one in transcript.segments if one.id in listed)
    return written.with_(coverage=written.coverage.with_(uncited=tuple(inorder)))


def _listed(
    segments: Sequence[Segment], cited: Container[str], suspected: Sequence[str], said: int
) -> dict[str, Uncited]:
    """By id, the turns that somebody should look at: a share of what was said, and every cue."""
    places = {segment: place for place, segment in enumerate(suspected)}
    found: list[tuple[int, int, Uncited]] = []
    for at, segment in enumerate(segments):
        place = places.get(segment.id)
        cue = None if segment.id in cited else _cue(segment.text)
        if cue:
            found.append((0, at, Uncited(segment=segment.id, cue=cue)))
        elif place is not None:
            found.append((1, place, Uncited(segment=segment.id, cue="ask")))
        elif segment.id not in cited and told(segment.text):
            found.append((2, at, Uncited(segment=segment.id, cue="ask")))
    cued = sum(rank == 0 for rank, _, _ in found)
    most = max(_FEWEST, said // _SHARE, cued)
    best = sorted(found, key=lambda one: one[:2])[:most]
    return {uncited.segment: uncited for _, _, uncited in best}


def _every_line(segments: Sequence[Segment], cited: Container[str]) -> dict[str, Uncited]:
    """By id, the lines of notes that no item cites: nobody writes down what does not matter."""
    left = [one for one in segments if one.id not in cited and not of_meeting(one.text)]
    return {one.id: Uncited(segment=one.id, cue=_cue(one.text) or "ask") for one in left}


def _half_cited(minutes: Minutes, transcript: Transcript) -> Iterator[str]:
    """Messages of several lines of which one sounds like something and no item quotes it.

    Of notes, lines of several sentences of which no item quotes one.
    """
    note = transcript.is_note
    cut = sentences_of if note else lines_of
    lines = {one.id: cut(one.text) for one in transcript.segments}
    quoted: dict[str, str] = {}
    for _, item in minutes.items():
        for evidence in _proofs(item):
            for one in evidence.segments:
                quoted[one] = quoted.get(one, "") + folded(evidence.quote)
    for segment, texts in lines.items():
        said = quoted.get(segment, "")
        left = (text for text in texts if folded(unmarked(text)) not in said)
        if len(texts) > 1 and any(note or _cue(text) for text in left):
            yield segment


def _cue(text: str) -> Cue | None:
    return heard(text) or ("ask" if wishes(text) else None)


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
