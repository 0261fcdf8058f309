"""Conflicts: two of the client's people who say what cannot both hold."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import told
from pipeline.language import cues
from pipeline.language.numbers import find_numbers
from pipeline.models.draft import DraftConflict, DraftPosition

_REACH = 2
"""Turns before a contradiction in which the statement it denies is looked for."""


class Clash(NamedTuple):
    """A statement and the one that denies it."""

    said: Turn
    denied: Turn


def read_conflicts(dialogue: Dialogue) -> tuple[DraftConflict, ...]:
    """Every clash among the client's people, in order; internal."""
    return tuple(
        DraftConflict(
            ref=f"c{number}",
            text=f"{_told(clash.said)} ↔ {_told(clash.denied)}",
            kind="client-client",
            a=DraftPosition(text=_told(clash.said), citations=(clash.said.citation(),)),
            b=DraftPosition(text=_told(clash.denied), citations=(clash.denied.citation(),)),
            citations=(clash.said.citation(), clash.denied.citation()),
            visibility="internal",
        )
        for number, clash in enumerate(_clashes(dialogue), 1)
    )


def _clashes(dialogue: Dialogue) -> Iterator[Clash]:
    last = -1
    for turn in dialogue.open_turns():
        if turn.ours or turn.index <= last:
            continue
        for earlier in dialogue.before(turn, _REACH):
            if earlier.ours or earlier.speaker == turn.speaker or earlier.index < last:
                continue
            if _denies(turn, earlier):
                last = turn.index + _REACH
                yield Clash(earlier, turn)
                break


def _denies(turn: Turn, earlier: Turn) -> bool:
    numbers = bool(find_numbers(turn.plain)) and bool(find_numbers(earlier.plain))
    return turn.has("conflict.contradict") and (numbers or cues.has("conflict.strong", turn.plain))


def _told(turn: Turn) -> str:
    return f"{turn.speaker}：{told(turn, turn.clauses)}"
