"""Asks: what the client wants, each with the stretch of talk it was made in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wants import DIRECT, REQUIRED, Want, want_of

_REACH = 12
"""Turns after the last word on an ask in which another may still belong to it."""
_AKIN = 0.12
"""Share of content words from which a turn goes on about the same thing."""
_LEAD = 6
"""Turns before an ask that may lead up to it."""
_MOST_TURNS = 15
"""Turns an ask may cite."""


@dataclass
class Thread:
    """An ask while it is read: the turn that asks, and the turns that say more about it."""

    anchor: Turn
    want: Want
    turns: dict[int, Turn] = field(default_factory=dict)

    def add(self, *turns: Turn) -> None:
        """These turns say more about it."""
        self.turns.update((turn.index, turn) for turn in turns)

    @property
    def last(self) -> int:
        """Index of the last turn on it."""
        return max(self.turns, default=self.anchor.index)

    @property
    def words(self) -> frozenset[str]:
        """Content words of all its turns."""
        return frozenset[str]().union(*(turn.terms for turn in self.turns.values()))


class AskReader:
    """Reads a call turn by turn and keeps the asks it meets."""

    def __init__(self, dialogue: Dialogue) -> None:
        """Begin before the first turn."""
        self.dialogue = dialogue
        self.threads: list[Thread] = []
        self._current: Thread | None = None
        self._opened = 0
        self._away = False

    def read(self) -> Sequence[Thread]:
        """Every ask of the call, in order."""
        for turn in self.dialogue.open_turns():
            self._hear(turn)
        return self.threads

    def _hear(self, turn: Turn) -> None:
        if self._opens(turn):
            self._current, self._opened, self._away = None, turn.index, False
        if turn.ours:
            return
        if self._returns(turn):
            self._current, self._away = None, True
            return
        want = want_of(turn)
        if want and self._is_new(turn, want):
            self._begin(turn, want)
        elif self._current and self._belongs(turn):
            self._current.add(turn)

    def _opens(self, turn: Turn) -> bool:
        """Whether a new subject begins here, rather than more on the one at hand."""
        if not turn.opens or (turn.names_topic and self.dialogue.answers_us(turn)):
            return False
        going = self._current
        if going is None or not turn.has("turn.adds") or turn.speaker != going.anchor.speaker:
            return True
        return self.dialogue.akin(turn.terms, going.words) < _AKIN

    def _begin(self, turn: Turn, want: Want) -> None:
        thread = Thread(turn, want)
        before = self.dialogue.turns[max(self._opened, turn.index - _LEAD) : turn.index]
        taken = {index for one in self.threads for index in one.turns}
        lead = [one for one in before if not one.ours and one.index not in taken]
        thread.add(*(one for one in lead if self._tells(one)), turn)
        self.threads.append(thread)
        self._current, self._away, self._opened = thread, False, turn.index

    def _is_new(self, turn: Turn, want: Want) -> bool:
        if self._away and want.grade < DIRECT:
            return False
        if self._current is None:
            return want.grade >= REQUIRED or turn.opens
        if want.grade < REQUIRED or self.dialogue.answers_us(turn) or turn.has("turn.goes_on"):
            return False
        near = self._current.words.union(*(one.terms for one in self.dialogue.before(turn, 2)))
        return self.dialogue.akin(turn.terms, near) < _AKIN

    def _returns(self, turn: Turn) -> bool:
        return turn.refers_back and far_thread(turn, self.threads, self.dialogue) is not None

    def _belongs(self, turn: Turn) -> bool:
        assert self._current
        return turn.index - self._current.last <= _REACH and self._tells(turn)

    def _tells(self, turn: Turn) -> bool:
        """Whether a turn says something, more than yes, no or hello."""
        return not self.dialogue.nods(turn) and bool(turn.terms) and not turn.has("turn.joke")


def far_thread(turn: Turn, threads: Sequence[Thread], dialogue: Dialogue) -> Thread | None:
    """The earlier ask that a turn points back to."""
    best, most = None, _AKIN
    for thread in threads:
        akin = dialogue.akin(turn.terms, thread.words)
        if akin > most:
            best, most = thread, akin
    return best
