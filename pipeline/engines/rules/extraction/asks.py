"""Asks: what the client wants, each with the stretch of talk it was made in."""

from collections.abc import Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.threads import AKIN, Thread, nearest
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wants import Want, want_of
from pipeline.language import cues
from pipeline.language.cues_strength import DIRECT, REQUIRED, SOFT

_AT_ONCE = 2
"""Turns within which "oh, and" adds to what was just said."""
_TELLING = 3
"""Content words that a soft wish must have to open an ask."""
_AT_HAND = 3
_REACH = 12
"""Turns after the last word on an ask in which another belongs to it, and may belong to it."""
_LEAD = 6
"""Turns before an ask that may lead up to it."""


class AskReader:
    """Reads a call turn by turn and keeps the asks it meets."""

    def __init__(self, dialogue: Dialogue) -> None:
        """Begin before the first turn."""
        self.dialogue = dialogue
        self.threads: list[Thread] = []
        self._current: Thread | None = None
        self._opened = 0
        self._away = False
        self._taken: set[int] = set()

    def read(self) -> Sequence[Thread]:
        """Every ask of the call, in order."""
        for turn in self.dialogue.turns:
            if not (turn.ours and turn.index in self.dialogue.private):
                self._hear(turn)
        return self.threads

    def _hear(self, turn: Turn) -> None:
        if self._opens(turn):
            self._current, self._opened, self._away = None, turn.index, False
        if turn.ours:
            return
        want = want_of(turn) or self._trouble(turn)
        earlier = self._returns_to(turn)
        if earlier and not (want and self._repeats(turn, earlier)):
            self._current, self._away, self._opened = None, True, turn.index + 1
        elif want and (earlier or self._is_new(turn, want)):
            self._begin(turn, want, twin=earlier)
        elif want and self._current and self._says_it(turn, want, self._current):
            self._current.name(turn, want)
            self._taken.add(turn.index)
        elif self._current and self._belongs(turn, self._current):
            self._current.add(turn)
            self._taken.add(turn.index)
        elif self._away:
            self._opened = turn.index + 1

    def _trouble(self, turn: Turn) -> Want | None:
        """A trouble that opens a subject asks for a way out of it."""
        if not turn.opens or turn.question or turn.refers_back:
            return None
        pieces = [piece for piece in turn.clauses if cues.has("ask.pain", piece.text)]
        return Want(SOFT, pieces[0]) if pieces else None

    def _opens(self, turn: Turn) -> bool:
        """Whether a new subject begins here, rather than more on the one at hand."""
        if not turn.opens or (self.dialogue.answers_us(turn) and not turn.opens_at_once):
            return False
        going = self._current
        adds = cues.at_start("turn.adds", turn.plain) > 0
        if going and turn.speaker == going.anchor.speaker:
            adds = turn.has("turn.adds")
        if going is None or not adds:
            return True
        at_once = turn.index - going.last <= _AT_ONCE
        return not at_once and self.dialogue.akin(turn.terms, going.words) < AKIN

    def _says_it(self, turn: Turn, want: Want, thread: Thread) -> bool:
        """Whether a turn asks outright for what was only hinted at before."""
        return thread.want.grade == SOFT < want.grade and self._belongs(turn, thread)

    def _begin(self, turn: Turn, want: Want, *, twin: Thread | None) -> None:
        thread = Thread(turn, want, twin=twin)
        before = self.dialogue.turns[max(self._opened, turn.index - _LEAD) : turn.index]
        lead = [one for one in before if not one.ours and one.index not in self._taken]
        thread.add(*(one for one in lead if self.dialogue.tells(one)), turn)
        self._taken.update(thread.turns)
        self.threads.append(thread)
        self._current, self._away, self._opened = thread, False, turn.index

    def _is_new(self, turn: Turn, want: Want) -> bool:
        if self._away and want.grade < DIRECT and not turn.has("turn.aside"):
            return False
        if self._current is None:
            return want.grade >= REQUIRED or len(turn.terms) >= _TELLING
        goes_on = (
            self.dialogue.answers_us(turn) or turn.has("turn.goes_on") or self._joins_in(turn, want)
        )
        hinted = (
            self._current.want.grade < REQUIRED and turn.speaker == self._current.anchor.speaker
        )
        if want.grade < REQUIRED or hinted or goes_on:
            return False
        near = self._current.words.union(*(one.terms for one in self.dialogue.before(turn, 2)))
        return self.dialogue.akin(turn.terms, near) < AKIN

    def _joins_in(self, turn: Turn, want: Want) -> bool:
        """Whether a rule is added to what a colleague just said."""
        before = self.dialogue.before(turn)
        colleague = any(not one.ours and one.speaker != turn.speaker for one in before)
        return want.grade < DIRECT and colleague and not turn.has("turn.aside")

    def _returns_to(self, turn: Turn) -> Thread | None:
        """The earlier ask that a turn points back to."""
        if not turn.refers_back:
            return None
        named = self.dialogue.named_in(turn)
        asks = {
            str(number): thread.words
            for number, thread in enumerate(self.threads)
            if not named or thread.anchor.speaker in named
        }
        found = nearest(turn, asks, self.dialogue)
        return None if found is None else self.threads[int(found)]

    def _repeats(self, turn: Turn, earlier: Thread) -> bool:
        """Whether another person asks for the same once more."""
        said_so = turn.has("turn.same") or any(
            one.has("turn.same") for one in self.dialogue.after(turn)
        )
        return turn.speaker != earlier.anchor.speaker and said_so

    def _belongs(self, turn: Turn, thread: Thread) -> bool:
        if not self.dialogue.tells(turn):
            return False
        gap = turn.index - thread.last
        replies = turn.has("answer.yes") or turn.has("answer.no") or turn.has("turn.goes_on")
        follows = gap == 1 or self.dialogue.answers_us(turn) or replies
        if gap <= _AT_HAND and follows:
            return True
        return gap <= _REACH and self.dialogue.akin(turn.terms, thread.words) > 0
