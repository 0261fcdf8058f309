"""Which of the turns that an ask cites are about it, and about no other ask more."""

from collections.abc import Mapping, Sequence

from pipeline.engines.rules.playbook.loader import cue_list, cues
from pipeline.engines.rules.specification.talk import Turn
from pipeline.engines.rules.specification.vocabulary import content_words
from pipeline.models.minutes import Ask, Minutes

_ANOTHER_WISH = 2
"""Words that a turn with a wish of its own must share with an ask to be about it."""
_FAR_MORE = 3
"""Words more that another ask must share with a turn which it does not cite."""
_GAP = 3
"""Turns from one turn about the ask to the next, where nobody speaks of anything else."""
_BEFORE = 4
"""Turns before the wish itself that may tell its background."""


def about(ask: Ask, others: Sequence[Ask], own: set[int], turns: Sequence[Turn]) -> set[int]:
    """The cited turns that the ask keeps: its wish, and what shares or goes on with its matter."""
    reader = _Reader(ask, others, own, turns)
    kept: set[int] = set(reader.main)
    for at in sorted(own):
        if at not in kept and reader.keeps(at, kept):
            kept.add(at)
    return kept


def decided(
    ask: Ask, others: Sequence[Ask], minutes: Minutes, own: set[int], places: Mapping[str, int]
) -> set[int]:
    """Turns of the decisions about the ask: in its own talk, or in its words."""
    subject, found = _subject(ask), set[int]()
    for decision in minutes.decisions:
        segments = [one for evidence in decision.evidence for one in evidence.segments]
        at = {places[one] for one in segments if one in places}
        words = content_words(decision.text)
        mine = len(words & subject)
        if any(len(words & _subject(one)) > mine for one in others):
            continue
        if mine >= _ANOTHER_WISH or at & own:
            found |= at
    return found


class _Reader:
    """Judges one cited turn after the other."""

    def __init__(
        self, ask: Ask, others: Sequence[Ask], own: set[int], turns: Sequence[Turn]
    ) -> None:
        self.turns = turns
        self.own = own
        self.subject = _subject(ask)
        self.others = [
            (_subject(one), one.raw_quote, {s for e in one.evidence for s in e.segments})
            for one in others
        ]
        self.main = {at for at in own if _holds(turns[at], ask.raw_quote)} or set(sorted(own)[:1])

    def keeps(self, at: int, kept: set[int]) -> bool:
        """Whether a turn is about the ask; `kept` holds what is, up to here."""
        turn = self.turns[at]
        aside = cues("say.aside").search(turn.text) is not None and not self._shares(turn)
        if aside or self._elsewhere(turn):
            return False
        if turn.side == "us":
            return self._shares(turn) > 0 or bool({at - 1, at + 1, at - 2} & (kept | self.main))
        wish = cues("say.wish").search(turn.text) is not None
        if self._shares(turn) >= (_ANOTHER_WISH if wish else 1):
            return True
        if cues("talk.back").search(turn.text) or self._answers(at, kept):
            return True
        if wish:
            return False
        if at < min(self.main):
            near = min(self.main) - at <= _BEFORE and not self._follows_us(at)
            return near and not cues("say.own_rule").search(turn.text)
        return self._goes_on(at, kept)

    def _shares(self, turn: Turn) -> int:
        return len(content_words(turn.text) & self.subject)

    def _elsewhere(self, turn: Turn) -> bool:
        """Whether it is another ask's wish, or shares more with another ask."""
        mine, words = self._shares(turn), content_words(turn.text)
        return any(
            _holds(turn, quote)
            or len(words & subject) > (max(mine, 1) if turn.segment in cited else mine + _FAR_MORE)
            for subject, quote, cited in self.others
        )

    def _follows_us(self, at: int) -> bool:
        return at > 0 and self.turns[at - 1].side == "us"

    def _answers(self, at: int, kept: set[int]) -> bool:
        """Whether it replies to words of ours that are about the ask."""
        if not self._follows_us(at):
            return False
        before = at - 1
        while before > 0 and self.turns[before].side == "us":
            if self._shares(self.turns[before]):
                return True
            before -= 1
        return before in kept

    def _goes_on(self, at: int, kept: set[int]) -> bool:
        """Whether it follows a kept turn and opens nothing of its own."""
        before = max((one for one in kept if one < at), default=None)
        turn = self.turns[at]
        if before is None or at - before > _GAP or cues("talk.shift").search(turn.text):
            return False
        if any(one in self.own and one not in kept for one in range(before + 1, at)):
            return False
        if not cues("say.own_rule").search(turn.text):
            return True
        goes_on = any(cues(one).search(turn.text) for one in ("say.anaphor", "talk.reject"))
        near = content_words(self.turns[before].text)
        return goes_on or bool(content_words(turn.text) & near)


def _subject(ask: Ask) -> frozenset[str]:
    return content_words(f"{ask.text} {ask.raw_quote}").difference(cue_list("words.weak"))


def _holds(turn: Turn, quote: str) -> bool:
    plain = quote.strip(" 。.！!？?")
    return bool(plain) and (plain in turn.text or turn.text.strip(" 。.！!？?") in plain)
