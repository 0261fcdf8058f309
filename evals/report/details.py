"""One call with what was made of it -> gold beside prediction, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evals.datasets.call_file import CallFile, GoldAction, GoldAsk, GoldDecision, GoldItem
from evals.scorers.actions import same_person
from evals.scorers.lookalikes import first_turn
from evals.scorers.pairing import Pairing, pairing, turns_of, words_of
from evals.tasks.processed import Processed
from evals.tasks.specify import SpecLine
from pipeline.models.item import KINDS, Kind
from pipeline.models.minutes import Action, Ask, Decision, Item


class Side(NamedTuple):
    """An item, as it was labelled or found."""

    id: str
    text: str
    turns: tuple[int, ...]


class Differs(NamedTuple):
    """A field of a matched item that is not as labelled."""

    field: str
    wanted: str
    found: str


class Line(NamedTuple):
    """What was labelled beside what was found; one of them may lack."""

    wanted: Side | None
    found: Side | None
    differs: tuple[Differs, ...] = ()
    taken: str | None = None
    """Why it only looks like something, where it was taken for real."""
    listed: bool = False
    """A missed ask that stands under “said, not minuted”."""


class CallDetail(NamedTuple):
    """All that is shown of one call."""

    call: CallFile
    kinds: Mapping[Kind, Sequence[Line] | None]
    """None: not labelled in this call."""
    specs: tuple[SpecLine, ...] = ()


def detail(one: Processed, specs: Sequence[SpecLine] = ()) -> CallDetail:
    """Gold beside prediction for every kind."""
    kinds: dict[Kind, Sequence[Line] | None] = {}
    for kind in KINDS:
        paired = pairing(kind, one.minutes, one.call.gold, one.turn_of)
        kinds[kind] = None if paired is None else list(_lines(kind, paired, one))
    return CallDetail(one.call, kinds, tuple(specs))


def _lines(kind: Kind, paired: Pairing, one: Processed) -> Iterator[Line]:
    listed = {one.turn_of.get(row.segment) for row in one.minutes.coverage.uncited}
    for at, wanted in enumerate(paired.wanted):
        place = paired.pairs.get(at)
        if place is None:
            kept = kind == "ask" and not listed.isdisjoint(wanted.evidence)
            yield Line(_gold(wanted), None, listed=kept)
            continue
        found = paired.found[place]
        yield Line(
            _gold(wanted),
            _side(found, one),
            tuple(_differing(found, wanted, one.call)),
            _taken(kind, found, one),
        )
    used = set(paired.pairs.values())
    for place, found in enumerate(paired.found):
        if place not in used:
            yield Line(None, _side(found, one), taken=_taken(kind, found, one))


def _gold(wanted: GoldItem) -> Side:
    return Side(wanted.id, words_of(wanted), wanted.evidence)


def _side(found: Item, one: Processed) -> Side:
    return Side(found.id, words_of(found), tuple(sorted(turns_of(found, one.turn_of))))


def _differing(found: Item, wanted: GoldItem, call: CallFile) -> Iterator[Differs]:
    if isinstance(found, Decision) and isinstance(wanted, GoldDecision) and wanted.state:
        yield from _unless_same("state", wanted.state, found.state)
    if isinstance(found, Ask) and isinstance(wanted, GoldAsk):
        yield from _unless_same("status", wanted.plain_status, found.status)
    if isinstance(found, Action) and isinstance(wanted, GoldAction):
        if "owner" in wanted.model_fields_set and not same_person(
            found.owner, wanted.owner, call.participants
        ):
            yield from _unless_same("owner", wanted.owner, found.owner)
        if "due_date" in wanted.model_fields_set:
            yield from _unless_same("due_date", wanted.due_date, found.due_date)


def _unless_same(field: str, wanted: str | None, found: str | None) -> Iterator[Differs]:
    if wanted != found:
        yield Differs(field, wanted or "-", found or "-")


def _taken(kind: Kind, found: Item, one: Processed) -> str | None:
    turn = first_turn(found, one.turn_of)
    for negative in one.call.gold.hard_negatives or ():
        if (negative.looks_like, negative.turn) == (kind, turn):
            return negative.why or "-"
    return None
