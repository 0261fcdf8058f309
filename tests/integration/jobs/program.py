"""A worker in a process of its own, hearing a script, that can be made to die anywhere.

Everything but the ears is the real house. What it is to do comes as JSON in the first argument:

    name        the worker's name
    die         a point, such as "batch:3", "before:extract", "after:cover", "end": killed there
    batch       seconds that hearing a batch takes
    slow        seconds that the specifier takes for each ask
    until_done  end when nothing is left
    full_at     from this batch on no file may grow any more, as on a full disk
    code        what the digest of our code is to be, as if a newer version ran
    library     what release the job library is to take itself for
"""

import dataclasses
import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from dbos._utils import GlobalParams

from pipeline import bootstrap
from pipeline.demo.calls import demo_folder
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.ports.jobs import Ears

TURNS = json.loads((demo_folder() / "zh" / "call.json").read_text("utf-8"))["turns"]
FACTS = AudioFacts(duration=TURNS[-1]["end"], channels=2, codec="pcm", container="wav")


class Fate:
    """Kills this very process at a point, as the power would."""

    def __init__(self, wanted: str | None, full_at: str | None) -> None:
        self.wanted, self.full_at = wanted, full_at

    def passes(self, point: str) -> None:
        if point == self.wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        if point == self.full_at:
            let_nothing_grow()


class Script:
    """Hears the bundled call, a batch a turn, and writes down what it really heard."""

    name, model, our_channel = "script", "none", 0

    def __init__(self, log: Path, seconds: float, fate: Fate) -> None:
        self.settings: dict[str, Any] = {}
        self.log, self.seconds, self.fate = log, seconds, fate

    def probe(self, path: Path) -> AudioFacts:
        return FACTS

    def hear(self, path, *, languages, hotwords, done):
        for place, turn in enumerate(TURNS):
            key = f"{place}"
            if key in done:
                yield done[key]
                continue
            self.fate.passes(f"batch:{place}")
            time.sleep(self.seconds)
            with self.log.open("a") as log:
                log.write(f"{path.name[:12]} {place}\n")
            channel = 0 if turn["speaker"] == TURNS[0]["speaker"] else 1
            said = HeardSegment(
                start=turn["start"],
                end=turn["end"],
                text=turn["text"],
                channel=channel,
                language="zh",
            )
            yield HeardBatch(
                key=key, channel=channel, start=said.start, end=said.end, segments=(said,)
            )


class Watched:
    """The store, with a fate at every record and every save of a job."""

    def __init__(self, store: Any, fate: Fate) -> None:
        self.store, self.fate = store, fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def save_record(self, record: Any) -> None:
        self.fate.passes(f"before:{record.key.stage}")
        self.store.save_record(record)
        self.fate.passes(f"after:{record.key.stage}")

    def save_minutes(self, minutes: Any) -> None:
        self.store.save_minutes(minutes)
        self.fate.passes("after:minutes")


class Slow:
    """The specifier, taking its time."""

    def __init__(self, inner: Any, seconds: float) -> None:
        self.inner, self.seconds = inner, seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def specify(self, *args: Any) -> Any:
        time.sleep(self.seconds)
        return self.inner.specify(*args)


def dressed(house: Any, wish: dict[str, Any], log: Path) -> Any:
    """The house with scripted ears and a fate."""
    fate = Fate(wish.get("die"), wish.get("full_at"))
    script = Script(log, wish.get("batch", 0.0), fate)
    tools = house.tools._replace(
        store=Watched(house.tools.store, fate),
        transcriber=lambda: script,
        probe=script.probe,
        specifier=Slow(house.tools.specifier, wish.get("slow", 0.0)),
        code=wish.get("code", house.tools.code),
    )
    return dataclasses.replace(house, tools=tools)


def let_nothing_grow() -> None:
    """Not one page of the database more can be written, as when a disk is full."""
    home = bootstrap.settings().home
    largest = max(file.stat().st_size for file in home.glob("dragoman.db*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 4_000, resource.RLIM_INFINITY))


def main() -> None:
    wish = json.loads(sys.argv[1])
    chosen = bootstrap.settings()
    house = dressed(bootstrap.house(chosen), wish, chosen.home.parent / "heard.log")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if "library" in wish:
        GlobalParams.dbos_version = wish["library"]
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    ears = Ears(
        job=lambda job: print("job", job.state, job.meeting, job.attempt, flush=True),
        ready=lambda name: print("ready", name, flush=True),
        stopped=lambda error: print("stopped", error.code, flush=True),
        refused=lambda error: print("refused", error.code, flush=True),
        library=lambda line: print("library", line, flush=True),
        bug=lambda error: print("bug", repr(error), flush=True) or "log",
    )
    print("up", flush=True)
    bootstrap.work(
        house,
        chosen,
        ears,
        name=wish.get("name", "w1"),
        stop=stop,
        until_done=wish.get("until_done", True),
    )
    print("down", flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
