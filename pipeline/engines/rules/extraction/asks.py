"""Asks: what the client wants, each with the stretch of talk it was made in."""

from collections.abc import Sequence

from pipeline.engines.rules.extraction.breath import (
    answered_as_an_ask,
    hinted_at,
    in_one_breath,
    of_its_own,
    sounding,
)
from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.threads import AKIN, Thread, nearest
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wants import Want, want_of
from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.cues_heard import wishes
from pipeline.language.cues_strength import DIRECT, REQUIRED, SOFT

_AT_ONCE = 2
"""Turns within which "oh, and" adds to what was just said."""
_TELLING = 3
"""Content words that a soft wish must have to open an ask."""
_ALSO = 0.35
"""The same for "I would also like": as much as that is shared by what is asked for twice."""
_AT_HAND = 3
_REACH = 12
"""Turns after the last word on an ask in which another belongs to it, and may belong to it."""
_STEP = 2
"""Turns apart at which plain talk leads on to what is asked."""
_ADDING = 0.25
"""Log odds over the threshold from which a turn may say more about an ask."""
_WHILE = 8
_NEXT = 0.75
"""Turns after an ask in which another has to sound clearer, and by how much, in log odds."""
_SUSPECTED = -2.0
"""Log odds over the threshold from which somebody should look whether a turn asks."""
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
        self._repeated: set[int] = set()

    def read(self) -> Sequence[Thread]:
        """Every ask of the call, in order."""
        for turn in self.dialogue.turns:
            private = turn.ours and turn.index in self.dialogue.private
            if not private and turn.id not in self.dialogue.listed:
                self._hear(turn)
        return self.threads

    def suspected(self) -> Sequence[Turn]:
        """Turns of the client that may ask for something and opened no ask, the likeliest first."""
        asking = {thread.anchor.index for thread in self.threads} | self._repeated
        odds = {
            turn: self.dialogue.senses("ask", turn)
            for turn in self.dialogue.open_turns()
            if not turn.ours and turn.index not in asking and turn.terms
        }
        likely = [turn for turn in odds if odds[turn] > _SUSPECTED]
        return sorted(likely, key=lambda turn: -odds[turn])

    def _hear(self, turn: Turn) -> None:
        if self._opens(turn):
            self._current, self._opened, self._away = None, turn.index, False
        if turn.ours:
            return
        want = want_of(turn) or self._trouble(turn)
        if want and want.grade == SOFT and not self.dialogue.tells_much(turn):
            want = None
        earlier = self._returns_to(turn)
        if earlier and not (want and self._repeats(turn, earlier)):
            self._current, self._away, self._opened = None, True, turn.index + 1
        elif want and self._says_it_again(turn):
            self.threads[-1].add(turn)
            self._taken.add(turn.index)
        elif self._begins(turn, want, again=earlier is not None):
            self._ask(turn, want or sounding(turn), twin=earlier)
        elif want and self._current and self._says_it(turn, want, self._current):
            self._current.name(turn, want)
            self._taken.add(turn.index)
        elif (
            self._current
            and not self._points_elsewhere(turn)
            and self._belongs(turn, self._current)
        ):
            self._current.add(turn)
            self._taken.add(turn.index)
        elif self._away or self._points_elsewhere(turn):
            self._current, self._opened = None, turn.index + 1

    def _begins(self, turn: Turn, want: Want | None, *, again: bool) -> bool:
        """Whether another ask begins here, by what is wished for and by how it sounds."""
        if self._points_elsewhere(turn) or (want and hinted_at(turn, self._current)):
            return False
        cue = want is not None and (again or self._is_new(turn, want))
        cue = cue or answered_as_an_ask(turn, self.dialogue)
        less = _NEXT if self._soon_after_one(turn) and not again else 0.0
        return bool(turn.terms) and self.dialogue.takes("ask", turn, cue=cue, less=less)

    def _soon_after_one(self, turn: Turn) -> bool:
        """Whether an ask was spoken of just before, and no new subject is opened."""
        near = bool(self.threads) and turn.index - self.threads[-1].last <= _WHILE
        return near and not turn.opens

    def _trouble(self, turn: Turn) -> Want | None:
        """A trouble that opens a subject asks for a way out of it."""
        if not turn.opens or turn.question or turn.refers_back:
            return None
        hurting = [piece for piece in turn.clauses if cues.has("ask.pain", piece.text)]
        pieces = hurting if self.dialogue.tells_much(turn) else []
        return Want(SOFT, pieces[0]) if pieces else None

    def _opens(self, turn: Turn) -> bool:
        """Whether a new subject begins here, rather than more on the one at hand."""
        if turn.ours and self._echoes(turn):
            return False
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

    def _echoes(self, turn: Turn) -> bool:
        """Whether its first sentence only says again what the client just said: "OK, CSV"."""
        head = terms(turn.sentences[0].text) if turn.sentences else frozenset[str]()
        before = self.dialogue.before(turn)
        return bool(head) and any(not one.ours and head <= one.terms for one in before)

    def _says_it(self, turn: Turn, want: Want, thread: Thread) -> bool:
        """Whether a turn asks outright for what was only hinted at before."""
        return thread.want.grade == SOFT < want.grade and self._belongs(turn, thread)

    def _says_it_again(self, turn: Turn) -> bool:
        """Whether a turn insists on the last ask without naming it: "I still want it"."""
        if not self.threads or turn.opens or turn.refers_back or turn.terms:
            return False
        near = turn.index - self.threads[-1].last <= _AT_HAND
        return near and turn.has("turn.pronoun")

    def _points_elsewhere(self, turn: Turn) -> bool:
        """Whether a turn asks about something from before the call: it ends what was at hand."""
        if not turn.refers_back or not turn.question or self._current is None:
            return False
        return self.dialogue.akin(turn.terms, self._current.words) < AKIN

    def _ask(self, turn: Turn, want: Want, *, twin: Thread | None) -> None:
        """Another ask, or the last one in other words."""
        last = self.threads[-1] if self.threads else None
        apart = (
            want.grade >= REQUIRED and last is not None and of_its_own(turn, last, self.dialogue)
        )
        if last is None or twin or apart or not in_one_breath(turn, last, self.dialogue):
            self._begin(turn, want, twin=twin)
            return
        if want.grade > last.want.grade:
            last.name(turn, want)
        else:
            last.add(turn)
        self._taken.add(turn.index)
        self._repeated.add(turn.index)
        self._current = last

    def _begin(self, turn: Turn, want: Want, *, twin: Thread | None) -> None:
        thread = Thread(turn, want, twin=twin)
        thread.add(*self._lead(turn), turn)
        self._taken.update(thread.turns)
        self.threads.append(thread)
        self._current, self._away, self._opened = thread, False, turn.index

    def _lead(self, turn: Turn) -> Sequence[Turn]:
        """What the client said on the way to an ask: a trouble, or words about the same thing."""
        before = self.dialogue.turns[max(self._opened, turn.index - _LEAD) : turn.index]
        lead: list[Turn] = []
        words, last = turn.terms, turn.index
        for one in reversed(before):
            if one.ours or one.index in self._taken or not self.dialogue.tells_much(one):
                continue
            if not self._adds(one):
                continue
            if one.has("ask.withdraw") or one.has("decision.deferred"):
                break
            leads = not wishes(one.text) and last - one.index <= _STEP
            if leads or self.dialogue.akin(one.terms, words) > 0:
                last = one.index
                lead.append(one)
                words |= one.terms
        return lead

    def _is_new(self, turn: Turn, want: Want) -> bool:
        if self._away and want.grade < DIRECT and not turn.has("turn.aside"):
            return False
        if self._current is None:
            return want.grade >= REQUIRED or len(turn.terms) >= _TELLING
        goes_on = (
            self._answers(turn, want) or turn.has("turn.goes_on") or self._joins_in(turn, want)
        )
        hinted = (
            self._current.want.grade < REQUIRED and turn.speaker == self._current.anchor.speaker
        )
        if want.grade < REQUIRED or hinted or goes_on:
            return False
        near = self._current.words.union(*(one.terms for one in self.dialogue.before(turn, 2)))
        akin = self.dialogue.akin(turn.terms, near)
        return akin < (_ALSO if want.grade == DIRECT and turn.has("turn.besides") else AKIN)

    def _joins_in(self, turn: Turn, want: Want) -> bool:
        """Whether a rule is added to what a colleague just said."""
        if want.grade >= DIRECT or turn.has("turn.aside"):
            return False
        anchor = self._current.anchor if self._current else None
        return any(
            not one.ours
            and one.speaker != turn.speaker
            and (one is anchor or self._shares(turn, one))
            for one in self.dialogue.before(turn)
        )

    def _shares(self, turn: Turn, before: Turn) -> bool:
        """Whether a turn has a word of the one before it, or of the ask at hand."""
        words = before.terms | (self._current.words if self._current else frozenset())
        return self.dialogue.akin(turn.terms, words) > 0

    def _answers(self, turn: Turn, want: Want) -> bool:
        """Whether a wish answers a question of ours: at once, or in words of the talk about it."""
        outright = turn.question and want.grade == DIRECT
        if outright or not self.dialogue.answers_us(turn):
            return False
        before = self.dialogue.before(turn)
        at_once = all(one.ours for one in before)
        return at_once or (want.grade < DIRECT and any(self._shares(turn, one) for one in before))

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

    def _adds(self, turn: Turn) -> bool:
        """Whether a turn sounds as if it said something about an ask."""
        return self.dialogue.senses("ask_more", turn) > _ADDING

    def _belongs(self, turn: Turn, thread: Thread) -> bool:
        if not self.dialogue.tells(turn) or not self._adds(turn):
            return False
        gap = turn.index - thread.last
        if turn.has("internal.bye") or turn.has("turn.greeting"):
            return False
        if gap <= _REACH and self.dialogue.akin(turn.terms, thread.words) > 0:
            return True
        if turn.has("concern.plain"):
            return False
        replies = turn.has("turn.goes_on") or any(
            cues.at_start(reply, turn.plain) for reply in ("answer.yes", "answer.no")
        )
        follows = gap == 1 or self.dialogue.answers_us(turn) or replies
        return gap <= _AT_HAND and follows
