"""A worker: a program that takes jobs from the queue until it is told to stop."""

import os
import platform
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dbos import DBOS

from pipeline import run as stages
from pipeline.errors import DragomanError, StorageError
from pipeline.jobs import states
from pipeline.jobs.attempt import Bench, attempt
from pipeline.jobs.flow import Part, Place, Work
from pipeline.jobs.identity import identity
from pipeline.jobs.library import Terms, launch
from pipeline.jobs.queue import DbosJobs
from pipeline.models.job import Job, Worker
from pipeline.ports.jobs import Ears, Watch
from pipeline.ports.tools import Tools
from pipeline.record import now

ROOM = 64 << 20
"""Bytes that must be free: enough to write down how everything stands."""
_FIRST_TIDY = 300.0
"""Seconds after the start: by then the clock of a machine that was off has been set."""
_TIDY_EVERY = 3600.0
"""Seconds."""
_POLL = 0.5
"""Seconds between two looks into a queue."""


def work(
    terms: Terms,
    tools: Tools,
    jobs: DbosJobs,
    ears: Ears,
    *,
    tools_now: Callable[[], Tools],
    tidy: Callable[[], object],
    stop: threading.Event,
    until_done: bool = False,
) -> None:
    """Take jobs until told to stop, or until there are none.

    When it returns because it was told to, steps may still be under way in their threads: they
    are fenced off, and the program is to end without waiting for them.

    Args:
        terms: How to work.
        tools: What the stages work with.
        jobs: The queue.
        ears: Who is told.
        tools_now: The tools for a meeting that is about to be understood: another model may have
            been set since the last one.
        tidy: Called now and then: what the house needs from time to time.
        stop: Set from outside to end.
        until_done: End when nothing is queued or running.

    Raises:
        InputError: a worker of this name runs already, or the name is none.
        StorageError: the data folder refuses.
    """
    with identity(terms.home, terms.name):
        rounds = _Rounds(terms, tools, jobs, ears, tidy)
        rounds.beat()
        hear = rounds.part("hear", partial(_hear, tools), then=states.handed_on)
        understand = rounds.part(
            "understand", partial(_understand, tools_now), then=states.succeeded
        )
        launch(terms, hear, understand, told=ears.library)
        ears.ready(terms.name)
        rounds.until(stop, until_done=until_done)
        if stop.is_set():
            rounds.bench.leaving.set()
            rounds.leave()
        else:
            DBOS.destroy(destroy_registry=True)
            rounds.leave()


def _hear(tools: Tools, meeting: str, watch: Watch) -> object:
    return stages.hear(meeting, tools, watch)


def _understand(tools_now: Callable[[], Tools], meeting: str, watch: Watch) -> object:
    return stages.understand(meeting, tools_now(), watch)


class _Rounds:
    """What a worker does beside its jobs: signs of life, taking over from the dead, tidying."""

    def __init__(
        self, terms: Terms, tools: Tools, jobs: DbosJobs, ears: Ears, tidy: Callable[[], object]
    ) -> None:
        self._terms = terms
        self._store = tools.store
        self._jobs = jobs
        self._ears = ears
        self._tidy = tidy
        self._started_at = now()
        self._last = time.time()
        self._tidy_at = time.monotonic() + _FIRST_TIDY
        self._tidying = threading.Thread(daemon=True)
        self._in_hand: set[str] = set()
        self.bench = Bench(
            store=tools.store,
            worker=terms.name,
            check_room=lambda: check_room(terms.home),
            keep_log=ears.bug,
            tell=ears.job,
            refused=ears.refused,
            stopped=ears.stopped,
        )

    def part(
        self,
        part: Part,
        do: Callable[[str, Watch], object],
        *,
        then: Callable[[Job, str], Job],
    ) -> Work:
        """What the library calls for one part of a job; while it runs, it is in hand."""

        def work(meeting: str, run: int) -> bool:
            place = Place(part, meeting, run)
            self._in_hand.add(place.workflow)
            try:
                return attempt(self.bench, meeting, run, partial(do, meeting), then=then)
            finally:
                self._in_hand.discard(place.workflow)

        return work

    def until(self, stop: threading.Event, *, until_done: bool) -> None:
        """Go round until told to stop, or nothing is left to do."""
        self._last = time.time()
        due = time.monotonic()  # at once: somebody may have stopped and left work behind
        while not stop.wait(max(0.0, min(_POLL, due - time.monotonic()))):
            if time.monotonic() >= due:
                due = time.monotonic() + self._terms.every
                self._guarded(self.round)
            if until_done and self._nothing_left():
                return

    def _nothing_left(self) -> bool:
        try:
            return not self._store.jobs(under_way=True)
        except StorageError:  # the rounds say so
            return False

    def round(self) -> None:
        """One sign of life, and a look after the others."""
        self.beat()
        slept = time.time() - self._last > 2 * self._terms.every + 1
        self._last = time.time()
        if slept:  # then the others slept too, as a closed laptop does: give them time to wake
            return
        self._jobs.recover()
        self._jobs.requeue_dropped(self._terms.name, frozenset(self._in_hand))
        self._jobs.settle()
        if time.monotonic() > self._tidy_at and not self._tidying.is_alive():
            self._tidy_at = time.monotonic() + _TIDY_EVERY
            self._tidying = threading.Thread(target=self._guarded, args=(self._put_in_order,))
            self._tidying.daemon = True
            self._tidying.start()

    def _put_in_order(self) -> None:
        """Takes as long as it takes, beside the signs of life."""
        self._jobs.forget_ended()
        self._tidy()

    def beat(self) -> None:
        """Say that this worker is alive."""
        self._store.save_worker(
            Worker(
                name=self._terms.name,
                host=platform.node(),
                pid=os.getpid(),
                started_at=self._started_at,
                seen_at=now(),
                every=self._terms.every,
            )
        )

    def leave(self) -> None:
        """Let go of what is under way, and say goodbye."""
        self._guarded(self._let_go)

    def _let_go(self) -> None:
        with self._store.transaction():
            for job in self._store.jobs(under_way=True):
                if job.state == "running" and job.worker == self._terms.name:
                    self._store.save_job(states.let_go(job, now()))
            self._store.forget_worker(self._terms.name)

    def _guarded(self, do: Callable[[], None]) -> None:
        """A database that refuses now may not do so later: a worker does not die of it."""
        try:
            do()
        except DragomanError as error:
            self._ears.refused(error)
        except Exception as error:
            self._ears.library(f"{type(error).__name__}, {self._ears.bug(error)}")


def check_room(home: Path) -> None:
    """Stop before the disk is so full that nothing can be written down any more.

    Raises:
        StorageError: too little is free.
    """
    free = shutil.disk_usage(home).free
    if free < ROOM:
        raise StorageError("disk_low", path=str(home), free=f"{free / 1e6:.0f}")
