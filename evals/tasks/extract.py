"""The minutes of a call against its labels."""

from collections.abc import Callable, Mapping

from evals.scorers.actions import actions
from evals.scorers.items import items
from evals.scorers.lookalikes import lookalikes
from evals.scorers.proof import grades, guarded
from evals.scorers.share import Cells, Share
from evals.scorers.unsaid import unsaid
from evals.tasks.processed import Processed

Scorer = Callable[[Processed], Cells]
SCORERS: Mapping[str, Scorer] = {
    "items": lambda one: items(one.minutes, one.call.gold, one.turn_of),
    "actions": lambda one: actions(one.minutes, one.call, one.call.gold, one.turn_of),
    "grades": lambda one: grades(one.minutes),
    "guarded": lambda one: guarded(one.transcript, one.call.gold, one.turn_of),
    "lookalikes": lambda one: lookalikes(one.minutes, one.call.gold, one.turn_of),
    "unsaid": lambda one: unsaid(one.minutes, one.call, one.call.gold, one.turn_of),
}


def extracted(one: Processed) -> Cells:
    """Every figure that needs no spec."""
    cells: dict[str, Share] = {}
    for scorer in SCORERS.values():
        cells |= scorer(one)
    return cells


def spent(one: Processed) -> Cells:
    """Seconds by stage and tokens, per call."""
    cells = {f"seconds.{stage}": Share(took, 1) for stage, took in one.seconds.items()}
    return {**cells, "tokens": Share(one.tokens, 1)}
