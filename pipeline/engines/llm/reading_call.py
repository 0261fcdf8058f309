"""Transcript -> draft: the call asked for asks and for the rest, whole or piece by piece.

A piece that cannot be answered is halved; what is left of it in the end is named, and the rest
stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from pipeline.engines.llm import prompting
from pipeline.engines.llm.asking import Answer, Asker, Question
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.forms import described
from pipeline.engines.llm.masking import OPEN, Mask
from pipeline.engines.llm.pieces import Piece, pieces
from pipeline.engines.llm.reading import Bad
from pipeline.engines.llm.shown import cited_turns
from pipeline.engines.llm.sites import items
from pipeline.engines.llm.steps import WHOLE, Steps
from pipeline.engines.llm.tokens import estimate
from pipeline.engines.llm.wire import Wire
from pipeline.models.draft import DRAFT_TYPES, Draft, DraftItem, Unparsed
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS
from pipeline.models.project import Project
from pipeline.models.transcript import Segment, Transcript
from prompts.loader import prompt

W = TypeVar("W", bound=Wire)


class Answered(NamedTuple):
    """What one piece holds for one call site."""

    site: str
    piece: Piece
    answer: Answer[Wire]


class Failed(NamedTuple):
    """A piece that no answer was had for."""

    site: str
    piece: Piece
    fault: Fault


class Found(NamedTuple):
    """Answers over all pieces in the order of the call, and what no answer was had for."""

    answers: tuple[Answered, ...]
    failed: tuple[Failed, ...]


class Reading:
    """One call as it is asked about."""

    def __init__(
        self,
        transcript: Transcript,
        project: Project,
        asker: Asker,
        *,
        room: int,
        steps: Steps = WHOLE,
        mask: Mask = OPEN,
        private: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.transcript = transcript
        self.project = project
        self.asker = asker
        self.turns = Turns(transcript)
        self.steps = steps
        self.room = min(room, steps.room or room)
        self.mask = mask
        self.private = private
        """Turns that were not meant for everybody, with the participants they must never reach."""
        self.segments = transcript.segments

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The call, whole where it fits; the same call always has the same pieces."""
        return pieces(
            self.segments,
            room=self.room,
            tokens=lambda one: estimate(self.turns.line(one)),
        )

    def ask(self, sites: Sequence[tuple[str, type[Wire]]]) -> Found:
        """Every site over the whole call; a piece that is too much is asked for in halves."""
        waiting = [(site, schema, piece) for piece in self.pieces for site, schema in sites]
        answers: list[Answered] = []
        failed: list[Failed] = []
        while waiting:
            round_, waiting = waiting, []
            questions = [self.question(*one) for one in round_]
            for one, answer in zip(round_, self.asker.ask_all(questions), strict=True):
                site, schema, piece = one
                if not isinstance(answer, Fault):
                    answers.append(Answered(site, piece, answer))
                elif answer.remedy == "halve" and (halves := piece.halves()):
                    waiting.extend((site, schema, half) for half in halves)
                else:
                    failed.append(Failed(site, piece, answer))
        return Found(tuple(sorted(answers, key=lambda one: one.piece.first)), tuple(failed))

    def question(self, site: str, schema: type[Wire], piece: Piece) -> Question[Wire]:
        """One piece, asked about for one site."""
        whole = len(piece) == len(self.segments)
        shown = piece.shown(self.segments, whole=whole)
        own = piece.own(self.segments)
        context = frozenset(one.id for one in shown if one.id not in own)
        return self.asking(site, schema, shown, context=context)

    def asking(
        self,
        site: str,
        schema: type[W],
        shown: Sequence[Segment] = (),
        *,
        context: frozenset[str] = frozenset(),
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> Question[W]:
        """A question of a call site: its prompt, with what it takes of the project and the turns."""
        found, project = prompt(site, self.project.language), self.project
        last = self.turns.name(shown[-1].id) if shown else "-"
        known = {
            "schema": described(schema),
            "people": prompting.people(project),
            "system": prompting.system(project),
            "date": self.transcript.date or "-",
            "glossary": prompting.glossary(project),
            "dictionary": prompting.dictionary(project),
            "capabilities": prompting.numbered(project.capabilities),
            "scope": prompting.numbered(project.scope),
            "turns": self.turns.fenced(shown, context=context, private=self.private),
            "last": last,
            **more,
        }
        mask = self.mask.covering(more.values())
        values = {name: mask.hide(known[name]) for name in found.inputs}
        said = prompting.messages(found, **values)
        asked = last if shown and "last" in found.inputs else None
        meeting = self.transcript.meeting
        return Question(site, found.label, said, schema, meeting, mask, asked)


def drafted(reading: Reading) -> Draft:
    """Every item of the call.

    Raises:
        Fault: nothing at all was answered.
    """
    rest = [("rest", schema) for schema in reading.steps.rest]
    found = reading.ask((("asks", items.Asks), *rest))
    if found.failed and not found.answers:
        raise found.failed[0].fault
    lists = {
        array: _numbered(_owned(found, kind, array, reading), kind)
        for kind, array in ARRAYS.items()
    }
    read = Draft(unparsed=tuple(_unparsed(found)), unprocessed=_unprocessed(reading, found))
    return read.with_(**lists)


def _owned(found: Found, kind: Kind, array: str, reading: Reading) -> list[DraftItem]:
    """The drafts of one kind; those of the turns beside a piece belong to its neighbour.

    What the neighbour did not find is kept all the same.
    """
    kept: list[DraftItem] = []
    beside: list[DraftItem] = []
    for _, piece, answer in found.answers:
        own = piece.own(reading.segments)
        for wire in getattr(answer.value, array, ()):
            draft = _draft(wire, kind, reading.turns)
            first = next(iter(cited_turns(draft)), None)
            (kept if first is None or first in own else beside).append(draft)
    for draft in beside:
        if next(iter(cited_turns(draft))) not in {
            turn for one in kept for turn in cited_turns(one)
        }:
            kept.append(draft)
    return kept


def _draft(wire: items.WireItem | items.WireConflict, kind: Kind, turns: Turns) -> DraftItem:
    if isinstance(wire, items.WireConflict):
        return items.conflict(wire, turns)
    return items.drafted(wire, DRAFT_TYPES[kind], turns)


def _numbered(drafts: Iterable[DraftItem], kind: Kind) -> tuple[DraftItem, ...]:
    return tuple(one.with_(ref=f"{kind}{number}") for number, one in enumerate(drafts, 1))


def _unparsed(found: Found) -> Iterator[Unparsed]:
    for one in found.answers:
        yield from (unparsed(bad) for bad in one.answer.bad)
    for failed in found.failed:
        yield unanswered(failed.site, failed.fault)


def unparsed(bad: Bad) -> Unparsed:
    """An entry of an answer that does not hold, kept."""
    return Unparsed(kind=bad.list_name, reason=bad.reason, raw=bad.raw)


def unanswered(site: str, fault: Fault) -> Unparsed:
    """What was said instead of an answer, kept."""
    return Unparsed(kind=site, reason=str(fault), raw=fault.raw or None, cause="no_answer")


def _unprocessed(reading: Reading, found: Found) -> tuple[str, ...]:
    places = {place for one in found.failed for place in range(one.piece.first, one.piece.after)}
    return tuple(reading.segments[place].id for place in sorted(places))
