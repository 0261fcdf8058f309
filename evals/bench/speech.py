"""Speed and memory of hearing, beside faster-whisper's own batched pipeline.

`python -m evals.bench.speech` builds a Whisper of random weights in a published size, so that no
download is needed; `--model FOLDER` takes real ones. Both sides get the same weights, beam, batch
size and length of pieces, and hear the bundled call, over and over, line by line.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import NamedTuple

import av
from faster_whisper import BatchedInferencePipeline, WhisperModel, decode_audio

from evals.bench.mute_model import SIZES, build
from pipeline.engines.speech.transcriber import WhisperTranscriber

MARK_SPEED = 1.05
"""Our time over theirs, median of the pairs."""
MARK_MEMORY = 150
"""Megabytes an hour may take beyond ten minutes."""
THREADS = 2
BATCH = 8
BEAM = 5


def looped(path: Path, minutes: float) -> Path:
    """The bundled Chinese call over and over: its packets are copied, not encoded again."""
    source_path = Path(str(files("pipeline.demo"))) / "zh" / "call.opus"
    with av.open(str(source_path)) as source, av.open(str(path), "w") as target:
        stream = source.streams.audio[0]
        out = target.add_stream_from_template(stream)
        packets = [bytes(packet) for packet in source.demux(stream) if packet.size]
        samples, base = stream.rate // 50, Fraction(1, stream.rate)  # 20 ms a packet
        for at in range(int(minutes * 60 * 50)):
            packet = av.Packet(packets[at % len(packets)])
            packet.stream, packet.time_base = out, base
            packet.pts = packet.dts = at * samples
            packet.duration = samples
            target.mux(packet)
    return path


def ours(model: Path, beam: int = BEAM) -> Callable[[Path], int]:
    """Our way, with its weights loaded; gives the number of segments."""
    transcriber = WhisperTranscriber(
        model=str(model),
        demo_model=model,
        device="cpu",
        threads=THREADS,
        batch_size=BATCH,
        beam_size=beam,
    )

    def hear(recording: Path) -> int:
        batches = transcriber.hear(recording, languages=["zh"], hotwords=[], done={})
        return sum(len(batch.segments) + len(batch.dropped) for batch in batches)

    return hear


def theirs(model: Path, beam: int = BEAM) -> Callable[[Path], int]:
    """faster-whisper's batched pipeline on each line."""
    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=THREADS)
    pipeline = BatchedInferencePipeline(whisper)

    def hear(recording: Path) -> int:
        count = 0
        for line in decode_audio(str(recording), split_stereo=True):
            segments, _ = pipeline.transcribe(
                line, language="zh", beam_size=beam, batch_size=BATCH, without_timestamps=False
            )
            count += len(list(segments))
        return count

    return hear


WAYS = {"ours": ours, "theirs": theirs}


class Ratio(NamedTuple):
    """Our time over theirs, the median of the pairs."""

    wall: float
    processor: float
    """What a busy machine disturbs less."""


def speed(model: Path, recording: Path, pairs: int) -> Ratio:
    """Hear a recording both ways, in alternating pairs."""
    hearing = {name: way(model) for name, way in WAYS.items()}
    for hear in hearing.values():
        hear(recording)  # the first run warms both
    ratios: list[Ratio] = []
    for pair in range(pairs):
        took: dict[str, tuple[float, float]] = {}
        for name in sorted(hearing, reverse=bool(pair % 2)):
            began, worked = time.perf_counter(), time.process_time()
            segments = hearing[name](recording)
            took[name] = (time.perf_counter() - began, time.process_time() - worked)
            wall, processor = took[name]
            print(
                f"  pair {pair + 1}, {name}: {wall:.2f} s, processor {processor:.2f} s, {segments} segments"
            )
        wall, processor = (took["ours"][at] / took["theirs"][at] for at in (0, 1))
        ratios.append(Ratio(wall, processor))
    return Ratio(median(one.wall for one in ratios), median(one.processor for one in ratios))


def peak(way: str, model: Path, recording: Path) -> int:
    """Megabytes at the peak of a process that hears one recording."""
    command = [sys.executable, "-m", "evals.bench.speech", "--hear", way]
    command += ["--model", str(model), "--recording", str(recording)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1])


def hear_once(way: str, model: Path, recording: Path) -> None:
    """Hear one recording and print the peak of this process's memory.

    Read from /proc: what `getrusage` says begins with the memory of the process that started us.
    """
    WAYS[way](model, 1)(recording)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (peak_line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    print(int(peak_line.split()[1]) // 1024)


def memory(model: Path, folder: Path) -> int:
    """Megabytes that an hour takes beyond ten minutes, our way."""
    short, long = looped(folder / "10.mka", 10), looped(folder / "60.mka", 60)
    peaks = {way: (peak(way, model, short), peak(way, model, long)) for way in WAYS}
    for way, (ten, sixty) in peaks.items():
        print(f"memory, {way}: {ten} MB for 10 min, {sixty} MB for 60 min")
    return peaks["ours"][1] - peaks["ours"][0]


def main() -> int:
    """Measure and print; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.speech", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="tiny")
    parser.add_argument("--model", type=Path, help="a folder with real weights")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--hear", choices=sorted(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--recording", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.hear:
        hear_once(given.hear, given.model, given.recording)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = given.model or build(folder / "model", SIZES[given.size])
        ratio = speed(model, looped(folder / "call.mka", given.minutes), given.pairs)
        print(f"speed: ours / theirs = {ratio.wall:.3f} (mark {MARK_SPEED})")
        print(f"processor time: ours / theirs = {ratio.processor:.3f}")
        if given.no_memory:
            return int(ratio.wall > MARK_SPEED)
        small = given.model or build(folder / "small", SIZES["test"])
        growth = memory(small, folder)
        print(f"memory: {growth} MB more for an hour than for ten minutes (mark {MARK_MEMORY})")
        return int(ratio.wall > MARK_SPEED or growth > MARK_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
