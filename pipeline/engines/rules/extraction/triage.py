"""Triage: what kind of ask it is, how urgent, why, and whether the contract covers it."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.threads import Thread
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.cues_content import shared, terms
from pipeline.language.script import has_cjk
from pipeline.models.item import AskKind, Priority, Scope
from pipeline.models.project import Project

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
_IN_SCOPE = 0.3
"""Share of a scope line's words that an ask must hold."""
_LONGEST_PAIN = 3
"""Clauses of pain that are kept."""


class Urgency(NamedTuple):
    """How much it matters, and who said so."""

    priority: Priority
    by: str | None


def kind_of(thread: Thread) -> AskKind:
    """The kind whose words the ask itself uses most; a function where none is used."""
    anchor = thread.anchor.plain
    nearby = " ".join(turn.plain for turn in thread.turns.values())
    counts = {kind: 5 * _count(kind, anchor) + _count(kind, nearby) for kind in _KINDS}
    best = max(_KINDS, key=lambda kind: counts[kind])
    return best if cues.has(f"kind.{best}", anchor) else "function"


def urgency_of(thread: Thread) -> Urgency:
    """What was said about how much it matters; unknown where nothing was."""
    for cue, priority in _URGENCIES:
        if thread.anchor.has(cue):
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
    line = _line_for(thread, dialogue.project)
    if denied or (line and cues.has("scope.excluded", cues.plain(line))):
        return Scope(verdict="out", line=line)
    return Scope(verdict="in", line=line) if line else Scope()


def _line_for(thread: Thread, project: Project) -> str | None:
    said = terms(thread.want.piece.text)
    scores = {line: shared(terms(cues.plain(line)), said) for line in project.scope}
    best = max(scores, key=lambda line: scores[line], default=None)
    return best if best is not None and scores[best] >= _IN_SCOPE else None


def _client_turns(thread: Thread) -> Sequence[Turn]:
    return [turn for _, turn in sorted(thread.turns.items()) if not turn.ours]


def _count(kind: AskKind, text: str) -> int:
    return sum(1 for _ in cues.finditer(f"kind.{kind}", text))
