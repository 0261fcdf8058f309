"""Draft -> draft: every ask with all turns of the call that belong to it, so the last word counts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.drafting import unanswered, unparsed
from pipeline.engines.llm.pieces import Piece
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.shown import cited_turns, listed
from pipeline.engines.llm.sites.relations import Threads, WireThread
from pipeline.models.draft import Draft, DraftAsk
from pipeline.models.evidence import Citation

MOST_TURNS = 15
"""Turns that an ask cites at most; what comes first in the call and what changes it stay."""
TELLING = ("correction", "withdrawal", "disagreement", "detail", "confirmation")
"""Roles of a turn, those that must not be lost first."""


class Part(NamedTuple):
    """Some asks, looked for in a piece of the call."""

    asks: Sequence[DraftAsk]
    piece: Piece

    def halves(self) -> Sequence["Part"]:
        """Fewer asks; a single one in fewer turns."""
        middle = len(self.asks) // 2
        if middle:
            return [self._replace(asks=self.asks[:middle]), self._replace(asks=self.asks[middle:])]
        return [self._replace(piece=half) for half in self.piece.halves() or ()]


def threaded(draft: Draft, reading: Reading) -> Draft:
    """The asks with their far turns, last texts and states; an ask that got no answer stays as it is."""
    if not draft.asks:
        return draft

    def question(part: Part) -> Question[Threads]:
        asks = listed(part.asks, reading.turns)
        return reading.about("thread", Threads, part.piece, asks=asks)

    few = reading.steps.asks_at_once
    groups = [draft.asks[at : at + few] for at in range(0, len(draft.asks), few)]
    parts = [Part(group, piece) for group in groups for piece in reading.pieces]
    found = reading.ask(parts, question, Part.halves)
    told: dict[str, list[WireThread]] = {}
    for _, answer in sorted(found.answers, key=lambda one: one[0].piece.first):
        for one in answer.value.threads:
            told.setdefault(one.ask, []).append(one)
    bad = [unparsed(one) for _, answer in found.answers for one in answer.bad]
    bad += [unanswered("thread", fault) for _, fault in found.failed]
    changed = tuple(_with(ask, told.get(ask.ref, []), reading) for ask in draft.asks)
    undone = (*draft.undone, *(("thread",) if found.failed else ()))
    return draft.with_(asks=changed, unparsed=(*draft.unparsed, *bad), undone=undone)


def _with(ask: DraftAsk, threads: Sequence[WireThread], reading: Reading) -> DraftAsk:
    """The ask as the whole call leaves it. Pieces come in the order of the call."""
    if not threads:
        return ask
    known = set(cited_turns(ask))
    added: list[tuple[int, str]] = []
    for thread in threads:
        for turn in thread.turns:
            for uid in reading.turns.known([turn.t]):
                if uid not in known and uid not in reading.private:
                    known.add(uid)
                    added.append((TELLING.index(turn.role), uid))
    room = max(0, MOST_TURNS - len(set(cited_turns(ask))))
    chosen = [uid for _, uid in sorted(added, key=lambda one: one[0])[:room]]
    citations = (*ask.citations, *(Citation(segments=(uid,)) for uid in _in_order(chosen, reading)))
    last = threads[-1]
    said = [one for one in threads if one.turns] or [last]
    gone = said[-1].status == "withdrawn" or (ask.status == "withdrawn" and last.status != "live")
    return ask.with_(
        citations=citations,
        text=said[-1].text.strip() or ask.text,
        status="withdrawn" if gone else "live",
    )


def _in_order(uids: Iterable[str], reading: Reading) -> list[str]:
    return sorted(uids, key=reading.turns.name)
