"""Fate: what became of an ask later in the call: withdrawn, there already, the same as another."""

from collections.abc import Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.far import turns_of
from pipeline.engines.rules.extraction.phrasing import changed, with_changes
from pipeline.engines.rules.extraction.threads import AKIN, words_of
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.cues_strength import subject
from pipeline.models.draft import Draft, DraftAsk
from pipeline.models.evidence import Citation

_SAME = 0.35
"""Share of content words from which two asks are one."""
_AFTER = 6
"""Turns after the last word on an ask in which it may still be dropped."""
_ANSWERED = 4
"""Turns after an ask in which we say that the product has it."""
_REPLY = 2
"""Turns after an ask in which somebody says that it was made before."""
_NEAR = 3
"""Turns before a plain "forget it" that say what it means."""


class FateReader:
    """Reads on after each ask. Everything about the draft is looked up once."""

    def __init__(self, draft: Draft, dialogue: Dialogue) -> None:
        """Note which ask each turn belongs to, and which turns turn a proposal of ours down."""
        self.dialogue = dialogue
        self._turns = {ask.ref: turns_of(ask, dialogue) for ask in draft.asks}
        self._words = {ref: words_of(turns) for ref, turns in self._turns.items()}
        self._owners: dict[int, set[str]] = {}
        for ref, turns in self._turns.items():
            for turn in turns:
                self._owners.setdefault(turn.index, set()).add(ref)
        rejected = (one for one in draft.decisions if one.state == "rejected")
        self._rejected = {turn.index for one in rejected for turn in turns_of(one, dialogue)}

    def read(self, ask: DraftAsk, before: Sequence[DraftAsk]) -> DraftAsk:
        """The ask with the status it ended in and its text after all corrections."""
        turns = self._turns[ask.ref]
        if not turns or ask.status != "live":
            return ask
        known = self._known(ask, before)
        if known:
            return ask.with_(status="duplicate", duplicate_of=known)
        dropped, there = self._dropped(ask), self._there_already(ask)
        if there and not (dropped and self._rather_dropped(dropped, there[0])):
            return ask.with_(status="already_supported", citations=_with(ask, *there))
        if dropped:
            return ask.with_(status="withdrawn", priority="wont", citations=_with(ask, dropped))
        twin = self._twin(ask, before)
        if twin:
            return ask.with_(status="duplicate", duplicate_of=twin)
        return ask.with_(text=with_changes(ask.text, self._changes(ask, turns)))

    def _stretch(self, ask: DraftAsk, most: int) -> list[Turn]:
        """Turns from an ask's first to a little after its last, until another ask begins."""
        turns = self._turns[ask.ref]
        found: list[Turn] = []
        for turn in self.dialogue.turns[turns[0].index : turns[-1].index + 1 + most]:
            elsewhere = self._owners.get(turn.index, {ask.ref}) - {ask.ref}
            if elsewhere and turn.index > turns[-1].index:
                break
            if not elsewhere:
                found.append(turn)
        return found

    def _dropped(self, ask: DraftAsk) -> Turn | None:
        """The turn that takes an ask back: it names the ask, or names nothing right after it.

        Where neither holds, nothing is withdrawn: an ask that is shown once too often can be
        dismissed, one that is dropped by mistake is lost.
        """
        for turn in self._stretch(ask, _AFTER):
            if turn.ours or turn.index <= self._asked(ask).index:
                continue
            said = _takes_back(turn) and turn.index not in self._rejected
            cue = said and self._means(turn, ask)
            if self.dialogue.takes("withdrawn", turn, cue=cue) and (cue or self._latest(turn, ask)):
                return turn
        return None

    def _rather_dropped(self, dropped: Turn, there: Turn) -> bool:
        """Whether an ask sounds taken back rather than there already."""
        return self.dialogue.senses("withdrawn", dropped) > self.dialogue.senses("supported", there)

    def _latest(self, turn: Turn, ask: DraftAsk) -> bool:
        """Whether no other ask was spoken of between this one and a turn."""
        last = max(one.index for one in self._turns[ask.ref] if one.index <= turn.index)
        between = self.dialogue.turns[last + 1 : turn.index]
        elsewhere = (self._owners.get(one.index, {ask.ref}) - {ask.ref} for one in between)
        return not any(elsewhere) and not any(one.opens or one.refers_back for one in between)

    def _asked(self, ask: DraftAsk) -> Turn:
        """The turn that asks."""
        turns = self._turns[ask.ref]
        asking = (turn for turn in turns if ask.raw_quote and ask.raw_quote in turn.text)
        return next(asking, turns[0])

    def _means(self, turn: Turn, ask: DraftAsk) -> bool:
        clauses = (one.text for one in turn.clauses if cues.has("ask.withdraw", one.text))
        named = subject(" ".join(clauses), besides=("ask.withdraw", "decision.deferred"))
        near = self.dialogue.back(turn, _NEAR) or self.dialogue.before(turn, _NEAR)
        soon = any(0 <= turn.index - one.index <= _AFTER for one in self._turns[ask.ref])
        words = self._words[ask.ref] if soon else self._asked(ask).terms
        if self.dialogue.akin(named, words) > 0:
            return True
        return not named and self._at_hand(near, ask)

    def _at_hand(self, near: Sequence[Turn], ask: DraftAsk) -> bool:
        """Whether the turns right before are about an ask: the nearest one with a subject tells."""
        own = {turn.index for turn in self._turns[ask.ref]}
        for turn in near:
            akin = self.dialogue.akin(turn.terms, self._asked(ask).terms)
            if turn.index in own or akin >= AKIN:
                return True
            if turn.question and not turn.ours:
                return False
        return False

    def _there_already(self, ask: DraftAsk) -> tuple[Turn, ...]:
        """Our word that the product has it and the client's "oh good", if both were said."""
        near = self._stretch(ask, _ANSWERED)
        for at, turn in enumerate(near):
            if not turn.ours or turn.question:
                continue
            after = [one for one in near[at + 1 : at + 3] if not one.ours]
            glad = [one for one in after if one.has("ask.relieved")]
            if any(one.has("ask.unhappy") for one in after):
                continue
            cue = turn.has("ask.supported") and bool(glad)
            if self.dialogue.takes("supported", turn, cue=cue):
                return (turn, *(glad or after)[:1])
        return ()

    def _known(self, ask: DraftAsk, before: Sequence[DraftAsk]) -> str | None:
        """The earlier ask that a reply says was just made again."""
        replies = self.dialogue.after(self._asked(ask), _REPLY)
        if not any(one.has("turn.known") for one in replies):
            return None
        words = self._asked(ask).terms.union(*(one.terms for one in replies))
        akin = {one.ref: self.dialogue.akin(words, self._words[one.ref]) for one in before}
        best = max(akin, key=lambda ref: akin[ref], default=None)
        return best if best is not None and akin[best] >= AKIN else None

    def _twin(self, ask: DraftAsk, before: Sequence[DraftAsk]) -> str | None:
        """The earlier ask that wants the same."""
        turns = self._turns[ask.ref]
        nearby = [one for turn in turns for one in (turn, *self.dialogue.after(turn))]
        same = any(one.has("turn.same") for one in nearby)
        back = any(turn.refers_back for turn in turns)
        needed = _SAME / 2 if same and back else 2 * _SAME
        for other in before:
            if self.dialogue.akin(self._words[ask.ref], self._words[other.ref]) >= needed:
                return other.ref
        return None

    def _changes(self, ask: DraftAsk, turns: Sequence[Turn]) -> list[tuple[str, bool]]:
        """What the client changed or added later, in their words, and whether it was corrected.

        A number that was only heard nearby may belong to another matter: the turn must point back
        or share a word with the ask.
        """
        anchor = self._asked(ask)
        found: list[tuple[str, bool]] = []
        for turn in turns:
            about = turn.refers_back or self.dialogue.akin(turn.terms, anchor.terms) > 0
            if turn.index > anchor.index and not turn.ours and about:
                pieces = [piece for piece in turn.clauses if cues.has("turn.change", piece.text)]
                found += [changed(turn, piece) for piece in pieces[:1]]
        return found


def with_fates(draft: Draft, dialogue: Dialogue) -> Draft:
    """The draft, each ask with what became of it."""
    reader = FateReader(draft, dialogue)
    asks: list[DraftAsk] = []
    for ask in draft.asks:
        asks.append(reader.read(ask, asks))
    return draft.with_(asks=tuple(asks))


def _takes_back(turn: Turn) -> bool:
    """Whether a turn drops something; what was dropped long ago was never asked for."""
    return turn.has("ask.withdraw") and not turn.has("turn.past")


def _with(ask: DraftAsk, *turns: Turn) -> tuple[Citation, ...]:
    cited = {segment for citation in ask.citations for segment in citation.segments}
    return (*ask.citations, *(turn.citation() for turn in turns if turn.id not in cited))
