"""Far turns: what is said about an ask long after it was made joins its citations."""

from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.threads import follow_ups, nearest, words_of
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.models.draft import Draft, DraftAsk, DraftItem

_MOST_TURNS = 15
"""Turns an ask may cite before far ones are left out."""


class _Made(NamedTuple):
    """An ask before far turns join it."""

    ref: str
    first: int
    """Index of its first turn."""
    words: frozenset[str]


def with_far_turns(draft: Draft, dialogue: Dialogue) -> Draft:
    """The draft, each ask citing the turns that come back to it as well."""
    added: dict[str, list[Turn]] = {}
    cited = [(ask, turns_of(ask, dialogue)) for ask in draft.asks]
    made = [_Made(ask.ref, turns[0].index, words_of(turns)) for ask, turns in cited if turns]
    taken = {turn.index for _, turns in cited for turn in turns}
    for turn in dialogue.open_turns():
        if turn.ours or turn.index in taken or not turn.refers_back:
            continue
        before = {one.ref: one.words for one in made if one.first < turn.index}
        ref = nearest(turn, before, dialogue)
        if ref is not None:
            more = [turn, *follow_ups(turn, taken, dialogue)]
            added.setdefault(ref, []).extend(more)
            taken.update(one.index for one in more)
    asks = tuple(_citing(ask, added.get(ask.ref, []), dialogue) for ask in draft.asks)
    return draft.with_(asks=asks)


def turns_of(item: DraftItem, dialogue: Dialogue) -> tuple[Turn, ...]:
    """The turns an item cites, in order."""
    ids = {segment for citation in item.citations for segment in citation.segments}
    found = [turn for one in ids if (turn := dialogue.at(one))]
    return tuple(sorted(found, key=lambda turn: turn.index))


def _citing(ask: DraftAsk, more: list[Turn], dialogue: Dialogue) -> DraftAsk:
    room = max(0, _MOST_TURNS - len(turns_of(ask, dialogue)))
    if not more or not room:
        return ask
    return ask.with_(citations=(*ask.citations, *(turn.citation() for turn in more[:room])))
