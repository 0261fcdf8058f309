"""A data folder with meetings in its queue, and real worker processes that may be killed."""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.job import Job
from pipeline.models.speech import AudioFacts
from pipeline.service import jobs, meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake

PROGRAM = Path(__file__).with_name("program.py")
ME = Actor(id="t", name="Tester", via="test")
_NAMES = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{26}\b|\b[0-9a-f]{64}\b")
"""uids, and the hashes that rest on them."""


class Running:
    """One worker process."""

    def __init__(self, env: dict[str, str], wish: dict[str, Any], log: Path) -> None:
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(PROGRAM), json.dumps(wish)], env=env, stdout=out, stderr=out
            )

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    def wait(self, seconds: float = 60) -> int:
        return self.process.wait(seconds)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Site:
    """A data folder, and what goes on in it."""

    def __init__(self, home: Path, house: House) -> None:
        self.home = home
        self.house = house
        self.store = house.tools.store
        self.workers: list[Running] = []

    def file(self, name: str) -> Path:
        """A recording that no other equals."""
        path = self.home.parent / f"{name}.wav"
        path.write_bytes(b"RIFF" + name.encode() + b"\0" * 2000)
        return path

    def submit(self, name: str = "call") -> str:
        """Queue a recording of a client of its own; the uid of its meeting."""
        call = bootstrap.demo_call("zh")
        project = call.project.with_(system=f"{call.project.system} {name}")
        intake = Intake(project=project, date=call.date, title=name)
        return jobs.submit(ME, self.house, self.file(name), intake).meeting.uid

    def start(self, **wish: Any) -> Running:
        log = self.home.parent / f"worker-{len(self.workers)}.log"
        env = {**os.environ, "DRAGOMAN_HOME": str(self.home), "DRAGOMAN_WORKER_HEARTBEAT": "0.4"}
        self.workers.append(Running(env, wish, log))
        return self.workers[-1]

    def finish(self, **wish: Any) -> Running:
        """A worker that runs until nothing is left."""
        worker = self.start(**wish)
        assert worker.wait() == 0, worker.said
        return worker

    def job(self, meeting: str) -> Job:
        found = self.store.job(meeting)
        assert found is not None
        return found

    def until(self, true: Callable[[], object], seconds: float = 40) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, [worker.said for worker in self.workers]
            time.sleep(0.02)

    def heard(self) -> Counter[str]:
        """How often each batch of each file was really heard."""
        log = self.home.parent / "heard.log"
        return Counter(log.read_text().splitlines() if log.exists() else ())

    def result(self, meeting: str) -> str:
        """All that came out of a meeting, with uids as numbers in their order."""
        view = meetings.view(ME, self.house, meeting)
        text = view.model_dump_json(exclude={"meeting", "project"}, indent=1)
        numbers: dict[str, str] = {}
        return _NAMES.sub(lambda uid: numbers.setdefault(uid[0], f"#{len(numbers)}"), text)

    def close(self) -> None:
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.kill()
        self.store.close()


def make_site(folder: Path) -> Site:
    home = folder / "home"
    built = bootstrap.house(bootstrap.settings(home=home))
    facts = AudioFacts(duration=206.458, channels=2, codec="pcm", container="wav")
    tools = built.tools._replace(probe=lambda path: facts)
    return Site(home, House(**{**vars(built), "tools": tools}))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = make_site(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What comes out of the call when nothing happens on the way."""
    site = make_site(tmp_path_factory.mktemp("undisturbed"))
    meeting = site.submit()
    site.finish()
    assert site.job(meeting).state == "succeeded", site.workers[0].said
    result = site.result(meeting)
    site.close()
    return result
