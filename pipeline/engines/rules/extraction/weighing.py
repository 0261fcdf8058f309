"""Weighing: what the words say together with what the trained reader hears.

A cue in words is worth so much in the log odds of the reader. What it takes to be an item was
chosen on the practice calls, each read by a model that had not learnt from its writer.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.engines.rules.sense.kinds import Kind


class Bar(NamedTuple):
    """What it takes to be an item of a kind, in log odds over the reader's own threshold."""

    needed: float
    cue: float
    """What a cue in words adds."""


BARS: Mapping[Kind, Bar] = {
    "ask": Bar(0.1, 1.5),
    "decision": Bar(0.55, 0.5),
    "action": Bar(0.5, 0.75),
    "risk": Bar(0.75, 1.5),
    "question": Bar(0.25, 1.0),
    "conflict": Bar(0.75, 2.0),
    "concern": Bar(0.5, 2.0),
    "withdrawn": Bar(0.0, 2.0),
    "supported": Bar(-1.0, 2.0),
}
"""By kind."""


_FEW = 12
"""Turns of a call below which the reader has little to go by."""
_ALONE = 4.0
"""What a cue in words adds there: few lines are mostly their words."""
_UNSURE = 2.0
"""What the reader needs more there without one."""


def enough(kind: Kind, margin: float, *, cue: bool, turns: int) -> bool:
    """Whether a turn is an item of a kind.

    Args:
        kind: What it would be.
        margin: How far the reader puts it over its threshold, in log odds.
        cue: Whether a cue in words says so.
        turns: How long the call is.
    """
    bar, short = BARS[kind], turns < _FEW
    if cue:
        return margin + bar.cue + (_ALONE if short else 0.0) >= bar.needed
    return margin >= bar.needed + (_UNSURE if short else 0.0)
