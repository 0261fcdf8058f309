"""What a worker does where the database refuses to write how a job stands."""

from contextlib import contextmanager
from typing import Any

import pytest

from pipeline.errors import DragomanError, StorageError
from pipeline.jobs import states
from pipeline.jobs.attempt import Bench, attempt
from pipeline.models.job import Job

AT = "2026-03-18T06:00:00.000Z"


class Refusing:
    """A store whose writes fail from one on, a number of times."""

    def __init__(self, code: str, *, good: int, bad: int) -> None:
        self.kept: Job = states.fresh("m", 1, AT)
        self.writes = 0
        self._code, self._good, self._bad = code, good, bad

    @contextmanager
    def transaction(self):
        yield None

    def job(self, meeting: str) -> Job:
        return self.kept

    def save_job(self, job: Job) -> None:
        self.writes += 1
        if self._good < self.writes <= self._good + self._bad:
            raise StorageError(self._code, path="x", reason="y")
        self.kept = job


def bench(store: Any, told: list[tuple[str, str]]) -> Bench:
    def tell(what: str):
        return lambda error: told.append((what, error.code))

    return Bench(
        store=store,
        worker="w",
        check_room=lambda: None,
        keep_log=repr,
        tell=lambda job: told.append(("job", job.state)),
        refused=tell("refused"),
        stopped=tell("stopped"),
        again=0.0,
    )


def done(job: Job, at: str) -> Job:
    return states.succeeded(job, at)


@pytest.mark.parametrize("code", ["disk_full", "database_busy", "database_failed"])
def test_what_passes_is_waited_for_and_told_once(code):
    store, told = Refusing(code, good=1, bad=3), []
    assert attempt(bench(store, told), "m", 1, lambda watch: None, then=done)
    assert told == [("job", "running"), ("refused", code), ("job", "succeeded")]


@pytest.mark.parametrize("code", ["database_corrupt", "newer_schema", "database_failed"])
@pytest.mark.parametrize("good", [0, 1])
def test_what_no_waiting_mends_is_given_up_and_said(code, good):
    store, told = Refusing(code, good=good, bad=10**6), []
    assert not attempt(bench(store, told), "m", 1, lambda watch: None, then=done)
    assert store.writes <= 10
    assert told[-2:] == [("refused", code), ("stopped", code)]
    assert store.kept.under_way, "nothing was written, so nothing is claimed"


def test_a_disk_that_stays_full_is_waited_for_longer_than_a_few_tries():
    store, told = Refusing("disk_full", good=1, bad=200), []
    assert attempt(bench(store, told), "m", 1, lambda watch: None, then=done)
    assert store.kept.state == "succeeded"


def test_a_failure_that_cannot_be_written_is_said_too():
    store, told = Refusing("database_corrupt", good=1, bad=10**6), []

    def work(watch: object) -> None:
        raise DragomanError("engine_unavailable")

    assert not attempt(bench(store, told), "m", 1, work, then=done)
    assert ("stopped", "database_corrupt") in told
