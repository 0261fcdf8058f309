"""Transcript -> draft: the call asked for asks and for the rest, whole or piece by piece.

A piece that cannot be answered is halved; what is left of it in the end is named, and the rest
stands.
"""

from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
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
from pipeline.engines.llm.wire import Wire
from pipeline.models.draft import DRAFT_TYPES, Draft, DraftItem, Unparsed
from pipeline.models.item import LETTERS, Kind
from pipeline.models.minutes import ARRAYS
from pipeline.models.project import Project
from pipeline.models.transcript import Segment, Transcript
from prompts.loader import prompt

W = TypeVar("W", bound=Wire)


class Found(NamedTuple):
    """Answers to one call site over all pieces, and what no answer was had for."""

    answers: tuple[tuple[Piece, Answer[Wire]], ...]
    failed: tuple[tuple[Piece, Fault], ...]


class Reading:
    """One call as it is asked about."""

    def __init__(
        self,
        transcript: Transcript,
        project: Project,
        asker: Asker,
        *,
        room: int,
        mask: Mask = OPEN,
        private: Container[str] = (),
    ) -> None:
        self.transcript = transcript
        self.project = project
        self.asker = asker
        self.turns = Turns(transcript)
        self.room = room
        self.mask = mask
        self.private = private
        """Ids of turns that were not meant for everybody."""
        self.segments = transcript.segments

    def pieces(self) -> tuple[Piece, ...]:
        """The call, whole where it fits."""
        return pieces(
            self.segments,
            room=self.room,
            tokens=lambda one: self.asker.tokens(self.turns.line(one)),
        )

    def ask(self, sites: Sequence[tuple[str, type[Wire]]]) -> dict[str, Found]:
        """Every site over the whole call; a piece that is too much is asked for in halves."""
        waiting = deque((site, schema, piece) for piece in self.pieces() for site, schema in sites)
        answers: dict[str, list[tuple[Piece, Answer[Wire]]]] = {site: [] for site, _ in sites}
        failed: dict[str, list[tuple[Piece, Fault]]] = {site: [] for site, _ in sites}
        while waiting:
            round_, waiting = list(waiting), deque()
            questions = [self.question(*one) for one in round_]
            for one, answer in zip(round_, self.asker.ask_all(questions), strict=True):
                site, schema, piece = one
                if not isinstance(answer, Fault):
                    answers[site].append((piece, answer))
                elif answer.remedy == "halve" and (halves := piece.halves()):
                    waiting.extend((site, schema, half) for half in halves)
                else:
                    failed[site].append((piece, answer))
        return {
            site: Found(tuple(sorted(answers[site], key=_first)), tuple(failed[site]))
            for site, _ in sites
        }

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
        **more: str,
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
        values = {name: self.mask.hide(known[name]) for name in found.inputs}
        said = prompting.messages(found, **values)
        asked = last if shown and "last" in found.inputs else None
        meeting = self.transcript.meeting
        return Question(site, found.label, said, schema, meeting, self.mask, asked)


def drafted(reading: Reading) -> Draft:
    """Every item of the call.

    Raises:
        Fault: nothing at all was answered.
    """
    found = reading.ask((("asks", items.Asks), ("rest", items.Rest)))
    every = [one for site in found.values() for one in site.failed]
    if every and not any(site.answers for site in found.values()):
        raise every[0][1]
    lists = {
        array: _numbered(_owned(found, kind, array, reading), kind)
        for kind, array in ARRAYS.items()
    }
    return Draft(unparsed=tuple(_unparsed(found)), unprocessed=_unprocessed(reading, every)).with_(
        **lists
    )


def _owned(found: dict[str, Found], kind: Kind, array: str, reading: Reading) -> list[DraftItem]:
    """The drafts of one kind; those of the turns beside a piece belong to its neighbour.

    What the neighbour did not find is kept all the same.
    """
    kept: list[DraftItem] = []
    beside: list[DraftItem] = []
    for piece, answer in found["asks" if kind == "ask" else "rest"].answers:
        own = piece.own(reading.segments)
        for wire in getattr(answer.value, array):
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
    letter = LETTERS[kind].lower()
    return tuple(one.with_(ref=f"{letter}{number}") for number, one in enumerate(drafts, 1))


def _unparsed(found: dict[str, Found]) -> Iterator[Unparsed]:
    for site, one in found.items():
        for _, answer in one.answers:
            yield from (unparsed(bad) for bad in answer.bad)
        for _, fault in one.failed:
            yield unanswered(site, fault)


def unparsed(bad: Bad) -> Unparsed:
    """An entry of an answer that does not hold, kept."""
    return Unparsed(kind=bad.list_name, reason=bad.reason, raw=bad.raw)


def unanswered(site: str, fault: Fault) -> Unparsed:
    """What was said instead of an answer, kept."""
    return Unparsed(kind=site, reason=str(fault), raw=fault.raw or None, cause="no_answer")


def _unprocessed(reading: Reading, failed: Iterable[tuple[Piece, Fault]]) -> tuple[str, ...]:
    places = {place for piece, _ in failed for place in range(piece.first, piece.after)}
    return tuple(reading.segments[place].id for place in sorted(places))


def _first(one: tuple[Piece, Answer[Wire]]) -> int:
    return one[0].first
