"""Threads: an ask while it is read, and the far turns that come back to it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wants import Want
from pipeline.language import cues
from pipeline.language.cues_content import terms

AKIN = 0.12
"""Share of content words from which a turn goes on about the same thing."""
_PAUSE = re.compile("[,，.。;；:：]")
_POINTED = 8
"""Characters after "that one from before" that name what is meant."""
_AFTER = 4
"""Turns after a return in which more may be said about the same thing."""


@dataclass
class Thread:
    """The turn that asks, and the turns that say more about it."""

    anchor: Turn
    want: Want
    turns: dict[int, Turn] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    """Content words of all its turns."""
    twin: "Thread | None" = None
    """The earlier ask that this one repeats, where the talk says so."""

    def name(self, turn: Turn, want: Want) -> None:
        """This turn asks outright for what was only hinted at before."""
        self.anchor, self.want = turn, want
        self.add(turn)

    def add(self, *turns: Turn) -> None:
        """These turns say more about it."""
        self.turns.update((turn.index, turn) for turn in turns)
        self.words = self.words.union(*(turn.terms for turn in turns))

    @property
    def last(self) -> int:
        """Index of the last turn on it."""
        return max(self.turns, default=self.anchor.index)


def words_of(turns: Iterable[Turn]) -> frozenset[str]:
    """Content words of some turns."""
    return frozenset[str]().union(*(turn.terms for turn in turns))


def nearest(turn: Turn, asks: Mapping[str, frozenset[str]], dialogue: Dialogue) -> str | None:
    """Which of some asks, given by their words, a turn comes back to; the first of equals."""
    for said in (pointed_at(turn), turn.terms):
        akin = {ref: dialogue.akin(said, words) for ref, words in asks.items()}
        best = max(akin, key=lambda ref: akin[ref], default=None)
        if best is not None and akin[best] > AKIN:
            return best
    return None


def pointed_at(turn: Turn) -> frozenset[str]:
    """Content words of what a turn points back to."""
    for sentence in turn.sentences:
        match = cues.find("turn.refer_back", sentence.text)
        if match:
            rest = _PAUSE.split(sentence.text[match.end() :], maxsplit=1)[0]
            return terms(match[0]) or terms(rest[:_POINTED])
    return frozenset()


def follow_ups(turn: Turn, taken: Iterable[int], dialogue: Dialogue) -> Sequence[Turn]:
    """The client's turns right after a return that still belong to it."""
    found: list[Turn] = []
    others = set(taken)
    for later in dialogue.after(turn, _AFTER):
        if later.index in others or later.opens or later.refers_back:
            break
        if not later.ours and dialogue.tells(later) and dialogue.answers_us(later):
            found.append(later)
    return found
