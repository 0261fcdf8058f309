"""Speed and memory of hearing, beside faster-whisper's own pipelines.

`python -m evals.bench.speech` hears the bundled Chinese call, over and over, line by line. Named
sizes are built of random weights, so that no download is needed: every window is answered with the
same 120 tokens in ten stretches, about as much as people say in half a minute. `demo` is the
bundled model; a folder holds real weights. Each round hears the recording once in each way, in
changing order; ratios are medians over the rounds.

- `ours`: as the product hears, up to the segments; word times are computed only where a sentence
  reaches over a silence that was cut out.
- `batched`: faster-whisper's batched pipeline, cutting and packing in its own way.
- `our pieces`: the same pipeline told to take our pieces, so that both decode the same windows.
- `sequential`: plain faster-whisper, one window after the other.

The marks: ours / batched at most 1.05 in wall time. Where the two cut so differently that their
numbers of windows are more than 5 % apart, ours / our pieces counts instead. Memory: 8 hours
within 150 MB of 10 minutes, the whole product with its store, a model so small that nearly all of
it is sound and features.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple, get_args

from evals.bench.hearing import Setup, Way, Work, counted, looped, ways
from evals.bench.hearing_memory import peak
from evals.bench.mute_model import SIZES, build
from pipeline.demo.calls import demo_folder

MARK_SPEED = 1.05
"""Our wall time over theirs, median of the rounds."""
MARK_MEMORY = 150
"""Megabytes that 8 hours may take beyond 10 minutes."""
ALIKE = 0.05
"""Part by which the numbers of windows may differ where the mark is taken against `batched`."""
TOKENS, STRETCHES = 120, 10
WAYS: tuple[Way, ...] = get_args(Way)
THEIR_LONGEST = 60
"""Minutes beyond which faster-whisper is not asked: it holds all of the sound in memory."""
SILENCE = 60.0
"""Seconds between two times of the call where memory is measured: each lasts 206 s."""


class Cost(NamedTuple):
    """What one way took in one round."""

    wall: float
    processor: float
    """Of all threads: what a busy machine disturbs less."""
    work: Work


class Ratio(NamedTuple):
    """Ours over another way, medians of the rounds."""

    wall: float
    processor: float
    per_window: float
    """Wall time for each encoded window, where the ways cut differently."""


def speed(
    setup: Setup, recording: Path, chosen: Sequence[Way], rounds: int
) -> dict[Way, list[Cost]]:
    """Hear a recording in each way, once to warm it and then once a round."""
    costs: dict[Way, list[Cost]] = {way: [] for way in chosen}
    with counted() as counter:
        hearing = {way: ways(setup, recording)[way]() for way in chosen}
        for number in range(rounds + 1):
            for way in _turned(chosen, number):
                counter.taken()
                began, worked = time.perf_counter(), time.process_time()
                segments = hearing[way](recording)
                wall, processor = time.perf_counter() - began, time.process_time() - worked
                name = f"round {number} of {rounds}" if number else "warming"
                _tell(
                    f"{name}, {way}: {wall:.2f} s, processor {processor:.2f} s, {segments} segments"
                )
                if number:
                    costs[way].append(Cost(wall, processor, counter.taken()))
    return costs


def ratio(costs: Mapping[Way, Sequence[Cost]], other: Way) -> Ratio:
    """Ours over another way, round by round."""
    pairs = list(zip(costs["ours"], costs[other], strict=True))
    return Ratio(
        median(own.wall / their.wall for own, their in pairs),
        median(own.processor / their.processor for own, their in pairs),
        median(
            own.wall * their.work.windows / (their.wall * own.work.windows) for own, their in pairs
        ),
    )


def decisive(costs: Mapping[Way, Sequence[Cost]]) -> Way | None:
    """The way that the mark is taken against: one that was measured and decodes as much as we."""
    own = costs["ours"][-1].work.windows
    for way in ("batched", "our pieces"):
        theirs = costs[way][-1].work.windows if way in costs else 0
        if abs(theirs - own) <= ALIKE * own:
            return way
    return None


def memory(
    setup: Setup, folder: Path, lengths: Sequence[int], chosen: Sequence[Way]
) -> dict[tuple[Way, int], int]:
    """Megabytes at the peak by way and minutes, the call with pauses of a minute."""
    found: dict[tuple[Way, int], int] = {}
    for minutes in lengths:
        recording = looped(folder / f"{minutes}.mka", minutes, silence=SILENCE)
        for way in chosen:
            if way == "ours" or minutes <= THEIR_LONGEST:
                heard = peak(way, setup, recording, partial(_tell, f"memory, {minutes} min, {way}"))
                found[way, minutes] = heard.megabytes
        recording.unlink()
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print tables in Markdown; 1 when a mark is missed."""
    options = _options(argv)
    print(_machine(options), flush=True)
    met: list[bool] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.rounds:
            met.append(_speeds(options, folder))
        if options.lengths:
            model = build(folder / "small", SIZES["test"], tokens_a_piece=40, stretches=4)
            chosen = [way for way in options.ways if way != "our pieces"]
            found = memory(_setup(options, model), folder, options.lengths, chosen)
            met.append(_memory_table(found, options.lengths, chosen))
    print(f"\nload at the end: {_load()}")
    return 0 if all(met) else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="evals.bench.speech",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sizes = ", ".join(size for size in SIZES if size != "test")
    parser.add_argument(
        "--model",
        nargs="+",
        default=["demo", "tiny"],
        help=f"demo, a size of random weights ({sizes}), or a folder of real ones",
    )
    parser.add_argument("--minutes", type=float, default=7.0, help="length of the recording")
    parser.add_argument("--rounds", type=int, default=5, help="0 measures no speed")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument(
        "--lengths",
        type=int,
        nargs="*",
        default=[10, 60, 480],
        help=f"minutes for memory; none measures none; theirs only up to {THEIR_LONGEST}",
    )
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--compute", help="CTranslate2's compute type (int8, on cuda float16)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=8, help="windows decoded together")
    parser.add_argument("--beam", type=int, default=5)
    options = parser.parse_args(argv)
    options.compute = options.compute or ("float16" if options.device == "cuda" else "int8")
    if "ours" not in options.ways:
        options.ways.insert(0, "ours")
    return options


