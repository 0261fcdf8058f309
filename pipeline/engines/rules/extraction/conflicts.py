"""Conflicts: two of the client's people who say what cannot both hold."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.engines.rules.extraction.decisions import verdicts
from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import telling, told
from pipeline.language import cues
from pipeline.language.numbers import find_numbers
from pipeline.language.script import has_cjk
from pipeline.language.units import amount, dimension
from pipeline.models.draft import DraftConflict, DraftPosition

_REACH = 2
"""Turns before a contradiction in which the statement it denies is looked for."""
_SETTLED = 4
"""Turns after a contradiction in which a number may be agreed on after all."""
_SHORT = 10
_LONG = 25
"""Words up to which a turn tells one number, and up to which it may be about one number."""


class Clash(NamedTuple):
    """A statement and the one that denies it."""

    said: Turn
    denied: Turn


def read_conflicts(dialogue: Dialogue) -> tuple[DraftConflict, ...]:
    """Every clash among the client's people, in order; internal."""
    return tuple(
        DraftConflict(
            ref=f"c{number}",
            text=f"{_told(clash.said)} / {_told(clash.denied)}",
            kind="client-client",
            a=DraftPosition(text=_told(clash.said), citations=(clash.said.citation(),)),
            b=DraftPosition(text=_told(clash.denied), citations=(clash.denied.citation(),)),
            citations=(clash.said.citation(), clash.denied.citation()),
        )
        for number, clash in enumerate(_clashes(dialogue), 1)
    )


def _clashes(dialogue: Dialogue) -> Iterator[Clash]:
    last = -1
    agreed = [one for one in verdicts(dialogue) if one.state == "agreed" and _amounts(one.by)]
    settled = {one.by.index for one in agreed}
    for turn in dialogue.open_turns():
        if turn.index <= last:
            continue
        said = _denied_by(turn, dialogue)
        soon = settled.intersection(range(turn.index, turn.index + _SETTLED + 1))
        cue = said is not None and not soon and not _gives_in(said, turn, dialogue)
        said = said or _opposed(turn, dialogue)
        if said and dialogue.takes("conflict", turn, cue=cue):
            last = turn.index + _REACH
            yield Clash(said, turn)


def _denied_by(turn: Turn, dialogue: Dialogue) -> Turn | None:
    """What another of the client's people said right before, and this turn denies."""
    if turn.ours:
        return None
    for earlier in dialogue.before(turn, _REACH):
        if earlier.ours:
            return None
        if earlier.speaker != turn.speaker and _denies(turn, earlier, dialogue):
            return earlier
    return None


def _opposed(turn: Turn, dialogue: Dialogue) -> Turn | None:
    """The turn of another of the client's people right before that sounds most like a dispute."""
    before = dialogue.before(turn, _REACH + 1)
    others = [one for one in before if not one.ours and one.speaker != turn.speaker]
    if turn.ours or not others:
        return None
    return max(others, key=lambda one: dialogue.senses("conflict", one))


def _denies(turn: Turn, earlier: Turn, dialogue: Dialogue) -> bool:
    if turn.has("conflict.strong"):
        return True
    mine, theirs = _amounts(turn), _amounts(earlier)
    if not mine - theirs or not theirs or turn.opens:
        return False
    if turn.has("conflict.contradict"):
        return True
    if (
        turn.question
        or cues.at_start("turn.more", turn.plain)
        or _corrects(turn, earlier, dialogue)
    ):
        return False
    kinds, values = {kind for kind, _ in mine}, {value for _, value in mine}
    alike = None in kinds or kinds & {kind for kind, _ in theirs}
    again = values & {value for _, value in theirs}
    said_again = again and earlier.size <= _SHORT and len(values) > 1
    instead = not again and turn.size <= _LONG and earlier.size <= _LONG
    near = dialogue.akin(turn.terms, earlier.terms) > 0 or turn.size <= _SHORT
    clash = alike and near and (said_again or instead)
    return bool(clash) and not turn.has("answer.yes") and not turn.has("action.promise")


def _corrects(turn: Turn, earlier: Turn, dialogue: Dialogue) -> bool:
    """Whether somebody corrects their own number, which the other had only said after them."""
    own = (one for one in dialogue.before(earlier) if one.speaker == turn.speaker)
    return any(_amounts(earlier) <= _amounts(one) for one in own)


def _amounts(turn: Turn) -> set[tuple[str | None, Decimal]]:
    numbers = find_numbers(turn.plain)
    return {
        (dimension(one.unit), amount(one.value, one.unit)) for one in numbers if not one.ordinal
    }


def _gives_in(said: Turn, turn: Turn, dialogue: Dialogue) -> bool:
    """Whether it is taken back at once."""
    after = dialogue.after(turn, _REACH)
    return any(one.speaker == said.speaker and one.has("ask.withdraw") for one in after)


def _told(turn: Turn) -> str:
    words = told(turn, telling(turn, turn.clauses))
    mark = "：" if has_cjk(turn.plain) else ": "
    return f"{turn.speaker}{mark}{words}" if turn.speaker else words
