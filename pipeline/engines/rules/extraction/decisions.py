"""Decisions: what was settled, for now, put off or turned down, and by whom."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import told
from pipeline.language import cues
from pipeline.language.cues_strength import tells_something
from pipeline.language.dates import find_dates
from pipeline.language.numbers import find_numbers
from pipeline.language.script import Piece, size_in_words
from pipeline.models.draft import DraftDecision
from pipeline.models.item import DecisionState

_BEFORE = 4
"""Turns before a yes or a no in which what it answers is looked for."""
_AKIN = 0.2
"""Share of content words from which two verdicts are about the same thing."""
_ECHO = 2
"""Characters or words up to which a turn only says yes."""
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


def read_decisions(dialogue: Dialogue) -> tuple[DraftDecision, ...]:
    """Every decision of the call, in order."""
    return tuple(
        DraftDecision(
            ref=f"d{number}",
            text=_text(verdict),
            state=verdict.state,
            by=verdict.by.speaker,
            citations=tuple(turn.citation() for turn in verdict.turns),
        )
        for number, verdict in enumerate(verdicts(dialogue), 1)
    )


def verdicts(dialogue: Dialogue) -> list[Verdict]:
    """The same before they are written down."""
    found = [verdict for turn in dialogue.open_turns() if (verdict := _verdict(turn, dialogue))]
    return _merged(found, dialogue)


def _verdict(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    readers: tuple[Callable[[Turn, Dialogue], Verdict | None], ...] = (
        (_we_assent, _we_park, _we_conclude)
        if turn.ours
        else (_rejected, _put_off, _for_now, _confirmed, _settled, _backed)
    )
    found = (read(turn, dialogue) for read in readers)
    return next((verdict for verdict in found if verdict), None)


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
    if not turn.has("answer.yes") or turn.has("answer.evasive") or turn.question:
        return None
    for earlier in dialogue.before(turn, 2):
        dated = earlier.question and _names_a_day(earlier)
        asked = (
            dated and not earlier.has("action.assign") and cues.at_start("answer.yes", turn.plain)
        )
        if earlier.ours and (earlier.has("decision.seek") or asked):
            return Verdict((earlier, turn), "agreed", turn)
    return None


def _names_a_day(turn: Turn) -> bool:
    """Whether a turn names a day to come, not only today."""
    whens = [date.when for date in find_dates(turn.plain)]
    return any(
        when.kind != "daypart" and not (when.kind == "day" and when.shift == 0) for when in whens
    )


def _settled(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    if turn.question or not turn.has("decision.settled"):
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
    against = [one for one in dialogue.before(turn, 2) if one.speaker == other.speaker]
    numbers = bool(find_numbers(turn.plain)) and any(find_numbers(one.plain) for one in against)
    yielded = bool(against) and other.has("decision.yielded") and bool(find_numbers(turn.plain))
    return not other.ours and (numbers or yielded)


def _we_assent(turn: Turn, dialogue: Dialogue) -> Verdict | None:
    """Our explicit "agreed" to a condition or a correction of the client."""
    agreed = cues.at_start("decision.settled", turn.plain)
    for earlier in dialogue.before(turn):
        told_us = not earlier.ours and not earlier.question
        corrected = earlier.has("turn.correct") and cues.at_start("answer.yes", turn.plain)
        if told_us and (
            (agreed and earlier.has("ask.require")) or (corrected and turn.has("turn.correct"))
        ):
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
    for_now = turn.has("decision.tentative") and bool(find_dates(turn.plain))
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


def _merged(some: Sequence[Verdict], dialogue: Dialogue) -> list[Verdict]:
    """Verdicts close together on the same thing are one; the last word counts."""
    kept: list[Verdict] = []
    for verdict in some:
        if kept and _same(kept[-1], verdict, dialogue):
            before = kept.pop()
            turns = {turn.index: turn for turn in (*before.turns, *verdict.turns)}
            together = tuple(turns[index] for index in sorted(turns))
            verdict = Verdict(together, verdict.state, verdict.by)
        kept.append(verdict)
    return kept


def _same(one: Verdict, other: Verdict, dialogue: Dialogue) -> bool:
    gap = other.turns[0].index - one.turns[-1].index
    if other.by.has("turn.correct") and other.by not in one.turns:
        return False
    return gap <= 0 or (gap <= _BEFORE and dialogue.akin(one.terms, other.terms) >= _AKIN)


def _text(verdict: Verdict) -> str:
    """The words of the turn that settles, or of the last one that says what.

    A no is told together with what it answers.
    """
    if verdict.state == "rejected":
        first = verdict.turns[0]
        return " — ".join((told(first, first.clauses), verdict.by.text.strip(" 。.，,")))
    for turn in (verdict.by, *reversed(verdict.turns)):
        pieces = [piece for piece in turn.clauses if _says(piece)]
        if sum(sum(size_in_words(piece.text)) for piece in pieces) > _ECHO:
            return told(turn, pieces)
    return told(verdict.turns[0], verdict.turns[0].clauses)


def _says(piece: Piece) -> bool:
    """Whether a clause says what is settled, not only that it is, or asks for it."""
    said = tells_something(piece.text, besides=("decision.settled", "decision.seek"))
    return said and not cues.has("internal.bye", piece.text)
