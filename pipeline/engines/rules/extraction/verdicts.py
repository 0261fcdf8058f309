"""Verdicts: turns that settle something, read one by one with what they answer."""

from collections.abc import Callable
from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.firmness import firmness
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.dates import find_dates
from pipeline.language.numbers import find_numbers
from pipeline.models.item import DecisionState

_BEFORE = 4
"""Turns before a yes or a no in which what it answers is looked for."""
_AKIN = 0.2
"""Share of content words from which a turn is about what another said."""
_FEW = 2
"""Content words below which a yes needs the words of what it answers."""


class Verdict(NamedTuple):
    """A decision as it was read: the turns it rests on, and the one of the client that settles."""

    turns: tuple[Turn, ...]
    state: DecisionState
    by: Turn

    @property
    def terms(self) -> frozenset[str]:
        """Content words of its turns."""
        return frozenset[str]().union(*(turn.terms for turn in self.turns))


def verdict_of(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """What a turn settles together with what it answers; None when it settles nothing."""
    readers: tuple[Callable[[Turn, Dialogue], Verdict | None], ...] = (
        (_we_assent, _we_park, _we_conclude)
        if turn.ours
        else (_rejected, _put_off, _for_now, _confirmed, _settled, _backed)
    )
    found = (read(turn, dialogue) for read in readers)
    verdict = next((verdict for verdict in found if verdict), None)
    if verdict is None:
        return None
    state = firmness(verdict.turns, verdict.by, dialogue, said=verdict.state)
    return verdict._replace(state=state)


def sounding(turn: Turn, dialogue: Dialogue) -> Verdict:
    """What a turn settles that sounds like it, with the turns before it that lead there."""
    lead: list[Turn] = []
    for earlier in dialogue.before(turn, _BEFORE):
        settles = dialogue.senses("decision", earlier) > 0
        if settles or dialogue.senses("decision_more", earlier) < 0:
            break
        lead.insert(0, earlier)
    turns = (*(lead or _answered(turn, dialogue)), turn)
    return Verdict(turns, firmness(turns, turn, dialogue, said=None), turn)


def _rejected(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """The client's no to a proposal of ours."""
    plain = turn.has("decision.rejected")
    if not plain and not any(cues.at_start("answer.no", one.text) for one in turn.sentences):
        return None
    for earlier in dialogue.back(turn, _BEFORE if plain else 1):
        proposed = earlier.has("turn.proposal") or (plain and earlier.has("turn.listed"))
        near = turn.index - earlier.index <= 1 or dialogue.akin(turn.terms, earlier.terms) > 0
        there = earlier.has("ask.supported") and turn.has("ask.relieved")
        priced = any(one.question and not one.ours for one in dialogue.before(turn, 2))
        if earlier.ours and proposed and not earlier.question and not there and (near or priced):
            return Verdict((earlier, turn), "rejected", turn)
    return None


def _put_off(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.question or not turn.has("decision.deferred"):
        return None
    priced = any(one.has("scope.out") for one in dialogue.before(turn, 2))
    if turn.has("ask.withdraw") and not (priced and turn.has("decision.later")):
        return None
    return Verdict((*_answered(turn, dialogue), turn), "deferred", turn)


def _for_now(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.question or not turn.has("decision.tentative"):
        return None
    backed = _assent_after(turn, dialogue) if turn.has("decision.opinion") else None
    if backed:
        return Verdict((turn, backed), "agreed", turn)
    return Verdict((turn,), "tentative", turn)


def _confirmed(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """The client's yes to our question whether it is settled, or to a date read back."""
    refuses = turn.has("answer.evasive") or cues.at_start("answer.no", turn.plain)
    if refuses or turn.question:
        return None
    for earlier in dialogue.before(turn, 2):
        sought = earlier.has("decision.seek") and turn.has("answer.yes")
        hello = earlier.has("turn.greeting")
        if earlier.ours and not hello and (sought or _takes_the_day(turn, earlier)):
            return Verdict((earlier, turn), "agreed", turn)
    return None


def _takes_the_day(turn: Turn, asked: Turn) -> bool:
    """Whether a turn says yes to the day that a question names, or says the day again."""
    if not asked.question or asked.has("action.assign") or not _names_a_day(asked):
        return False
    same = _days(turn) & _days(asked)
    return bool(same) or cues.at_start("answer.yes", turn.plain) > 0


def _names_a_day(turn: Turn) -> bool:
    """Whether a turn names a day to come, not only today."""
    whens = [date.when for date in find_dates(turn.plain)]
    return any(
        when.kind != "daypart" and not (when.kind == "day" and when.shift == 0) for when in whens
    )


def _days(turn: Turn) -> set[tuple[int | None, int | None]]:
    """Days of the month and of the week that a turn names."""
    whens = (date.when for date in find_dates(turn.plain))
    return {(when.day, when.weekday) for when in whens} - {(None, None)}


def _settled(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.question or not turn.has("decision.settled") or turn.has("internal.bye"):
        return None
    return Verdict((*_answered(turn, dialogue), turn), "agreed", turn)


def _backed(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """An opinion or a middle way of one of the client's people that another shares."""
    other = _assent_after(turn, dialogue)
    if turn.question or other is None:
        return None
    said = (
        turn.has("decision.opinion")
        or turn.has("turn.correct")
        or _bargained(turn, other, dialogue)
    )
    return Verdict((turn, other), "agreed", turn) if said else None


def _bargained(turn: Turn, other: Turn, dialogue: Dialogue) -> bool:
    """Whether two of the client's people went back and forth over a number before one gave in."""
    against = [one for one in dialogue.before(turn, _BEFORE) if one.speaker == other.speaker]
    numbers = bool(find_numbers(turn.plain)) and any(find_numbers(one.plain) for one in against)
    yielded = bool(against) and other.has("decision.yielded") and bool(find_numbers(turn.plain))
    return not other.ours and (numbers or yielded)


def _we_assent(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """Our explicit "agreed" to a condition or a correction of the client."""
    agreed = cues.at_start("decision.settled", turn.plain)
    for earlier in dialogue.before(turn):
        told_us = not earlier.ours and not earlier.question
        condition = agreed and (earlier.has("ask.require") or _names_a_day(earlier))
        yes = cues.at_start("answer.yes", turn.plain)
        corrected = yes and earlier.has("turn.correct") and turn.has("turn.correct")
        if told_us and (condition or corrected):
            return Verdict((earlier, turn), "agreed", earlier)
    return None


def _we_park(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """Our word that we put it off, after the client said so in other words."""
    for earlier in dialogue.before(turn):
        if not earlier.ours and cues.has("decision.parked", turn.plain):
            return Verdict((earlier, turn), "deferred", earlier)
    return None


def _we_conclude(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """Our conclusion from what the client just said, where nobody objects."""
    for_now = turn.has("decision.tentative") and _names_a_day(turn)
    if turn.question or not (turn.has("decision.concluded") or for_now):
        return None
    objected = any(
        one.has("conflict.contradict") or one.has("answer.no") for one in dialogue.after(turn)
    )
    for earlier in dialogue.before(turn):
        if not earlier.ours and not earlier.question and not objected:
            loose = turn.has("decision.tentative") or turn.has("decision.condition")
            return Verdict((earlier, turn), "tentative" if loose else "agreed", earlier)
    return None


def _assent_after(turn: Turn, dialogue: Dialogue) -> Turn | None:
    for later in dialogue.after(turn, 2):
        if later.speaker != turn.speaker and cues.at_start("decision.assent", later.plain):
            return later
    return None


def _answered(turn: Turn, dialogue: Dialogue) -> tuple[Turn, ...]:
    """What a turn settles, where it says little itself: the turn it answers."""
    for earlier in dialogue.back(turn, _BEFORE):
        akin = dialogue.akin(turn.terms, earlier.terms) >= _AKIN
        if not dialogue.nods(earlier) and (akin or len(turn.terms) <= _FEW):
            return (earlier,)
    return ()
