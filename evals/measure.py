"""Calls -> a run: each processed and scored by itself, one after the other."""

import hashlib
import tempfile
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from evals.datasets.loading import Dataset
from evals.errors import EvalsError
from evals.report.details import CallDetail, detail
from evals.runs import CallRun, Run
from evals.scorers.share import Cells, Share
from evals.tasks.extract import extracted, spent
from evals.tasks.injection import attacked
from evals.tasks.privacy import private
from evals.tasks.processed import Engine, Processed, processed
from evals.tasks.specify import spec_lines, specified
from evals.tasks.speech import heard
from pipeline.ports.tools import Tools
from pipeline.service.house import House

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
        EvalsError: `work` cannot be written.
    """
    calls: list[CallRun] = []
    tools: Tools | None = None
    specs = not {"specify", "privacy"}.isdisjoint(tasks)
    with _folder(work) as home:
        for call in dataset.calls:
            with processed(call, home / call.id, engine, specs=specs) as (one, house):
                tools = house.tools
                calls.append(_scored(one, _cells(one, house, tasks)))
                seen(detail(one, tuple(spec_lines(one)) if specs else ()))
    return Run(
        made_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        engine=engine.name,
        model=tools.extractor.model if tools else None,
        version=_version(tools) if tools else "",
        dataset=dataset.name,
        tasks=tuple(tasks),
        calls=tuple(calls),
        beside=_plain(_beside(engine, tasks)),
    )


def _cells(one: Processed, house: House, tasks: Container[str]) -> Cells:
    cells: dict[str, Share] = {}
    if "extract" in tasks:
        cells |= extracted(one)
    if "specify" in tasks:
        cells |= specified(one)
    if "privacy" in tasks:
        cells |= private(one, house)
    return {**cells, **spent(one)}


def _beside(engine: Engine, tasks: Container[str]) -> Cells:
    """Figures that no call of the dataset gives."""
    cells: dict[str, Share] = {}
    if "injection" in tasks:
        cells |= attacked(live=engine.name == "llm")
    if "speech" in tasks:
        cells |= heard()
    return cells


def _plain(cells: Cells) -> dict[str, tuple[float, float]]:
    return {name: (one.hit, one.of) for name, one in cells.items()}


def _scored(one: Processed, cells: Cells) -> CallRun:
    call = one.call
    whole = call.model_dump_json(exclude_unset=True).encode()
    return CallRun(
        id=call.id,
        language=call.lang,
        digest=hashlib.sha256(whole).hexdigest()[:16],
        cells=_plain(cells),
        missing=one.minutes.missing,
    )


def _version(tools: Tools) -> str:
    return "+".join(one for one in (tools.extractor.prompt, tools.code) if one)


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    if work is not None:
        try:
            work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EvalsError("not_written", path=str(work), reason=error.strerror) from error
        yield work.resolve()
        return
    with tempfile.TemporaryDirectory() as home:
        yield Path(home)
