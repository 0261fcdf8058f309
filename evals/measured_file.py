"""A run -> the small file that the desk shows as "measured on unseen calls"."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomlkit

from evals.chance import interval
from evals.errors import EvalsError
from evals.report.table import groups
from evals.runs import Group, Run
from evals.scorers.figures import names
from evals.scorers.items import GROUPS
from evals.scorers.share import Share, total
from pipeline.measured.reading import Measured, MeasuredFigure, MeasuredUnsaid

_DIGITS = 3
_KEPT, _TURNS = "unsaid.asks_kept", "unsaid.turns"


def measured_of(run: Run) -> Measured:
    """Recall and precision of every kind for every group of calls, with their intervals."""
    return Measured(
        engine=run.engine,
        model=run.model,
        version=run.version,
        dataset=run.dataset,
        calls=len(run.calls),
        measured_at=dt.date.fromisoformat(run.made_at[:10]),
        figures=tuple(one for group in groups(run) for one in _figures(run, group)),
        unsaid=tuple(one for group in groups(run) if (one := _unsaid(run, group))),
    )


def write(run: Run, file: Path) -> None:
    """Write them as TOML.

    Raises:
        EvalsError: it cannot be written, or the run has no items of any kind.
    """
    made = measured_of(run) if run.calls else None
    if made is None or not made.figures:
        raise EvalsError("nothing_measured")
    plain: dict[str, Any] = made.model_dump(exclude_none=True)
    try:
        file.write_text(tomlkit.dumps(_lists(plain)), encoding="utf-8")
    except OSError as error:
        raise EvalsError("not_written", path=str(file), reason=error.strerror) from error


def _figures(run: Run, group: Group) -> Iterator[MeasuredFigure]:
    calls = run.group(group)
    known = names(calls)
    for kind in GROUPS:
        recall, precision = (f"{kind}.{part}" for part in ("recall", "precision"))
        if recall not in known:
            continue
        found, right = (
            total(one.get(name, Share()) for one in calls) for name in (recall, precision)
        )
        yield MeasuredFigure.model_validate(
            {
                "language": group,
                "kind": kind,
                "calls": _count(run, group),
                "wanted": int(found.of),
                "found": int(right.of),
                "recall": _rounded(found.rate),
                "precision": _rounded(right.rate),
                "recall_interval": _edges(recall, run, group),
                "precision_interval": _edges(precision, run, group),
            }
        )


def _unsaid(run: Run, group: Group) -> MeasuredUnsaid | None:
    calls = run.group(group)
    if _KEPT not in names(calls):
        return None
    kept, turns = (total(one.get(name, Share()) for one in calls) for name in (_KEPT, _TURNS))
    return MeasuredUnsaid(
        language=group,
        calls=_count(run, group),
        asks=int(kept.of),
        asks_kept=_rounded(kept.rate),
        turns=_rounded(turns.rate),
    )


def _count(run: Run, group: Group) -> int:
    return sum(group in ("all", one.language) for one in run.calls)


def _edges(name: str, run: Run, group: Group) -> tuple[float, float] | None:
    found = interval(name, run.drawn(group))
    return (round(found.low, _DIGITS), round(found.high, _DIGITS)) if found else None


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, _DIGITS)


def _lists(value: Any) -> Any:  # noqa: ANN401 - any value of a file
    """Tuples as lists: TOML knows nothing else."""
    if isinstance(value, dict):
        return {name: _lists(one) for name, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, list | tuple) else value
