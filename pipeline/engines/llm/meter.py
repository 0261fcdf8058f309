"""What was asked, what it took, and whether there is money left."""

import threading
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.engines.llm.endpoint import Prices
from pipeline.models.answer import Usage

MILLION = 1_000_000


class Spent(NamedTuple):
    """What the questions of one call site took."""

    calls: int = 0
    """Requests that went out, tries included."""
    kept: int = 0
    """Questions answered from what was asked before: they cost nothing."""
    usage: Usage = Usage()
    seconds: float = 0.0


class Meter:
    """Counts by meeting and call site; safe to share among threads."""

    def __init__(self, *, prices: Prices | None = None, budget: float | None = None) -> None:
        self._prices = prices
        self._budget = budget
        self._lock = threading.Lock()
        self._spent: dict[tuple[str, str], Spent] = {}

    def asked(self, meeting: str, site: str, usage: Usage, seconds: float) -> None:
        """One request came to an end, whether or not its answer was of use."""
        with self._lock:
            so_far = self._spent.get((meeting, site), Spent())
            self._spent[meeting, site] = so_far._replace(
                calls=so_far.calls + 1,
                usage=so_far.usage.plus(usage),
                seconds=so_far.seconds + seconds,
            )

    def remembered(self, meeting: str, site: str) -> None:
        """A question was answered from what is kept."""
        with self._lock:
            so_far = self._spent.get((meeting, site), Spent())
            self._spent[meeting, site] = so_far._replace(kept=so_far.kept + 1)

    def sites(self, meeting: str) -> Mapping[str, Spent]:
        """What a meeting took, by call site."""
        with self._lock:
            return {site: one for (of, site), one in self._spent.items() if of == meeting}

    def total(self, meeting: str) -> Usage:
        """All tokens of a meeting."""
        total = Usage()
        for one in self.sites(meeting).values():
            total = total.plus(one.usage)
        return total

    def money(self, meeting: str) -> float | None:
        """What a meeting cost; None without prices."""
        return None if self._prices is None else cost(self.total(meeting), self._prices)

    def exhausted(self, meeting: str) -> bool:
        """Whether the budget of a meeting is used up."""
        spent = self.money(meeting)
        return self._budget is not None and spent is not None and spent >= self._budget


def cost(usage: Usage, prices: Prices) -> float:
    """What some tokens cost."""
    cached = prices.tokens_in if prices.tokens_cached is None else prices.tokens_cached
    fresh = max(0, usage.tokens_in - usage.tokens_cached)
    return (
        fresh * prices.tokens_in
        + usage.tokens_cached * cached
        + usage.tokens_out * prices.tokens_out
    ) / MILLION
