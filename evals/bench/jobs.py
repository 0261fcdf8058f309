"""What it costs that work outlives the program that began it, and how soon it goes on.

`python -m evals.bench.jobs` makes a data folder with an SQLite file, hears the bundled Chinese
call by a script that takes a stated time a batch, and understands it by the rules; workers are
processes of their own and are killed with SIGKILL. It prints tables, then the marks, met or
missed. Everything is compared within one run, in alternating rounds, by the median. Stages are
compared inside this process, so that only what a job does around them differs; the looks of a
waiting worker into its queues count with the whole job.

The marks, and why:

- 5 % of a second for each time a stage tells how far it is, and 5 % of hearing at the stated
  second a batch. Stages that need an engine take a second and more between two such times; the
  rules alone are over in milliseconds, so their own ratio is shown and has no mark.
- 3 s for a job beyond its work, with the worker running: somebody who hands in a short text and
  waits still takes that for the work itself. Two looks into a queue are in it.
- 1.5 ordinary starts until a worker that comes back hears something new: it finds its own work
  without waiting for anybody's silence.
- SILENT + 2 heartbeats and a start until another worker does, which is started at the kill: the
  silence has to be noticed, and to be noticed by somebody who looks once a heartbeat.
- One batch done again a kill: the one under way.
- A fifth of the edits a second while two jobs run, and half a second for 99 of 100 edits: a
  person who types does not wait. On a machine that is busy with other work the latter may be
  missed for reasons of that work.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from evals.bench.job_costs import Pair, stage_pairs, whole_jobs
from evals.bench.job_edits import Round, edit_rounds
from evals.bench.job_kills import recovery
from evals.bench.workplace import BATCHES, SOUND, work
from pipeline.models.job import SILENT, StageName

STAGES: tuple[StageName, ...] = ("transcribe", "extract", "ground", "cover", "specify")
TELL_MS, HEARING, FIXED_S = 50.0, 1.05, 3.0
RESTART, AGAIN = 1.5, 1
EDITS, EDIT_MS = 0.2, 500.0


class Scale(NamedTuple):
    """How much is measured."""

    rounds: int
    batch: float
    """Seconds that hearing a batch takes where the stages are compared."""
    short: float
    """The same where workers are killed."""
    heartbeat: float
    window: float
    """Seconds of edits."""


FULL = Scale(rounds=5, batch=1.0, short=0.4, heartbeat=2.0, window=3.0)
QUICK = Scale(rounds=1, batch=0.02, short=0.1, heartbeat=0.2, window=0.5)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.jobs", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one small round: it proves nothing")
    parser.add_argument("--folder", type=Path, help="on the disk to measure; else a temporary one")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.work:
        work(options.work)
        return 0
    scale = QUICK if options.quick else FULL
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        parts = (_stages, _whole, _kills, _edits)
        met = [part(Path(name) / part.__name__, scale) for part in parts]
    return 0 if all(met) else 1


def _stages(folder: Path, scale: Scale) -> bool:
    pairs = stage_pairs(folder, rounds=scale.rounds, batch=scale.batch)
    _say(f"\nstages: {len(BATCHES)} batches of {scale.batch:g} s, {scale.rounds} rounds")
    _row("stage", "plain s", "in a job s", "ratio", "ms more", "told", "ms each")
    each = {stage: _stage(stage, pairs) for stage in STAGES}
    hour = each["transcribe"] / 1000 * len(BATCHES) * 3600 / SOUND
    _say(
        f"an hour of sound in batches as short as these, {SOUND / len(BATCHES):.0f} s: "
        f"{hour:.2f} s, {hour / 36:.3f} % of its own length"
    )
    hearing = median(
        one.in_job.seconds["transcribe"] / one.plain.seconds["transcribe"] for one in pairs
    )
    met = (
        _mark("hearing, in a job / plain", hearing, HEARING),
        _mark("most that telling once costs a stage, ms", max(each.values()), TELL_MS),
    )
    return all(met)


def _stage(stage: StageName, pairs: Sequence[Pair]) -> float:
    """One row; the milliseconds that the stage pays each time it tells how far it is."""
    plain = [pair.plain.seconds[stage] for pair in pairs]
    job = [pair.in_job.seconds[stage] for pair in pairs]
    both = list(zip(plain, job, strict=True))
    ratio, more = median(two / one for one, two in both), median(two - one for one, two in both)
    told = pairs[0].in_job.told[stage]
    each = more * 1000 / told
    _row(
        stage,
        f"{median(plain):.3f}",
        f"{median(job):.3f}",
        f"{ratio:.3f}",
        f"{more * 1000:.1f}",
        str(told),
        f"{each:.2f}",
    )
    return each


def _whole(folder: Path, scale: Scale) -> bool:
    found = whole_jobs(folder, rounds=scale.rounds, heartbeat=scale.heartbeat)
    fixed = median(one.job - one.plain for one in found)
    _say(f"\nwhole jobs: batches of 0 s, a worker that waits, {scale.rounds} rounds")
    _row("", "plain s", "job s", "ratio", "submit s", "to hear s", "to underst. s", "beyond s")
    plain, job, *waits = (median(column) for column in zip(*found, strict=True))
    ratio = median(one.job / one.plain for one in found)
    numbers = (plain, job, ratio, *waits, fixed)
    _row("from file to end", *(f"{number:.3f}" for number in numbers))
    return _mark("a job beyond its work, s", fixed, FIXED_S)


def _kills(folder: Path, scale: Scale) -> bool:
    folder.mkdir()
    dice = random.Random(11)
    found = [
        recovery(folder / str(number), dice, batch=scale.short, heartbeat=scale.heartbeat)
        for number in range(scale.rounds)
    ]
    again = [count for one in found for count in one.again]
    ordinary = median(one.ordinary for one in found)
    same, other = median(one.same for one in found), median(one.other for one in found)
    back = median(one.same / one.ordinary for one in found)
    late = median(one.other / one.ordinary for one in found)
    _say(
        f"\nkill -9 while hearing: batches of {scale.short:g} s, a heartbeat of "
        f"{scale.heartbeat:g} s, {len(again)} kills"
    )
    _row("first new batch of", "s", "ratio", "heartbeats")
    for name, seconds, ratio in (
        ("an ordinary start", ordinary, 1.0),
        ("the same name", same, back),
        ("another name", other, late),
    ):
        _row(name, f"{seconds:.2f}", f"{ratio:.2f}", f"{seconds / scale.heartbeat:.2f}")
    _say(f"batches done again: {sum(again)} of {len(found) * len(BATCHES)}")
    met = (
        _mark("the same name / an ordinary start", back, RESTART),
        _mark(
            "another name from the kill, heartbeats",
            other / scale.heartbeat,
            SILENT + 2 + ordinary / scale.heartbeat,
        ),
        _mark("batches done again after any kill", max(again), AGAIN),
    )
    return all(met)


def _edits(folder: Path, scale: Scale) -> bool:
    found = edit_rounds(folder, rounds=scale.rounds, window=scale.window, heartbeat=scale.heartbeat)
    ran = sum(one.both for one in found)
    _say(f"\nedits: {scale.rounds} rounds of {scale.window:g} s each way")
    _row("", "edits", "a second", "p50 ms", "p99 ms")
    _edit_row("alone", [one.alone for one in found])
    slowest = _edit_row("beside two jobs", [one.beside for one in found])
    met = (
        _mark("edits a second, beside jobs / alone", _ratio(found), EDITS, least=True),
        _mark("p99 of an edit beside jobs, ms", slowest, EDIT_MS),
        _mark("rounds in which both jobs ran on to the end", ran, scale.rounds, least=True),
    )
    return all(met)


def _edit_row(name: str, rounds: Sequence[Sequence[float]]) -> float:
    """One row; its p99 in milliseconds."""
    took = [one for some in rounds for one in some]
    p99 = quantiles(took, n=100)[-1] * 1000
    rate = median(len(some) / sum(some) for some in rounds)
    _row(name, str(len(took)), f"{rate:.1f}", f"{median(took) * 1000:.1f}", f"{p99:.1f}")
    return p99


def _ratio(rounds: Sequence[Round]) -> float:
    return median(one.ratio for one in rounds)


def _row(name: str, *cells: str) -> None:
    _say(f"{name:20}" + "".join(f"{cell:>14}" for cell in cells))


def _mark(name: str, value: float, mark: float, *, least: bool = False) -> bool:
    met = value >= mark if least else value <= mark
    bound = "at least" if least else "at most"
    _say(f"{'met   ' if met else 'MISSED'}  {name}: {value:.4g}, mark {bound} {mark:.4g}")
    return met


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
