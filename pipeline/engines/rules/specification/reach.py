"""Which turns of a call are about one ask: its own, the talk around them, and later returns."""

import re
from collections.abc import Container, Sequence

from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.relevance import about, decided
from pipeline.engines.rules.specification.talk import Talk, Turn
from pipeline.engines.rules.specification.vocabulary import content_words
from pipeline.models.minutes import Ask, Minutes

_MOST_GROWTH = 10
"""Turns that a run of talk may grow beyond the ask's own evidence."""
_NEAR_BACK = 12
"""Characters around a return within which it says what it returns to."""
_MOST_BEFORE = 3
"""Turns of the same speaker before an ask that may tell its pain."""


def gather(ask: Ask, minutes: Minutes, turns: Sequence[Turn], listed: Container[str] = ()) -> Talk:
    """Collect what was said about an ask, wherever in the call it was said.

    Args:
        ask: The ask.
        minutes: Those it is in.
        turns: The call.
        listed: Lines of lists by their id: each is a matter of its own.
    """
    places = {turn.segment: turn.at for turn in turns}
    cited = _places(ask, places)
    others = [other for other in minutes.asks if other.id != ask.id]
    live = [other for other in others if other.status == "live" and other.review != "rejected"]
    own = about(ask, live, cited, turns)
    own |= decided(ask, live, minutes, own, places)
    taken = {at for other in others for at in _places(other, places)} | cited
    taken |= {turn.at for turn in turns if turn.segment in listed}
    found = _Reach(turns, own, taken - own).collect(content_words(f"{ask.text} {ask.raw_quote}"))
    return Talk(tuple(turns[at] for at in sorted(found)), frozenset(own))


def _places(ask: Ask, places: dict[str, int]) -> set[int]:
    return {places[one] for evidence in ask.evidence for one in evidence.segments if one in places}


class _Reach:
    """Grows from an ask's own turns to the talk around them."""

    def __init__(self, turns: Sequence[Turn], own: set[int], taken: set[int]) -> None:
        self.turns = turns
        self.own = own
        self.taken = taken
        self.among_us = _internal(turns)

    def collect(self, subject: frozenset[str]) -> set[int]:
        found = set(self.own)
        for at in sorted(self.own):
            self._before(at, found)
        for at in self._returns(subject):
            found.add(at)
        for at in sorted(found):
            self._onwards(at, found)
        return found - self.among_us

    def _free(self, at: int) -> bool:
        return at not in self.taken and at not in self.among_us

    def _before(self, at: int, found: set[int]) -> None:
        """Our question that a turn answers, or the pain its speaker told just before the ask."""
        here = self.turns[at]
        if at == 0 or here.side == "us":
            return
        if self.turns[at - 1].side == "us":
            if self._free(at - 1) and not _shifts(here):
                found.add(at - 1)
            return
        if at != min(self.own) or _shifts(here):
            return
        for before in range(at - 1, max(at - 1 - _MOST_BEFORE, -1), -1):
            turn = self.turns[before]
            if turn.speaker != here.speaker or not self._free(before) or not self._hurts(turn):
                break
            found.add(before)
            if _shifts(turn):
                break

    def _hurts(self, turn: Turn) -> bool:
        """Whether a turn tells of trouble of its own accord."""
        asked = (
            turn.at > 0 and self.turns[turn.at - 1].side == "us" and self.turns[turn.at - 1].asks
        )
        return not asked and cues("say.pain").search(turn.text) is not None

    def _onwards(self, at: int, found: set[int]) -> None:
        last = self.turns[at]
        for after in range(at + 1, min(at + 1 + _MOST_GROWTH, len(self.turns))):
            turn = self.turns[after]
            if after in found:
                return
            same = turn.side == "us" or last.side == "us" or turn.speaker == last.speaker
            leaves = turn.side != "us" and (_shifts(turn) or _is_aside(turn))
            if not self._free(after) or not same or leaves:
                return
            if last.side == "us" and turn.side == "us":
                return
            found.add(after)
            if turn.side == "us" and not self._leads_on(after):
                return
            last = turn

    def _leads_on(self, at: int) -> bool:
        """Whether the client answers this turn of ours, and still on the same matter."""
        after = at + 1
        if after == len(self.turns) or self.turns[after].side == "us":
            return False
        if not (self._free(after) or after in self.own):
            return False
        here, reply = self.turns[at].text, self.turns[after].text
        if cues("talk.shift_of_ours").search(here):
            return False
        opens = self.turns[at].asks or cues("talk.proposal").search(here) is not None
        agrees = cues("talk.accept").search(reply) is not None
        return opens or agrees or cues("talk.reject").match(reply) is not None

    def _returns(self, subject: frozenset[str]) -> list[int]:
        back = cues("talk.back")
        return [
            turn.at
            for turn in self.turns
            if turn.side != "us"
            and turn.at > min(self.own, default=0)
            and self._free(turn.at)
            and any(_speaks_of(turn.text, at, subject) for at in back.finditer(turn.text))
        ]


def _speaks_of(text: str, back: re.Match[str], subject: frozenset[str]) -> bool:
    """Whether the words around "that one from before" name the ask."""
    near = text[max(back.start() - _NEAR_BACK, 0) : back.end() + _NEAR_BACK].lower()
    return any(word in near for word in subject)


def _shifts(turn: Turn) -> bool:
    return cues("talk.shift").search(turn.text) is not None


def _is_aside(turn: Turn) -> bool:
    """Whether a worry, a farewell or a telephone interrupts the matter."""
    return cues("say.aside").search(turn.text) is not None


def _internal(turns: Sequence[Turn]) -> set[int]:
    """Turns spoken among ourselves: after the client left, or while nobody of theirs was there."""
    found: set[int] = set()
    run: list[int] = []
    for turn in [*turns, None]:
        if turn is not None and turn.side == "us":
            run.append(turn.at)
            continue
        told = any(cues("talk.end").search(turns[at].text) for at in run)
        if len(run) >= 4 or (turn is None and len(run) >= 2) or (told and len(run) >= 2):
            found.update(run)
        run = []
    return found
