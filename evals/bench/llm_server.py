"""An endpoint in a process of its own that answers after a stated time and counts what it is asked."""

import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from evals.bench.asked import shown
from evals.bench.llm_answers import answer, step_of
from evals.bench.scripted import Body, Reply, said, serving
from pipeline.engines.llm.tokens import estimate


class Seen(NamedTuple):
    """What an endpoint was asked, from one look to the next."""

    calls: Counter[str]
    """By the step of the way."""
    tokens_in: Counter[str]
    tokens_out: Counter[str]
    largest: int
    """Tokens of the longest question."""
    at_once: int
    """Most requests under way at a time."""
    busy: float
    """Seconds in which at least one request was under way."""
    late: float
    """Seconds by which all answers together came later than they should."""


class Counting:
    """Answers each question `delay` seconds after it came, and keeps count."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._lock = threading.Lock()
        self._under_way = 0
        self._since = 0.0
        self.look()

    def look(self) -> Seen:
        """What was asked since the last look."""
        with self._lock:
            before = getattr(self, "_seen", None)
            self._seen = Seen(Counter(), Counter(), Counter(), 0, 0, 0.0, 0.0)
            return before or self._seen

    def __call__(self, body: Body) -> Reply:
        """One answer; what it took to think of it is part of the delay."""
        began = time.monotonic()
        self._count(1, began)
        asked = shown(body)
        step = step_of(asked)
        made = said(answer(body), tokens_in=estimate(asked.text))
        text = made.body["choices"][0]["message"]["content"]
        usage = made.body["usage"]
        usage["completion_tokens"] = estimate(text)
        with self._lock:
            seen = self._seen
            seen.calls[step] += 1
            seen.tokens_in[step] += usage["prompt_tokens"]
            seen.tokens_out[step] += usage["completion_tokens"]
            self._seen = seen._replace(largest=max(seen.largest, usage["prompt_tokens"]))
        time.sleep(max(0.0, self._delay - (time.monotonic() - began)))
        self._count(-1, time.monotonic())
        with self._lock:
            late = self._seen.late + time.monotonic() - began - self._delay
            self._seen = self._seen._replace(late=late)
        return made

    def _count(self, step: int, now: float) -> None:
        with self._lock:
            if self._under_way:
                self._seen = self._seen._replace(busy=self._seen.busy + now - self._since)
            self._since = now
            self._under_way += step
            self._seen = self._seen._replace(at_once=max(self._seen.at_once, self._under_way))


class Far(NamedTuple):
    """The endpoint as seen from here."""

    url: str
    line: Connection

    def look(self) -> Seen:
        """What it was asked since the last look."""
        self.line.send("look")
        seen: Seen = self.line.recv()
        return seen


@contextmanager
def apart(delay: float) -> Iterator[Far]:
    """The endpoint, in a process of its own for as long as the block lasts."""
    start = multiprocessing.get_context("spawn")
    ours, theirs = start.Pipe()
    process = start.Process(target=_serve, args=(delay, theirs), daemon=True)
    process.start()
    try:
        yield Far(ours.recv(), ours)
    finally:
        ours.send("stop")
        process.join()


def _serve(delay: float, line: Connection) -> None:
    with serving() as scripted:
        scripted.otherwise = counting = Counting(delay)
        line.send(scripted.url)
        while line.recv() == "look":
            scripted.asked.clear()
            line.send(counting.look())
