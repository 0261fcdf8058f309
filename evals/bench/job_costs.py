"""The same work as a job and without one, timed: stage by stage, and from its file to its end."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from evals.bench.workplace import ME, Process, Workplace, intake
from pipeline import run as stages
from pipeline.jobs import states
from pipeline.jobs.attempt import Bench, attempt
from pipeline.jobs.worker import check_room
from pipeline.models.job import Progress, StageName
from pipeline.ports.jobs import Watch
from pipeline.service import jobs, meetings
from pipeline.service.house import House


class Pair(NamedTuple):
    """One round of both ways."""

    plain: "Staged"
    in_job: "Staged"


def stage_pairs(folder: Path, *, rounds: int, batch: float) -> list[Pair]:
    """The same call through the stages both ways, in alternating order."""
    pairs: list[Pair] = []
    with Workplace(folder) as place:
        house = place.hearing(batch=batch)
        place.finished("warm")
        for number in range(rounds):
            took: dict[str, Staged] = {}
            for way in sorted(("job", "plain"), reverse=bool(number % 2)):
                file, wanted = place.recording(f"{way}{number}"), intake(f"{way}{number}")
                if way == "plain":
                    took[way] = foreground(house, meetings.add(ME, house, file, wanted).uid)
                else:
                    made = jobs.submit(ME, house, file, wanted).meeting.uid
                    took[way] = attempted(house, made, Path(place.wish.home))
            pairs.append(Pair(took["plain"], took["job"]))
    return pairs


class Whole(NamedTuple):
    """Seconds of one round of a whole job, beside the same work in this process."""

    plain: float
    job: float
    """From handing in the file until the job has ended."""
    submit: float
    hear_wait: float
    """From submitted until a worker has begun."""
    understand_wait: float
    """From heard until a worker has begun the other part."""


def whole_jobs(folder: Path, *, rounds: int, heartbeat: float) -> list[Whole]:
    """A job from its file to its end in a waiting worker; hearing takes no time at all."""
    found: list[Whole] = []
    with Workplace(folder) as place:
        worker = place.start("worker", heartbeat=heartbeat)
        place.finished("warm")
        _through(place, worker, "warm job", 0.0)
        for number in range(rounds):
            began = time.monotonic()
            place.finished(f"plain{number}")
            plain = time.monotonic() - began
            found.append(_through(place, worker, f"job{number}", plain))
    return found


class Stopwatch:
    """Watches the stages of one part of a job, and passes on what it sees."""

    def __init__(self, inner: Watch) -> None:
        self.seconds: dict[StageName, float] = {}
        self.told: Counter[StageName] = Counter()
        self._inner = inner
        self._at = time.perf_counter()

    def __call__(self, progress: Progress) -> None:
        """The time that passing it on takes belongs to the stage that told."""
        self._inner(progress)
        self.told[progress.stage] += 1
        if progress.state in ("done", "cached"):
            at = time.perf_counter()
            self.seconds[progress.stage] = at - self._at
            self._at = at


class Staged(NamedTuple):
    """One way through all stages."""

    seconds: dict[StageName, float]
    told: Counter[StageName]


def foreground(house: House, meeting: str) -> Staged:
    """As `run` does it: nobody looks, nothing is written but the work."""
    hearing = Stopwatch(lambda progress: None)
    stages.hear(meeting, house.tools, hearing)
    understanding = Stopwatch(lambda progress: None)
    stages.understand(meeting, house.tools, understanding)
    return _joined(hearing, understanding)


def attempted(house: House, meeting: str, home: Path) -> Staged:
    """The same stages in attempts at a job, in this process."""
    bench = Bench(
        store=house.tools.store,
        worker="bench",
        check_room=lambda: check_room(home),
        keep_log=repr,
        tell=lambda job: None,
        refused=lambda error: None,
        stopped=lambda error: None,
    )
    seen: list[Stopwatch] = []

    def part(do: Callable[[Watch], object]) -> Callable[[Watch], object]:
        def watched(watch: Watch) -> object:
            seen.append(Stopwatch(watch))
            return do(seen[-1])

        return watched

    hear = part(lambda watch: stages.hear(meeting, house.tools, watch))
    understand = part(lambda watch: stages.understand(meeting, house.tools, watch))
    attempt(bench, meeting, 1, hear, then=states.handed_on)
    attempt(bench, meeting, 1, understand, then=states.succeeded)
    return _joined(*seen)


def _joined(hearing: Stopwatch, understanding: Stopwatch) -> Staged:
    return Staged({**hearing.seconds, **understanding.seconds}, hearing.told + understanding.told)


def _through(place: Workplace, worker: Process, name: str, plain: float) -> Whole:
    file = place.recording(name)
    began = time.monotonic()
    meeting = jobs.submit(ME, place.house, file, intake(name)).meeting.uid
    submitted = time.monotonic()

    def states_seen() -> list[tuple[str, float]]:
        seen = place.notes("running", "queued", "succeeded", label=worker.label)
        return [(one.what, one.at) for one in seen if one.of == meeting]

    place.until(lambda: any(state == "succeeded" for state, _ in states_seen()))
    (_, heard_from), (_, heard), (_, understood_from), (_, ended) = states_seen()
    return Whole(
        plain=plain,
        job=ended - began,
        submit=submitted - began,
        hear_wait=heard_from - submitted,
        understand_wait=understood_from - heard,
    )
