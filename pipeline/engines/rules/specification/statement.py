"""What was said about an ask in stretches of one sort, each with the words it rests on."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.exchange import Exchange, accepts, defers
from pipeline.engines.rules.specification.sorting import Sort, drawn_along, idle, sort_of
from pipeline.engines.rules.specification.talk import Clause, Talk, Turn
from pipeline.language.support import alikeness
from pipeline.models.draft import DraftSlot
from pipeline.models.evidence import Citation

_ECHO = 0.5
"""Dice of bigrams from which words of ours only repeat the client's."""


class Statement(NamedTuple):
    """A stretch of one sentence that says one sort of thing."""

    sort: Sort
    text: str
    """Exactly as it was said."""
    at: int
    segment: str
    own: bool
    """Whether the ask itself cites the turn."""
    also: tuple[Citation, ...] = ()
    """Further citations: the yes to words of ours, or the rule that was revised."""
    put: str | None = None
    """The value where it is not simply what was said."""
    sure: bool = True
    """False for what follows from the words without being said."""
    composed: bool = False
    """Whether it is an earlier rule with a later number: not said, but fit to test by."""

    @property
    def value(self) -> str:
        """What it says."""
        return self.put or self.text

    @property
    def firm(self) -> bool:
        """Whether a test may rest on it."""
        return self.sure or self.composed

    @property
    def citation(self) -> Citation:
        """The words as they were said."""
        return Citation(segments=(self.segment,), quote=self.text)

    def slot(self) -> DraftSlot:
        """The statement as a value of a spec."""
        return DraftSlot(
            value=self.value,
            origin="stated" if self.sure else "inferred",
            citations=(self.citation, *self.also),
        )


def statements(talk: Talk, said: Sequence[Exchange]) -> tuple[Statement, ...]:
    """The client's statements in order, and ours that the client accepted."""
    put = [one for one in said if one.kind != "statement"]
    asked = {turn.at: exchange for exchange in put for turn in exchange.reply}
    found: list[Statement] = []
    for turn in talk.turns:
        if turn.side == "us":
            found.extend(_ours(turn, said, talk))
        else:
            found.extend(_of_turn(turn, asked.get(turn.at), turn.at in talk.own))
    return tuple(found)


def _of_turn(turn: Turn, asked: Exchange | None, own: bool) -> Iterable[Statement]:
    """Runs of clauses of one sort within one sentence."""
    run: list[Clause] = []
    sort: Sort | None = None
    for clause in turn.clauses:
        here = sort_of(clause, asked, own)
        goes_on = bool(run) and clause.sentence == run[-1].sentence
        if goes_on:
            here = drawn_along(here, sort, clause, own)
        if here in ("rule", "limit") and defers(_sentence(turn, clause)):
            here = "open"
        if run and not (goes_on and here == sort):
            yield from _joined(turn, run, sort, own)
            run = []
        sort = here
        run.append(clause)
    yield from _joined(turn, run, sort, own)


def _joined(turn: Turn, run: Sequence[Clause], sort: Sort | None, own: bool) -> Iterable[Statement]:
    if run and sort is not None:
        yield Statement(sort, turn.text[run[0].start : run[-1].end], turn.at, turn.segment, own)


def _sentence(turn: Turn, clause: Clause) -> str:
    return " ".join(one.text for one in turn.clauses if one.sentence == clause.sentence)


def _ours(turn: Turn, said: Sequence[Exchange], talk: Talk) -> Iterable[Statement]:
    """What we put into words: stated where the client then agreed, else only inferred."""
    exchange = next((one for one in said if one.turn.at == turn.at), None)
    if exchange is None or exchange.outcome != "accepted" or exchange.kind == "question":
        yield from _added(turn, talk)
        return
    reply = exchange.reply[0]
    yes = Citation(segments=(reply.segment,), quote=reply.text)
    put = exchange._replace(kind="question", outcome="answered")
    for said_so in _of_turn(turn, put, turn.at in talk.own or reply.at in talk.own):
        one = _without_lead(said_so)
        says = cues("say.duty").search(one.text) or cues("say.ours").search(one.text)
        if one.sort in ("rule", "limit") and says and not _promises(one.text):
            yield one._replace(also=(yes,))


def _without_lead(one: Statement) -> Statement:
    """Words of ours without "so let me confirm" in front."""
    match = cues("say.confirms").match(one.text)
    return one._replace(text=one.text[match.end() :]) if match else one


def _added(turn: Turn, talk: Talk) -> Iterable[Statement]:
    """What we added to the client's words while agreeing, and nobody took up."""
    before = next((one for one in talk.turns if one.at == turn.at - 1), None)
    if before is None or before.side == "us" or not accepts(turn.text):
        return
    for clause in turn.clauses:
        if idle(clause) or _promises(clause.text) or not cues("say.ours").search(clause.text):
            continue
        echo = max((alikeness(clause.text, one.text) for one in before.clauses), default=0.0)
        if echo < _ECHO:
            own = before.at in talk.own
            yield Statement("rule", clause.text, turn.at, turn.segment, own, sure=False)


def _promises(text: str) -> bool:
    """Whether it speaks of what we will do, not of what the system shall do."""
    return cues("talk.our_promise").search(text) is not None
