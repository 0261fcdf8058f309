"""Gold items -> for every turn and kind whether it carries it, and how much that counts."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.engines.rules.sense.kinds import KINDS, Kind
from pipeline.language import cues
from pipeline.language.cues_content import shared, terms

_BESIDE = 0.4
"""How much a turn counts that adds to an item without being its main turn."""
_DOUBTFUL = 0.3
"""How much a turn beside counts against what only the main turn carries."""
_TRAP = 3.0
"""How much a turn counts that only looks like a kind."""
_TRAPS: Mapping[str, tuple[Kind, ...]] = {
    "ask": ("ask",),
    "decision": ("decision", "decision_agreed"),
    "action": ("action",),
    "risk": ("risk",),
}


_PLAIN: tuple[Kind, ...] = ("risk", "question", "conflict", "concern")
_STATES: Mapping[str, Kind] = {
    "agreed": "decision_agreed",
    "tentative": "decision_tentative",
    "deferred": "decision_deferred",
    "rejected": "decision_rejected",
}


class Labels(NamedTuple):
    """Turns by kinds."""

    targets: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float32]


def labels_of(gold: Mapping[str, Any], texts: Sequence[str], sides: Sequence[str]) -> Labels:
    """Targets and weights of a call whose gold items name the turns that are their evidence."""
    sheet = _Sheet(texts, sides)
    for ask in gold["asks"]:
        sheet.ask(ask)
    for decision in gold["decisions"]:
        sheet.decision(decision)
    for action in gold["actions"]:
        main = sheet.main(action, action.get("due_verbatim"))
        sheet.item("action", action, main)
        if action["weak"]:
            sheet.item("action_weak", action, main)
    for kind in _PLAIN:
        for item in gold[f"{kind}s"]:
            sheet.item(kind, item, sheet.main(item, None))
    for turn in gold["internal_only"]:
        sheet.mark("private", turn, 1.0)
    for trap in gold["hard_negatives"]:
        sheet.trap(trap["turn"], trap["looks_like"])
    return Labels(sheet.targets, sheet.weights)


class _Sheet:
    """The labels of one call while they are filled in."""

    def __init__(self, texts: Sequence[str], sides: Sequence[str]) -> None:
        self.texts = texts
        self.sides = sides
        self.targets = np.zeros((len(texts), len(KINDS)), np.bool_)
        self.weights = np.ones((len(texts), len(KINDS)), np.float32)

    def mark(self, kind: Kind, turn: int, weight: float) -> None:
        """The turn carries the kind; the highest weight that anybody gives it counts."""
        column = KINDS.index(kind)
        before = self.weights[turn, column] if self.targets[turn, column] else 0.0
        self.targets[turn, column] = True
        self.weights[turn, column] = max(weight, before)

    def doubt(self, kind: Kind, turn: int) -> None:
        """The turn counts little against the kind."""
        column = KINDS.index(kind)
        if not self.targets[turn, column]:
            self.weights[turn, column] = _DOUBTFUL

    def trap(self, turn: int, looks_like: str) -> None:
        """The turn only looks like a kind."""
        for kind in _TRAPS[looks_like]:
            column = KINDS.index(kind)
            if not self.targets[turn, column]:
                self.weights[turn, column] = _TRAP

    def main(self, item: Mapping[str, Any], quote: str | None) -> int:
        """The turn that says an item: it holds the quote, else the most of its words."""
        evidence: list[int] = item["evidence"]
        if quote:
            held = [turn for turn in evidence if quote in self.texts[turn]]
            if held:
                return held[0]
        said = terms(cues.plain(item.get("text") or item.get("summary") or item.get("a", "")))
        return max(evidence, key=lambda turn: shared(said, terms(cues.plain(self.texts[turn]))))

    def item(self, kind: Kind, item: Mapping[str, Any], main: int) -> None:
        """An item of which every turn of evidence carries the kind."""
        for turn in item["evidence"]:
            self.mark(kind, turn, 1.0 if turn == main else _BESIDE)
            self.mark("any", turn, 1.0)

    def anchored(self, kind: Kind, item: Mapping[str, Any], main: int) -> None:
        """An item that only its main turn carries; turns beside hardly count against it."""
        self.mark(kind, main, 1.0)
        for turn in item["evidence"]:
            self.mark("any", turn, 1.0)
            self.doubt(kind, turn)

    def ask(self, ask: Mapping[str, Any]) -> None:
        """An ask: who asks, what adds to it, who takes it back or says that it is there."""
        main = self.main(ask, ask["raw_quote"])
        self.anchored("ask", ask, main)
        self.item("ask_more", ask, main)
        status: str = ask["status"]
        later = [turn for turn in ask["evidence"] if turn > main]
        if status.startswith("duplicate_of"):
            self.anchored("ask_again", ask, main)
        if status == "withdrawn":
            self._last("withdrawn", later)
        if status == "already_supported":
            self._last("supported", [turn for turn in later if self.sides[turn] == "us"][:1])

    def decision(self, decision: Mapping[str, Any]) -> None:
        """A decision: what settles it, what adds to it, and how firm it is."""
        main = self.main(decision, decision["quote"])
        self.anchored("decision", decision, main)
        self.item("decision_more", decision, main)
        self.anchored(_STATES[decision["state"]], decision, main)

    def _last(self, kind: Kind, turns: Sequence[int]) -> None:
        for turn in turns:
            self.mark(kind, turn, 1.0 if turn == turns[-1] else _BESIDE)
