"""A run held against a baseline: which figures fell by more than chance and taste explain."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, ValidationError

from evals.errors import EvalsError, faults_of
from evals.report.table import groups
from evals.runs import Group, Run
from evals.scorers.figures import better, figure, names
from pipeline.models.base import Model

TOLERANCE = 0.02
"""What a figure may lose; or one item of those it counts, whichever is more."""


class Baseline(Model):
    """The figures of one run, for every group of calls."""

    schema_: Literal["dragoman/evals-baseline/v1"] = Field(
        default="dragoman/evals-baseline/v1", alias="schema"
    )
    made_at: str
    engine: str
    dataset: str
    calls: dict[str, str]
    """Digest of each call with its labels."""
    figures: dict[str, dict[str, tuple[float, float]]]
    """For each group and figure its rate and how many were counted."""


class Fall(NamedTuple):
    """A figure that got worse."""

    group: str
    name: str
    before: float
    now: float
    of: float


def baseline_of(run: Run) -> Baseline:
    """The figures of a run that have a better and a worse."""
    return Baseline(
        made_at=run.made_at,
        engine=run.engine,
        dataset=run.dataset,
        calls={one.id: one.digest for one in run.calls},
        figures={group: dict(_figures(run, group)) for group in groups(run)},
    )


def fallen(run: Run, before: Baseline) -> Sequence[Fall]:
    """The figures of a run that got worse; those that it did not measure are left out.

    Raises:
        EvalsError: the baseline is of other calls or labels, or has no figure in common.
    """
    _check_same(run, before)
    pairs = [
        (group, name, then, figure(name, run.group(group)))
        for group in groups(run)
        for name, then in before.figures.get(group, {}).items()
    ]
    pairs = [pair for pair in pairs if pair[3].rate is not None]
    if not pairs:
        raise EvalsError("nothing_to_compare")
    return [
        Fall(group, name, rate, now.rate, now.of)
        for group, name, (rate, _), now in pairs
        if now.rate is not None and _worse(name, rate, now.rate) > allowed(now.of)
    ]


def allowed(of: float) -> float:
    """What a figure that counts so many may lose."""
    return max(TOLERANCE, 1 / of) + 1e-9


def write(run: Run, file: Path) -> None:
    """Write a run as the baseline.

    Raises:
        EvalsError: it cannot be written.
    """
    text = json.dumps(baseline_of(run).model_dump(mode="json"), ensure_ascii=False, indent=1)
    try:
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise EvalsError("not_written", path=str(file), reason=error.strerror) from error


def read(file: Path) -> Baseline:
    """A baseline.

    Raises:
        EvalsError: there is none, or it is broken.
    """
    try:
        return Baseline.read_json(file.read_bytes())
    except OSError as error:
        raise EvalsError("no_baseline", path=str(file)) from error
    except ValidationError as error:
        raise EvalsError("broken_baseline", path=str(file), reason=faults_of(error)) from error


def _figures(run: Run, group: Group) -> Iterator[tuple[str, tuple[float, float]]]:
    calls = run.group(group)
    for name in names(calls):
        one = figure(name, calls)
        if one.rate is not None and better(name) != "neither":
            yield name, (round(one.rate, 4), one.of)


def _check_same(run: Run, before: Baseline) -> None:
    now = {one.id: one.digest for one in run.calls}
    if now != before.calls:
        odd = sorted(one for one in {*now, *before.calls} if now.get(one) != before.calls.get(one))
        raise EvalsError("other_calls", calls=", ".join(odd))


def _worse(name: str, before: float, now: float) -> float:
    """By how much a figure got worse; negative where it got better."""
    return now - before if better(name) == "less" else before - now
