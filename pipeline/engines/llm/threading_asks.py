"""Draft -> draft: every ask with all turns of the call that belong to it, so the last word counts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.engines.llm.asking import Answer, Question
from pipeline.engines.llm.drafting import unanswered, unparsed
from pipeline.engines.llm.pieces import Piece
from pipeline.engines.llm.reading_call import Found, Reading
from pipeline.engines.llm.shown import cited_turns, listed
from pipeline.engines.llm.sites.relations import Threads, WireThread
from pipeline.models.draft import Draft, DraftAsk
from pipeline.models.evidence import Citation

MOST_TURNS = 15
"""Turns that an ask cites at most for its details; what changes it is cited besides."""
TELLING = ("correction", "withdrawal", "disagreement", "detail", "confirmation")
"""Roles of a turn, those that must not be lost first."""
CHANGING = ("correction", "withdrawal", "disagreement")
"""Roles of the turns that are cited however many there are."""


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
    told = _told(_in_call_order(found))
    left_out = [one for one in draft.asks if one.ref not in told]
    again = reading.ask(
        [Part([one], piece) for one in left_out for piece in reading.pieces if told],
        question,
        Part.halves,
    )
    told |= _told(_in_call_order(again))
    changed = [_with(ask, told.get(ask.ref, []), reading) for ask in draft.asks]
    several = [
        one for one in changed if sum(bool(thread.turns) for thread in told.get(one.ref, [])) > 1
    ]
    last = _last_words(several, reading)
    settled = _told(answer for _, answer in last.answers)
    bad = [unparsed(one) for some in (found, again, last) for _, a in some.answers for one in a.bad]
    failed = (*found.failed, *again.failed, *last.failed)
    bad += [unanswered("thread", fault) for _, fault in failed]
    return draft.with_(
        asks=tuple(_settled(one, settled.get(one.ref, [])) for one in changed),
        unparsed=(*draft.unparsed, *bad),
        undone=(*draft.undone, *(("thread",) if failed else ())),
    )


def _in_call_order(found: Found[Part, Threads]) -> Iterable[Answer[Threads]]:
    return (answer for _, answer in sorted(found.answers, key=lambda one: one[0].piece.first))


def _told(answers: Iterable[Answer[Threads]]) -> dict[str, list[WireThread]]:
    """What was said of each ask."""
    told: dict[str, list[WireThread]] = {}
    for answer in answers:
        for one in answer.value.threads:
            told.setdefault(one.ask, []).append(one)
    return told


def _last_words(asks: Sequence[DraftAsk], reading: Reading) -> Found[Sequence[DraftAsk], Threads]:
    """Asks that several pieces spoke of, each seen once more with all its turns side by side.

    A piece knows nothing of the others: the last one would undo what an earlier one corrected.
    """

    def question(group: Sequence[DraftAsk]) -> Question[Threads]:
        cited = {turn for one in group for turn in cited_turns(one)}
        shown = [one for one in reading.segments if one.id in cited]
        more = {"asks": listed(group, reading.turns)}
        return reading.asking("thread", Threads, shown, more=more)

    def halves(group: Sequence[DraftAsk]) -> Sequence[Sequence[DraftAsk]]:
        middle = len(group) // 2
        return [group[:middle], group[middle:]] if middle else []

    few = reading.steps.asks_at_once // 2
    return reading.ask([asks[at : at + few] for at in range(0, len(asks), few)], question, halves)


def _settled(ask: DraftAsk, threads: Sequence[WireThread]) -> DraftAsk:
    """The ask with the text and the state that all its turns together leave."""
    if not threads:
        return ask
    last = threads[-1]
    return ask.with_(text=last.text.strip() or ask.text, status=last.status)


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
    ranked = sorted(added, key=lambda one: one[0])
    changing = sum(TELLING[rank] in CHANGING for rank, _ in ranked)
    chosen = [uid for _, uid in ranked[: max(room, changing)]]
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
