"""Calls -> a run: each processed and scored by itself, one after the other."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from evals.datasets.call_file import CallFile
from evals.datasets.loading import Dataset
from evals.report.details import CallDetail, detail
from evals.runs import CallRun, Run
from evals.scorers.share import Cells
from evals.tasks.extract import extracted
from evals.tasks.processed import Engine, processed
from pipeline.ports.tools import Tools

Seen = Callable[[CallDetail], None]
"""Is shown every call as soon as it is scored."""


def measured(
    dataset: Dataset, engine: Engine, tasks: Sequence[str], *, work: Path | None, seen: Seen
) -> Run:
    """Process and score every call.

    Args:
        dataset: the calls.
        engine: what drafts.
        tasks: which stages are scored.
        work: where the data folders of the calls are kept; thrown away where not given.
        seen: is shown every call.

    Raises:
        DragomanError: a stage cannot go on.
    """
    calls: list[CallRun] = []
    tools: Tools | None = None
    with _folder(work) as home:
        for call in dataset.calls:
            with processed(call, home / call.id, engine, specs=False) as (one, house):
                tools, cells = house.tools, extracted(one)
                calls.append(_scored(call, cells))
                seen(detail(one))
    return Run(
        made_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        engine=engine.name,
        model=tools.extractor.model if tools else None,
        version=_version(tools) if tools else "",
        dataset=dataset.name,
        tasks=tuple(tasks),
        calls=tuple(calls),
    )


def _scored(call: CallFile, cells: Cells) -> CallRun:
    whole = call.model_dump_json(exclude_defaults=True).encode()
    return CallRun(
        id=call.id,
        language=call.lang,
        digest=hashlib.sha256(whole).hexdigest()[:16],
        cells={name: (one.hit, one.of) for name, one in cells.items()},
    )


def _version(tools: Tools) -> str:
    return "+".join(one for one in (tools.extractor.prompt, tools.code) if one)


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    if work is not None:
        yield work
        return
    with tempfile.TemporaryDirectory() as home:
        yield Path(home)
