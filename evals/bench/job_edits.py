"""How fast people's edits are kept, alone and beside two jobs under way."""

import time
from pathlib import Path
from typing import NamedTuple

from evals.bench.workplace import BATCHES, ME, Workplace, intake
from pipeline import review as stage
from pipeline.models.minutes import Item
from pipeline.service import jobs, review
from pipeline.service.house import House


class Round(NamedTuple):
    """Seconds that each edit took."""

    alone: list[float]
    beside: list[float]
    """While one worker heard and another one understood."""
    both: bool
    """Whether both jobs were still under way when the last edit was made."""

    @property
    def ratio(self) -> float:
        """Edits a second beside jobs over alone, of as many as both made.

        The same number, since a longer history makes the next edit slower.
        """
        count = min(len(self.alone), len(self.beside))
        return sum(self.alone[:count]) / sum(self.beside[:count])


def edit_rounds(folder: Path, *, rounds: int, window: float, heartbeat: float) -> list[Round]:
    """Both ways in alternating order, each on a meeting that nobody edited before."""
    found: list[Round] = []
    folder.mkdir()
    for number in range(rounds):
        with Workplace(folder / str(number)) as place:
            mine = {name: place.finished(name) for name in ("warm", "alone", "beside")}
            _edited(place.house, mine["warm"], window / 5)
            alone: list[float] = []
            beside: list[float] = []
            both = False
            for way in sorted(("alone", "beside"), reverse=bool(number % 2)):
                if way == "alone":
                    alone = _edited(place.house, mine["alone"], window)
                else:
                    beside, both = _beside_jobs(place, mine["beside"], window, heartbeat)
            found.append(Round(alone, beside, both))
    return found


def _beside_jobs(
    place: Workplace, meeting: str, window: float, heartbeat: float
) -> tuple[list[float], bool]:
    """What edits took while both jobs ran, and whether they ran to the end."""
    long = window + 1
    wished = {"heartbeat": heartbeat, "batch": long * 1.5 / len(BATCHES), "spec": long / 4}
    workers = [place.start(f"{name}", name=name, **wished) for name in ("w1", "w2")]
    store = place.house.tools.store
    place.until(lambda: len(store.workers()) == len(workers))
    heard = jobs.submit(ME, place.house, place.recording("heard"), intake("heard")).meeting.uid
    read = jobs.submit(ME, place.house, place.text("read"), intake("read")).meeting.uid

    def both() -> bool:
        at = [
            job.stage if job and job.state == "running" else None
            for job in map(store.job, (heard, read))
        ]
        return at == ["transcribe", "cover"] or at == ["transcribe", "specify"]

    place.until(both)
    took = _edited(place.house, meeting, window)
    ran = both()
    for worker in workers:
        worker.kill()
    return took, ran


def _edited(house: House, meeting: str, seconds: float) -> list[float]:
    """Seconds that each edit of one item after the other took, as long as there is time."""
    minutes = house.tools.store.minutes(meeting)
    items = [item for _, item in minutes.items()] if minutes else []
    took: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        at = len(took) % len(items)
        edit = stage.propose(
            items[at], "set", field="text", after=f"{items[at].text[:40]}{len(took)}"
        )
        began = time.perf_counter()
        now = review.edit(ME, house, meeting, edit)
        took.append(time.perf_counter() - began)
        if isinstance(now, Item):
            items[at] = now
    return took
