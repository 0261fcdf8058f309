"""Items -> the same items, worked out in a thread of their own, a little ahead of who takes them."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Generator[Item], *, room: int, stop: Callable[[], None]) -> Iterator[Item]:
    """Each item in order; an error comes where it would have come.

    Args:
        items: Gives no None.
        room: Items that may wait to be taken.
        stop: Called when nobody takes any more; the item that is worked on is waited for.
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        coming = deque(thread.submit(next, items, None) for _ in range(room))
        try:
            while (item := coming.popleft().result()) is not None:
                coming.append(thread.submit(next, items, None))
                yield item
        finally:
            stop()
            thread.shutdown(cancel_futures=True)
            items.close()
