"""Items worked out a little ahead: the same ones, errors in their place, and an end."""

import threading
import time
from collections.abc import Generator
from itertools import count, islice

import pytest

from pipeline.engines.speech.ahead import ahead

PATIENCE = 10.0


def idle() -> None:
    pass


def test_the_items_come_in_their_order():
    assert list(ahead((at for at in range(50)), room=3, stop=idle)) == list(range(50))


def test_items_are_worked_out_before_they_are_taken_but_no_more_than_fit():
    begun = [threading.Event() for _ in range(10)]

    def items() -> Generator[int]:
        for at, one in enumerate(begun):
            one.set()
            yield at

    coming = ahead(items(), room=3, stop=idle)
    assert next(coming) == 0
    assert begun[3].wait(PATIENCE)  # the first made room for one more
    assert not begun[4].wait(0.05)
    assert list(coming) == list(range(1, 10))


def test_an_error_comes_after_what_came_before_it():
    def items() -> Generator[int]:
        yield from (1, 2)
        raise OSError("torn")

    coming = ahead(items(), room=8, stop=idle)
    assert list(islice(coming, 2)) == [1, 2]
    with pytest.raises(OSError, match="torn"):
        next(coming)


def test_who_stops_taking_ends_the_work():
    stopped, closed, busy = (threading.Event() for _ in range(3))

    def items() -> Generator[int]:
        try:
            for at in count():
                if at == 5:  # long work, which looks whether it is still wanted
                    busy.set()
                    assert stopped.wait(PATIENCE)
                yield at
        finally:
            closed.set()

    coming = ahead(items(), room=8, stop=stopped.set)
    assert next(coming) == 0
    assert busy.wait(PATIENCE)
    begun = time.monotonic()
    coming.close()
    assert time.monotonic() - begun < PATIENCE / 2
    assert closed.is_set()
    assert not any(one.name.startswith("ahead") for one in threading.enumerate())
