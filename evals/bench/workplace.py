"""Where jobs are measured: a data folder, and worker processes whose ears follow a script.

Everything but the ears and the waiting is the real house: its SQLite file, its queue, its rules.
All times are of one clock that every process of the machine shares.
"""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import bootstrap
from pipeline.demo.calls import demo_folder
from pipeline.jobs.queue import DbosJobs
from pipeline.models.actor import Actor
from pipeline.models.draft import DraftSpec
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.models.transcript import Transcript
from pipeline.ports.engines import Specifier
from pipeline.ports.jobs import Ears
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.settings import Settings
from pipeline.stores.database import SqlStore

ME = Actor(id="bench", name="Bench", via="test")
_TURNS = json.loads((demo_folder() / "zh" / "call.json").read_text(encoding="utf-8"))["turns"]
_OF_A_BATCH = 4
"""Turns of one line that are heard together; a real batch is eight pieces of it."""
SOUND = float(_TURNS[-1]["end"])
"""Seconds of the bundled call."""
_PATIENCE = 120.0


def _batches() -> tuple[HeardBatch, ...]:
    lines: tuple[list[HeardSegment], list[HeardSegment]] = ([], [])
    for turn in _TURNS:
        channel = 0 if turn["speaker"] == _TURNS[0]["speaker"] else 1
        lines[channel].append(
            HeardSegment(
                start=turn["start"],
                end=turn["end"],
                text=turn["text"],
                channel=channel,
                language="zh",
            )
        )
    made = [
        HeardBatch(
            key=f"{channel}:{at}",
            channel=channel,
            start=said[0].start,
            end=said[-1].end,
            segments=tuple(said),
        )
        for channel, line in enumerate(lines)
        for at in range(0, len(line), _OF_A_BATCH)
        if (said := line[at : at + _OF_A_BATCH])
    ]
    return tuple(sorted(made, key=lambda one: one.end))


BATCHES = _batches()


class Wish(NamedTuple):
    """What a process is to be; a worker gets it as JSON."""

    home: str
    label: str = ""
    """Of the process, in what is noted."""
    name: str = "w1"
    """Of the worker: two processes may have it one after the other."""
    heartbeat: float = 2.0
    batch: float = 0.0
    """Seconds that hearing a batch takes."""
    spec: float = 0.0
    """Seconds that a spec takes beyond what the rules need."""


class Note(NamedTuple):
    """Something that happened in some process."""

    at: float
    label: str
    what: str
    """begun or heard, of a batch; else the state that a job came to."""
    of: str
    """Name of the recording's content and key of the batch; else the uid of the meeting."""


class Script:
    """Hears the bundled call, and notes what it really hears."""

    name, model, our_channel = "script", "none", 0

    def __init__(self, wish: Wish) -> None:
        self.settings: Mapping[str, Any] = {}
        self._wish = wish

    def probe(self, path: Path) -> AudioFacts:
        """The same of every file."""
        del path
        return AudioFacts(duration=SOUND, channels=2, codec="pcm", container="wav")

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        """Every batch, in the time that was wished for."""
        del languages, hotwords
        for batch in BATCHES:
            if batch.key in done:
                yield done[batch.key]
                continue
            note(self._wish, "begun", f"{path.name[:12]}/{batch.key}")
            time.sleep(self._wish.batch)
            note(self._wish, "heard", f"{path.name[:12]}/{batch.key}")
            yield batch


class Waiting:
    """The rules, waiting before each spec as one waits for a language model."""

    def __init__(self, rules: Specifier, seconds: float) -> None:
        self.name, self.model, self.prompt = rules.name, rules.model, rules.prompt
        self.at_once, self.settings = rules.at_once, rules.settings
        self._rules, self._seconds = rules, seconds

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        """What the rules make of it."""
        time.sleep(self._seconds)
        return self._rules.specify(ask, minutes, transcript, project)


class Process:
    """A worker in a process of its own."""

    def __init__(self, wish: Wish) -> None:
        self.label = wish.label
        self.started = time.monotonic()
        command = [sys.executable, "-m", "evals.bench.jobs", "--work", json.dumps(wish._asdict())]
        with (Path(wish.home).parent / "workers.log").open("ab") as out:
            self._process = subprocess.Popen(command, stdout=out, stderr=out)

    def kill(self) -> float:
        """As a power cut would end it; when that was."""
        at = time.monotonic()
        self._process.kill()
        self._process.wait()
        return at


