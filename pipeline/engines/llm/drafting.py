"""Transcript -> draft: the call asked for asks and for the rest, whole or piece by piece.

A piece that cannot be answered is halved; what is left of it in the end is named, and the rest
stands.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.engines.llm.asking import Answer, Question
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.pieces import Piece
from pipeline.engines.llm.reading import Bad
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.shown import cited_turns
from pipeline.engines.llm.sites import items
from pipeline.engines.llm.wire import Wire
from pipeline.language.normalise import folded
from pipeline.models.draft import DRAFT_TYPES, Draft, DraftItem, Unparsed
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS

ALIKE = 55.0
"""Likeness of two texts, of 100, from which they are taken for one thing found twice."""


class Part(NamedTuple):
    """A piece of the call, asked about for one site."""

    site: str
    schema: type[Wire]
    piece: Piece

    def halves(self) -> Sequence["Part"]:
        """The same for fewer turns."""
        return [self._replace(piece=half) for half in self.piece.halves() or ()]


def drafted(reading: Reading) -> Draft:
    """Every item of the call.

    Raises:
        Fault: nothing at all was answered.
    """

    def question(part: Part) -> Question[Wire]:
        return reading.about(part.site, part.schema, part.piece)

    rest = [("rest", schema) for schema in reading.steps.rest]
    sites: Sequence[tuple[str, type[Wire]]] = [("asks", items.Asks), *rest]
    parts = [Part(site, schema, piece) for piece in reading.pieces for site, schema in sites]
    found = reading.ask(parts, question, Part.halves)
    if found.failed and not found.answers:
        raise found.failed[0][1]
    answers = sorted(found.answers, key=lambda one: one[0].piece.first)
    lists = {
        array: _numbered(_owned(answers, kind, array, reading), kind)
        for kind, array in ARRAYS.items()
    }
    bad = [unparsed(one) for _, answer in answers for one in answer.bad]
    bad += [unanswered(part.site, fault) for part, fault in found.failed]
    lost = {
        place for part, _ in found.failed for place in range(part.piece.first, part.piece.after)
    }
    unread = tuple(reading.segments[place].id for place in sorted(lost))
    return Draft(unparsed=tuple(bad), unprocessed=unread).with_(**lists)


def _owned(
    answers: Sequence[tuple[Part, Answer[Wire]]], kind: Kind, array: str, reading: Reading
) -> list[DraftItem]:
    """The drafts of one kind; those of the turns beside a piece belong to its neighbour.

    What the neighbour did not find is kept all the same.
    """
    kept: list[DraftItem] = []
    beside: list[DraftItem] = []
    for part, answer in answers:
        own = part.piece.own(reading.segments)
        for wire in getattr(answer.value, array, ()):
            draft = _draft(wire, kind, reading.turns)
            first = next(iter(cited_turns(draft)), None)
            (kept if first is None or first in own else beside).append(draft)
    kept += [one for one in beside if not any(_same(one, other) for other in kept)]
    return kept


def _same(one: DraftItem, other: DraftItem) -> bool:
    """Whether two drafts that two pieces made are of one thing: a turn and words in common."""
    if not set(cited_turns(one)) & set(cited_turns(other)):
        return False
    quotes = [{folded(cited.quote) for cited in draft.citations} for draft in (one, other)]
    if any(a and b and (a in b or b in a) for a in quotes[0] for b in quotes[1]):
        return True
    return fuzz.ratio(folded(one.text), folded(other.text)) >= ALIKE


def _draft(wire: items.WireItem | items.WireConflict, kind: Kind, turns: Turns) -> DraftItem:
    if isinstance(wire, items.WireConflict):
        return items.conflict(wire, turns)
    return items.drafted(wire, DRAFT_TYPES[kind], turns)


def _numbered(drafts: Iterable[DraftItem], kind: Kind) -> tuple[DraftItem, ...]:
    return tuple(one.with_(ref=f"{kind}{number}") for number, one in enumerate(drafts, 1))


def unparsed(bad: Bad) -> Unparsed:
    """An entry of an answer that does not hold, kept."""
    return Unparsed(kind=bad.list_name, reason=bad.reason, raw=bad.raw)


def unanswered(site: str, fault: Fault) -> Unparsed:
    """What was said instead of an answer, kept."""
    return Unparsed(kind=site, reason=str(fault), raw=fault.raw or None, cause="no_answer")
