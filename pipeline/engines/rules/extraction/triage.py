"""Triage: what kind of ask it is, how urgent, why, and whether the contract covers it."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.phrasing import headline, wish
from pipeline.engines.rules.extraction.threads import Thread
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.scope import scope_of_words
from pipeline.language import cues
from pipeline.language.script import has_cjk
from pipeline.models.item import AskKind, Priority, Scope

_KINDS: tuple[AskKind, ...] = (
    "integration",
    "permission",
    "nfr",
    "report",
    "data",
    "config",
    "process",
)
_URGENCIES: tuple[tuple[str, Priority], ...] = (
    ("priority.must", "must"),
    ("priority.could", "could"),
)
_LONGEST_PAIN = 3
"""Clauses of pain that are kept."""


class Urgency(NamedTuple):
    """How much it matters, and who said so."""

    priority: Priority
    by: str | None


def kind_of(thread: Thread) -> AskKind:
    """The kind whose words the ask itself uses most; a function where none is used."""
    anchor = cues.plain(wish(headline(thread.anchor, thread.want.piece)))
    nearby = " ".join(turn.plain for turn in thread.turns.values())
    counts = {kind: 5 * _count(kind, anchor) + _count(kind, nearby) for kind in _KINDS}
    best = max(_KINDS, key=lambda kind: counts[kind])
    return best if cues.has(f"kind.{best}", anchor) else "function"


def urgency_of(thread: Thread) -> Urgency:
    """What was said about how much it matters; unknown where nothing was."""
    asking = _asking(thread)
    for cue, priority in _URGENCIES:
        if cues.has(cue, asking):
            return Urgency(priority, thread.anchor.speaker)
    return Urgency("unknown", None)


def pain_of(thread: Thread) -> str | None:
    """The trouble behind it, as it was said."""
    found = [
        turn.original(piece).strip(" ,，。.;；")
        for turn in _client_turns(thread)
        for piece in turn.clauses
        if cues.has("ask.pain", piece.text)
        and piece != thread.want.piece
        and not cues.at_start("turn.opener", piece.text)
    ]
    if not found:
        return None
    return ("，" if has_cjk(found[0]) else "; ").join(found[:_LONGEST_PAIN])


def scope_of(thread: Thread, dialogue: Dialogue) -> Scope:
    """The contract line that an ask falls under, by the words they share."""
    denied = any(one.ours and one.has("scope.out") for one in dialogue.after(thread.anchor, 3))
    asked = headline(thread.anchor, thread.want.piece)
    beside = [turn.text for turn in _client_turns(thread)]
    return scope_of_words(asked, beside, dialogue.project.scope, denied=denied)


def _asking(thread: Thread) -> str:
    """The words of the turn that ask, without the trouble around them."""
    want = thread.want.piece
    pieces = thread.anchor.clauses
    return " ".join(one.text for one in pieces if one == want or not cues.has("ask.pain", one.text))


def _client_turns(thread: Thread) -> Sequence[Turn]:
    return [turn for _, turn in sorted(thread.turns.items()) if not turn.ours]


def _count(kind: AskKind, text: str) -> int:
    return sum(1 for _ in cues.finditer(f"kind.{kind}", text))