class Workplace:
    """One data folder, the house of this process in it, and the workers started there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.wish = Wish(home=str(folder / "home"))
        self.house = _house(self.wish)
        self._folder = folder
        self._workers: list[Process] = []

    def __enter__(self) -> "Workplace":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
        if isinstance(jobs := self.house.jobs(), DbosJobs):
            jobs.close()
        if isinstance(store := self.house.tools.store, SqlStore):
            store.close()

    def hearing(self, *, batch: float) -> House:
        """The house of this process, with ears that take their time."""
        script = Script(self.wish._replace(batch=batch))
        tools = self.house.tools._replace(transcriber=lambda: script)
        return dataclasses.replace(self.house, tools=tools)

    def recording(self, name: str) -> Path:
        """A recording that no other equals."""
        path = self._folder / f"{name}.wav"
        path.write_bytes(b"RIFF" + name.encode() + b"\0" * 2000)
        return path

    def text(self, name: str) -> Path:
        """The turns of the call as somebody else's transcript, which is only read."""
        path = self._folder / f"{name}.txt"
        turns = "".join(f"{turn['speaker']}：{turn['text']}\n" for turn in _TURNS)
        path.write_text(turns, encoding="utf-8")
        return path

    def finished(self, name: str) -> str:
        """A meeting that was heard and understood in this process; its uid."""
        made = meetings.add(ME, self.house, self.recording(name), intake(name)).uid
        meetings.process(ME, self.house, made, lambda progress: None)
        return made

    def start(self, label: str, **wished: Any) -> Process:
        """Another worker process."""
        self._workers.append(Process(self.wish._replace(label=label, **wished)))
        return self._workers[-1]

    def notes(self, *what: str, label: str | None = None) -> list[Note]:
        """What was noted so far."""
        log = Path(self.wish.home).parent / "notes.log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        noted = [Note(float(at), *rest) for at, *rest in (line.split(" ") for line in lines)]
        return [one for one in noted if one.what in what and (label is None or one.label == label)]

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for it.

        Raises:
            TimeoutError: it does not happen; says what the workers printed.
        """
        end = time.monotonic() + _PATIENCE
        while not true():
            if time.monotonic() > end:
                raise TimeoutError((self._folder / "workers.log").read_text(encoding="utf-8"))
            time.sleep(0.01)


def intake(name: str) -> Intake:
    """The bundled call, as a project of its own."""
    call = bootstrap.demo_call("zh")
    project = call.project.with_(system=f"{call.project.system} {name}")
    return Intake(project=project, date=call.date, title=name)


def note(wish: Wish, what: str, of: str) -> None:
    """Write down that something happened now."""
    with (Path(wish.home).parent / "notes.log").open("a", encoding="utf-8") as log:
        log.write(f"{time.monotonic():.6f} {wish.label or '-'} {what} {of}\n")


def work(given: str) -> None:
    """Be a worker until killed."""
    wish = Wish(**json.loads(given))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    ears = Ears(
        job=lambda job: note(wish, job.state, job.meeting),
        ready=lambda name: None,
        stopped=lambda error: None,
        refused=lambda error: print("refused", error.code, flush=True),
        library=lambda line: print("library", line, flush=True),
        bug=_told,
    )
    bootstrap.work(_house(wish), _settings(wish), ears, name=wish.name, stop=stop, until_done=False)
    os._exit(0)


def _told(error: BaseException) -> str:
    print("bug", repr(error), flush=True)
    return "workers.log"


def _settings(wish: Wish) -> Settings:
    return bootstrap.settings(
        home=Path(wish.home),
        database_url="",
        worker_heartbeat=wish.heartbeat,
        speech_at_once=1,
        words_at_once=1,
    )


def _house(wish: Wish) -> House:
    built = bootstrap.house(_settings(wish))
    script = Script(wish)
    tools = built.tools._replace(
        transcriber=lambda: script,
        probe=script.probe,
        specifier=Waiting(built.tools.specifier, wish.spec),
    )
    return dataclasses.replace(built, tools=tools)
