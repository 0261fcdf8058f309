"""`python -m evals`: measure an engine on labelled calls, and hold it against a baseline."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.datasets.loading import BUNDLED, DatasetError, load
from evals.measure import measured
from evals.report import terminal
from evals.runs import RunError, save
from evals.tasks.processed import Engine
from pipeline.errors import DragomanError
from pipeline.words.loader import interface_language, say

BROKEN = 2
TASKS = ("extract", "specify", "privacy", "injection", "speech")


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print; 0 done, 1 a baseline was missed, 2 bad input, 3 no engine."""
    wanted = _arguments(words)
    try:
        return _measure(wanted)
    except (DatasetError, RunError) as error:
        _warn(str(error))
        return BROKEN
    except DragomanError as error:
        _warn(say(f"error.{error.code}", interface_language(), **error.params))
        return error.exit_code


def _measure(wanted: argparse.Namespace) -> int:
    dataset = load(
        wanted.dataset, only=wanted.call, language=wanted.language, sealed=wanted.open_sealed
    )
    for fault in dataset.faults:
        _warn(f"left out: {fault.path}: {fault.reason}")
    engine = Engine(wanted.engine, wanted.answers, wanted.record)
    run = measured(
        dataset,
        engine,
        wanted.task or ["extract"],
        work=wanted.work,
        seen=lambda one, cells: _warn(f"  {one.call.id}"),
    )
    if wanted.out:
        _warn(f"{save(run, wanted.out)}")
    print(run.model_dump_json(indent=1) if wanted.json else "\n".join(terminal.lines(run)))
    return BROKEN if dataset.faults else 0


def _warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument(
        "--dataset", default=BUNDLED, metavar="NAME|DIR", help="bundled, open, or a folder of calls"
    )
    parser.add_argument("--engine", choices=("rules", "llm", "recorded"), default="rules")
    parser.add_argument("--answers", type=Path, metavar="DIR", help="recorded answers of a model")
    parser.add_argument("--record", type=Path, metavar="DIR", help="where a model's answers go")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keeps what was done, to go on")
    parser.add_argument("--task", choices=TASKS, action="append", help="what is scored")
    parser.add_argument("--call", nargs="+", default=[], metavar="NAME", help="only these calls")
    parser.add_argument("--language", choices=("zh", "en", "mixed"), help="only calls in it")
    parser.add_argument("--out", type=Path, metavar="DIR", help="stores the run and its report")
    parser.add_argument("--json", action="store_true", help="print the run as JSON")
    parser.add_argument(
        "--open-sealed",
        action="store_true",
        help="also the calls kept for one measurement: once, when everything is done",
    )
    return parser.parse_args(words)