def _setup(options: argparse.Namespace, model: Path) -> Setup:
    return Setup(
        model, options.device, options.compute, options.threads, options.batch, options.beam
    )


def _model(name: str, folder: Path) -> Path:
    if name == "demo":
        return demo_folder() / "model"
    if name in SIZES:
        _tell(f"building {name} of random weights")
        return build(folder / name, SIZES[name], tokens_a_piece=TOKENS, stretches=STRETCHES)
    return Path(name)


def _speeds(options: argparse.Namespace, folder: Path) -> bool:
    """Measure each model and print the table; whether the mark is met by all."""
    recording = looped(folder / "call.mka", options.minutes)
    head = "| model | way | wall s | processor s | windows | decoded | tokens | word times |"
    rows = [f"{head} ours / it, wall | processor | wall a window |", "|---" * 11 + "|"]
    verdicts: list[tuple[str, bool]] = []
    for name in options.model:
        setup = _setup(options, _model(name, folder))
        costs = speed(setup, recording, options.ways, options.rounds)
        rows += [_row(Path(name).name, way, costs) for way in options.ways]
        verdicts.append(_verdict(Path(name).name, costs))
    print(f"\n{options.minutes:g} min of the call, medians of {options.rounds} rounds\n")
    print("\n".join([*rows, "", *(said for said, _ in verdicts)]), flush=True)
    return all(good for _, good in verdicts)


def _row(name: str, way: Way, costs: Mapping[Way, Sequence[Cost]]) -> str:
    own, work = costs[way], costs[way][-1].work
    wall, processor = median(one.wall for one in own), median(one.processor for one in own)
    over = ratio(costs, way)
    shown = " | ".join("" if way == "ours" else f"{one:.3f}" for one in over)
    counts = " | ".join(str(one) for one in work)
    return f"| {name} | {way} | {wall:.2f} | {processor:.2f} | {counts} | {shown} |"


def _verdict(name: str, costs: Mapping[Way, Sequence[Cost]]) -> tuple[str, bool]:
    other = decisive(costs)
    if other is None:
        return f"{name}: no way with as many windows was measured, so no mark", True
    wall = ratio(costs, other).wall
    good = wall <= MARK_SPEED
    return f"{name}: ours / {other} = {wall:.3f}, mark {MARK_SPEED}: {_met(good)}", good


def _memory_table(
    found: Mapping[tuple[Way, int], int], lengths: Sequence[int], chosen: Sequence[Way]
) -> bool:
    print("\npeak memory in MB\n")
    print("| way | " + " | ".join(f"{minutes} min" for minutes in lengths) + " |")
    print("|---" * (len(lengths) + 1) + "|")
    for way in chosen:
        cells = (str(found.get((way, minutes), "")) for minutes in lengths)
        print(f"| {way} | " + " | ".join(cells) + " |")
    growth = found["ours", max(lengths)] - found["ours", min(lengths)]
    good = growth <= MARK_MEMORY
    print(
        f"\nours: {max(lengths)} min take {growth} MB more than {min(lengths)} min, "
        f"mark {MARK_MEMORY}: {_met(good)}"
    )
    return good


def _machine(options: argparse.Namespace) -> str:
    """What a figure is worth nothing without."""
    libraries = ", ".join(f"{one} {version(one)}" for one in ("faster-whisper", "ctranslate2"))
    where = f"{options.device}, {options.compute}, {options.threads} threads of {os.cpu_count()}"
    if options.device == "cuda":
        where = f"{_card()}, {options.compute}"
    decoding = f"beam {options.beam}, {options.batch} windows together"
    return f"{where}; {decoding}; {libraries}; load {_load()}"


def _card() -> str:
    """The name of the graphics card."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return "a graphics card"
    asked = [tool, "--query-gpu=name", "--format=csv,noheader"]
    names = subprocess.run(asked, check=False, capture_output=True, text=True).stdout.splitlines()
    return names[0] if names else "a graphics card"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _met(good: bool) -> str:
    return "met" if good else "missed"


def _turned(chosen: Sequence[Way], number: int) -> list[Way]:
    """Each round begins with another way, and every other one goes backwards."""
    at = number // 2 % len(chosen)
    turned = [*chosen[at:], *chosen[:at]]
    return turned[::-1] if number % 2 else turned


def _tell(*said: str) -> None:
    print(*said, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
