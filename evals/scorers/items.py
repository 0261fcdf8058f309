"""Items against labels: how many are found, how many are right, and whether their states are."""

from collections.abc import Iterator, Mapping
from typing import get_args

from evals.datasets.call_file import Gold, GoldDecision
from evals.scorers.pairing import Pairing, asks_of, live_asks, pairing
from evals.scorers.share import Cells, Share, count
from pipeline.models.item import KINDS, AskStatus
from pipeline.models.minutes import Decision, Minutes

LIVE = "live_ask"
GROUPS = (LIVE, *KINDS)
"""What is told apart: live asks, then every kind with all its items."""


def items(minutes: Minutes, gold: Gold, turns: Mapping[str, int]) -> Cells:
    """Recall and precision of each kind, and states and statuses of what was matched."""
    cells: dict[str, Share] = {}
    live = live_asks(minutes, gold, turns)
    if live is not None:
        cells |= _found(LIVE, live)
    for kind in KINDS:
        one = pairing(kind, minutes, gold, turns)
        if one is None:
            continue
        cells |= _found(kind, one)
        if kind == "decision":
            cells["decision.state"] = count(_states(one))
        if kind == "ask":
            cells |= _statuses(one)
    return cells


def _found(name: str, one: Pairing) -> Cells:
    hit = len(one.pairs)
    return {
        f"{name}.recall": Share(hit, len(one.wanted)),
        f"{name}.precision": Share(hit, len(one.found)),
    }


def _states(one: Pairing) -> Iterator[bool]:
    for found, wanted in one.matched():
        if isinstance(found, Decision) and isinstance(wanted, GoldDecision) and wanted.state:
            yield found.state == wanted.state


def _statuses(one: Pairing) -> Cells:
    """Of the matched asks those with the right status; of each other status how many are found."""
    pairs = list(asks_of(one))
    cells = {"ask.status": count(found.status == wanted.plain_status for found, wanted in pairs)}
    wanted_of = [getattr(wanted, "plain_status", "") for wanted in one.wanted]
    for status in get_args(AskStatus)[1:]:  # live ones have figures of their own
        hit = sum(found.status == wanted.plain_status == status for found, wanted in pairs)
        cells[f"ask.{status}"] = Share(hit, wanted_of.count(status))
    return cells
