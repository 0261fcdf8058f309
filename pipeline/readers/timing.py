"""Time columns of a table -> seconds of the call: clocks, numbers of any unit, days with a time."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.readers.clock import CLOCK, seconds
from pipeline.readers.dated import find_date

_NUMBER = re.compile(
    r"\s*(\d{1,15}(?:\.\d{1,20})?(?:e-?\d{1,3})?)\s*(ms|毫秒|s|secs?|秒)?\s*\Z", re.IGNORECASE
)
_CLOCK = re.compile(rf"\s*[\[(（]?\s*({CLOCK})")
_LONG_FRACTION = re.compile(r"(\.\d{3})\d+")
_RANGE = re.compile(r"\s*(?:-->|–|—|~|～|至|到|(?<=\d)\s*-\s*(?=\d))\s*")
_LONGEST = 100
_DAY = 86_400.0
_PAUSE = 300.0
"""Between two turns, at the median: more in seconds is no call, so it is thousandths of one."""


class Times:
    """The times of one table; what a bare number means is told by all of them together."""

    def __init__(self, cells: Sequence[str], unit: float | None = None) -> None:
        """Look at a column of times; `unit` is what the heading says, in seconds."""
        numbers = [
            float(found[1]) for cell in cells if (found := _NUMBER.match(cell)) and not found[2]
        ]
        self._unit = unit or _unit(numbers)
        moments = [moment for cell in cells[:50] if (moment := _moment(cell)) is not None]
        self._first = moments[0] if moments else None

    @property
    def date(self) -> str | None:
        """Day and time of the first cell, where cells hold days."""
        return self._first.isoformat() if self._first else None

    def seconds(self, cell: str) -> float | None:
        """Seconds of the call; None where the cell is no time."""
        number = _NUMBER.match(cell)
        if number:
            unit = (number[2] or "").lower()
            scale = 0.001 if unit in ("ms", "毫秒") else 1.0 if unit else self._unit
            return round(float(number[1]) * scale, 3)
        moment = _moment(cell)
        if moment is not None and self._first is not None:
            return round((moment - self._first).total_seconds(), 3)
        clock = _CLOCK.match(_LONG_FRACTION.sub(r"\1", cell))
        return seconds(clock[1]) if clock else None

    def span(self, cell: str) -> tuple[float | None, float | None]:
        """Begin and end where a cell holds both, as in `00:01 - 00:05`."""
        if len(cell) > _LONGEST:
            return None, None
        parts = [cell] if _moment(cell) else _RANGE.split(cell, maxsplit=1)
        if len(parts) == 2 and ":" in parts[1].replace("：", ":"):
            return self.seconds(parts[0]), self.seconds(parts[1])
        return self.seconds(cell), None


def _unit(numbers: Sequence[float]) -> float:
    """Seconds that a number stands for: parts of a day as Excel counts, thousandths, or seconds."""
    if not numbers:
        return 1.0
    if max(numbers) < 1 and any(one > 0 for one in numbers):
        return _DAY
    gaps = [later - earlier for earlier, later in pairwise(numbers) if later > earlier]
    whole = all(one.is_integer() for one in numbers)
    if whole and (max(numbers) > _DAY or (gaps and median(gaps) >= _PAUSE)):
        return 0.001
    return 1.0


def _moment(cell: str) -> dt.datetime | None:
    dated = find_date(cell)
    if dated is None or "T" not in dated.iso:
        return None
    return dt.datetime.fromisoformat(dated.iso)
