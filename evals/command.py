"""`python -m evals`: measure an engine on labelled calls, and hold it against a baseline."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from evals import baseline, measured_file
from evals.arguments import DEFAULT, TASKS, arguments
from evals.comparison import compared
from evals.datasets.loading import BASELINE, load, place_of
from evals.errors import EvalsError, harmless, w
from evals.measure import measured
from evals.report import terminal
from evals.report.details import CallDetail
from evals.report.files import stored
from evals.report.labels import label
from evals.runs import Run
from evals.runs import load as load_run
from evals.tasks.processed import Engine
from pipeline.errors import DragomanError
from pipeline.words.loader import interface_language, say

FELL, BROKEN, PARTLY = 1, 2, 4
STOPPED = 130
"""Exit code after Ctrl+C, as shells expect it."""


def main(words: Sequence[str] | None = None) -> int:
    """Measure or compare, and print.

    Returns:
        0 done, 1 a figure fell below the baseline, 2 bad input (a broken call is left out and
        named), 3 no engine, 4 a model gave no answer to some of it, which is named.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    wanted = arguments(words)
    try:
        return _compare(wanted) if wanted.compare else _measure(wanted)
    except EvalsError as error:
        _warn(str(error))
        return BROKEN
    except DragomanError as error:
        _warn(say(f"error.{error.code}", interface_language(), **error.params))
        return error.exit_code
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FELL


def _compare(wanted: argparse.Namespace) -> int:
    one, other = (load_run(place) for place in wanted.compare)
    found = compared(one, other, wanted.language)
    print("\n".join(terminal.differences(found)))
    return 0


def _measure(wanted: argparse.Namespace) -> int:
    engine = _engine(wanted)
    before = baseline.read(_beside(wanted, wanted.baseline)) if wanted.baseline else None
    dataset = load(
        wanted.dataset, only=wanted.call, language=wanted.language, sealed=wanted.open_sealed
    )
    for fault in dataset.faults:
        _warn(w("fault.left_out", file=str(fault.path), reason=fault.reason))
    for note in dataset.notes:
        _warn(w("fault.note", file=str(note.path), reason=note.reason))
    if not dataset.calls:
        raise EvalsError("none_whole", folder=str(place_of(wanted.dataset)))
    if dataset.faults and (wanted.write_baseline or wanted.measured):
        raise EvalsError("not_whole", count=len(dataset.faults))
    details: list[CallDetail] = []
    run = measured(dataset, engine, _tasks(wanted), work=wanted.work, seen=details.append)
    lacking = [(call.id, told) for call in run.calls for told in call.missing]
    for name, told in lacking:
        _warn(w("fault.partly", call=name, reason=told))
    print(run.model_dump_json(indent=1) if wanted.json else "\n".join(terminal.lines(run)))
    if wanted.out:
        for path in stored(run, details, wanted.out, interface_language()):
            _warn(w("command.stored", path=str(path)))
    if wanted.write_baseline:
        place = _beside(wanted, wanted.write_baseline)
        baseline.write(run, place)
        _warn(w("command.wrote", path=str(place)))
    if wanted.measured:
        measured_file.write(run, wanted.measured)
        _warn(w("command.measured", path=str(wanted.measured)))
    fell = before is not None and _fell(run, before, _beside(wanted, wanted.baseline))
    return BROKEN if dataset.faults else FELL if fell else PARTLY if lacking else 0


def _fell(run: Run, before: baseline.Baseline, place: Path) -> bool:
    """Say which figures fell."""
    falls = baseline.fallen(run, before)
    for one in falls:
        told = w(
            "command.fell",
            group=w(f"group.{one.group}"),
            label=label(one.name),
            name=one.name,
            before=f"{one.before:.2f}",
            now=f"{one.now:.2f}",
            of=f"{one.of:g}",
            allowed=f"{baseline.allowed(one.of):.2f}",
        )
        _warn(told)
    if not falls:
        _warn(w("command.held", path=str(place)))
    return bool(falls)


def _engine(wanted: argparse.Namespace) -> Engine:
    misplaced = (wanted.answers and wanted.engine != "recorded") or (
        wanted.record and wanted.engine != "llm"
    )
    if misplaced:
        raise EvalsError("answers_without_use")
    return Engine(wanted.engine, wanted.answers, wanted.record)


def _tasks(wanted: argparse.Namespace) -> tuple[str, ...]:
    named = wanted.task or ["extract"]
    return TASKS if "all" in named else tuple(one for one in TASKS if one in named)


def _beside(wanted: argparse.Namespace, file: Path) -> Path:
    return place_of(wanted.dataset) / BASELINE if file == DEFAULT else file


def _warn(text: str) -> None:
    """Say it; words of a file steer no terminal."""
    print(harmless(text), file=sys.stderr, flush=True)
