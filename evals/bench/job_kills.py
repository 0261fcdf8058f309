"""How soon work goes on after kill -9 of whoever did it, and what is done again."""

import random
import time
from pathlib import Path
from typing import NamedTuple

from evals.bench.workplace import ME, Workplace, intake
from pipeline.service import jobs


class Recovery(NamedTuple):
    """One recording, two kills."""

    ordinary: float
    """Seconds from the start of a worker to its first batch."""
    same: float
    """The same of one that comes back after a kill, to the first new batch."""
    other: float
    """From a kill to the first new batch of a worker of another name, started at the kill."""
    again: tuple[int, int]
    """Batches that were begun before, after the one kill and after the other."""


def recovery(folder: Path, dice: random.Random, *, batch: float, heartbeat: float) -> Recovery:
    """Two workers of one name and one of another, each killed after a few batches."""
    with Workplace(folder) as place:
        _worked_before(place, heartbeat)
        jobs.submit(ME, place.house, place.recording("call"), intake("call"))
        starts = (("ordinary", "w1"), ("same", "w1"), ("other", "w2"))
        since: list[float] = []
        kill = 0.0
        for label, name in starts:
            worker = place.start(label, name=name, batch=batch, heartbeat=heartbeat)
            since.append(kill if label == "other" else worker.started)
            wanted = 1 if label == "other" else dice.randint(2, 4)
            place.until(lambda: len(place.notes("heard", label=label)) >= wanted)  # noqa: B023
            time.sleep(dice.random() * batch)
            kill = worker.kill()
        ordinary, same, other = (
            place.notes("heard", label=label)[0].at - of
            for (label, _), of in zip(starts, since, strict=True)
        )
        begun = [{one.of for one in place.notes("begun", label=label)} for label, _ in starts]
        again = (len(begun[0] & begun[1]), len((begun[0] | begun[1]) & begun[2]))
        return Recovery(ordinary, same, other, again)


def _worked_before(place: Workplace, heartbeat: float) -> None:
    """The very first worker of a data folder makes the queues: no ordinary start."""
    jobs.submit(ME, place.house, place.text("before"), intake("before"))
    worker = place.start("before", heartbeat=heartbeat)
    place.until(lambda: bool(place.notes("succeeded", label=worker.label)))
    worker.kill()
