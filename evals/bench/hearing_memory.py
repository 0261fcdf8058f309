"""The most memory that hearing a recording takes, our way and faster-whisper's.

Our way is the whole product: the recording is taken in, and every batch goes into the SQLite file
of a data folder of its own. Each recording is heard in a process of its own.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from evals.bench.hearing import Setup, Way, ways
from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.service import meetings
from pipeline.service.intake import Intake

TOLD = "heard"
"""Begins the line in which a process says what it found."""
TELL = 600.0
"""Seconds of the recording after which a process says how far it is."""
ME = Actor(id="bench", name="Bench", via="test")


class Heard(NamedTuple):
    """What hearing a recording took."""

    megabytes: int
    """At the peak."""
    seconds: float
    """Of the recording up to the end of the last batch; 0 for the ways of faster-whisper."""
    segments: int
    """In the transcript, with those that were left out."""


def peak(
    way: Way, setup: Setup, recording: Path, told: Callable[[str], None] = lambda line: None
) -> Heard:
    """Hear a recording in a process of its own.

    Args:
        way: How.
        setup: The weights and options.
        recording: The file.
        told: Called with each line of how far it is.
    """
    wish = json.dumps([way, recording, setup], default=str)
    command = [sys.executable, "-m", "evals.bench.hearing_memory", wish]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = ""
        for line in process.stdout or ():
            said = line
            told(line.strip())
    if process.returncode or not said.startswith(TOLD):
        raise subprocess.CalledProcessError(process.returncode, command, said)
    megabytes, seconds, segments = said.split()[1:]
    return Heard(int(megabytes), float(seconds), int(segments))


def _hear(way: Way, recording: Path, setup: Setup) -> None:
    """Hear one recording and print the peak of this process's memory.

    Read from /proc: what `getrusage` says begins with the memory of the process that started us.
    """
    if way == "ours":
        seconds, segments = _product(recording, setup)
    else:
        segments = ways(setup, recording)[way]()(recording)
        seconds = 0.0
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (peak_line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    print(TOLD, int(peak_line.split()[1]) // 1024, f"{seconds:.1f}", segments)


def _product(recording: Path, setup: Setup) -> tuple[float, int]:
    """Seconds done and segments stored, of a recording heard the whole way into the store."""
    settings = bootstrap.settings(
        home=recording.with_suffix(".home"),
        database_url="",
        speech_model=str(setup.model),
        speech_device=setup.device,
        speech_compute=setup.compute,
        speech_threads=setup.threads,
        speech_batch=setup.batch,
    )
    house = bootstrap.house(settings)
    project = bootstrap.demo_call("zh").project
    made = meetings.add(ME, house, recording, Intake(project=project, languages=("zh",)))
    done = 0.0

    def watch(progress: Progress) -> None:
        nonlocal done
        if progress.done // TELL > done // TELL:
            print(f"{progress.done / 60:.0f} min heard", flush=True)
        done = max(done, progress.done)

    transcript = meetings.transcribe(ME, house, made.uid, watch)
    return done, len(transcript.segments) + len(transcript.dropped)


if __name__ == "__main__":
    asked, file, (folder, *options) = json.loads(sys.argv[1])
    _hear(asked, Path(file), Setup(Path(folder), *options))
