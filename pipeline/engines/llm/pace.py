"""How fast we may ask: requests and tokens per minute, for all threads of one endpoint."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

MINUTE = 60.0


class _Sent(NamedTuple):
    at: float
    tokens: int


class Pace:
    """Waits until another request fits into the last minute.

    Args:
        requests: Most requests in a minute; 0 means no limit.
        tokens: Most tokens in a minute, questions and answers together; 0 means no limit.
        clock: Seconds that only grow.
        sleep: Waits for some seconds.
    """

    def __init__(
        self,
        *,
        requests: int = 0,
        tokens: int = 0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._requests = requests
        self._tokens = tokens
        self._clock = clock
        self._sleep = sleep
        self._sent: deque[_Sent] = deque()
        self._lock = threading.Lock()
        self._held_until = 0.0

    def take(self, tokens: int) -> None:
        """Wait for room for one request of about so many tokens, and take it."""
        while (wait := self._try(tokens)) > 0:
            self._sleep(wait)

    def hold(self, seconds: float) -> None:
        """Nobody asks anything for so long: the endpoint said so to one of us."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock() + seconds)

    def _try(self, tokens: int) -> float:
        """Seconds to wait; 0 when the room is taken."""
        with self._lock:
            now = self._clock()
            while self._sent and self._sent[0].at <= now - MINUTE:
                self._sent.popleft()
            wait = max(self._held_until - now, self._until_room(now, tokens))
            if wait <= 0:
                self._sent.append(_Sent(now, tokens))
            return wait

    def _until_room(self, now: float, tokens: int) -> float:
        spent = sum(one.tokens for one in self._sent)
        full = self._requests and len(self._sent) >= self._requests
        # One question larger than the limit goes alone: it cannot be made to fit by waiting.
        dear = self._tokens and self._sent and spent + tokens > self._tokens
        return self._sent[0].at + MINUTE - now if full or dear else 0.0
