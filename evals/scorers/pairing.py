"""Items that were found beside those that were wanted, kind by kind, and which is which."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evals.datasets.call_file import Gold, GoldAsk, GoldItem
from evals.scorers.matching import Cited, matched
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS, Ask, Conflict, Item, Minutes


class Pairing(NamedTuple):
    """All items of one kind."""

    found: Sequence[Item]
    wanted: Sequence[GoldItem]
    pairs: Mapping[int, int]
    """Place of what was wanted -> place of what was found."""

    def matched(self) -> Iterator[tuple[Item, GoldItem]]:
        """What was found with what was wanted, pair by pair."""
        for at, place in self.pairs.items():
            yield self.found[place], self.wanted[at]


def pairing(kind: Kind, minutes: Minutes, gold: Gold, turns: Mapping[str, int]) -> Pairing | None:
    """The items of a kind; None where the call has no labels of it."""
    wanted = getattr(gold, ARRAYS[kind])
    return None if wanted is None else _paired(getattr(minutes, ARRAYS[kind]), wanted, turns)


def live_asks(minutes: Minutes, gold: Gold, turns: Mapping[str, int]) -> Pairing | None:
    """Live asks that were found beside live asks that were wanted; nothing else."""
    if gold.asks is None:
        return None
    found = [one for one in minutes.asks if one.status == "live"]
    return _paired(found, [one for one in gold.asks if one.status == "live"], turns)


def turns_of(item: Item, turns: Mapping[str, int]) -> frozenset[int]:
    """Every turn that an item rests on."""
    proofs = item.evidence
    if isinstance(item, Conflict):
        proofs = (*proofs, *item.a.evidence, *item.b.evidence)
    return frozenset(turns[one] for proof in proofs for one in proof.segments if one in turns)


def words_of(item: Item | GoldItem) -> str:
    """What an item says, in one text."""
    if isinstance(item, Conflict):
        return f"{item.a.text} / {item.b.text}"
    return str(getattr(item, "text", ""))


def _paired(found: Sequence[Item], wanted: Sequence[GoldItem], turns: Mapping[str, int]) -> Pairing:
    mine = [Cited(words_of(one), turns_of(one, turns)) for one in found]
    theirs = [Cited(words_of(one), frozenset(one.evidence)) for one in wanted]
    return Pairing(found, wanted, matched(mine, theirs))


def asks_of(pairing: Pairing) -> Iterator[tuple[Ask, GoldAsk]]:
    """The pairs of asks."""
    for found, wanted in pairing.matched():
        if isinstance(found, Ask) and isinstance(wanted, GoldAsk):
            yield found, wanted
