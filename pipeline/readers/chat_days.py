"""Stamps of messages -> when the first was sent, and the seconds from it to each of them."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.readers.chat_stamps import Stamp
from pipeline.readers.values import LONGEST_CHAT

_HALF_DAY = 43_200
_COMMON, _LEAP = 2001, 2000
"""Years that stand in for one that nobody wrote."""


class Times(NamedTuple):
    """When messages were sent."""

    date: str | None
    """ISO date and time of the first one with a day, "--06-15T15:02:11" where no year is told,
    "2026-06-15" where no time is; None where no message has a day."""
    starts: tuple[float | None, ...]
    """Seconds since then, or since the midnight before the first message where no day is known.
    None where a message has no time, or an earlier one than a message above it."""


def times(stamps: Sequence[Stamp | None]) -> Times:
    """The times of messages, in the order of the file.

    A message with a time alone is of the day of the one above it, or of the next day where its
    time is half a day earlier. Which of two numbers is the month is told by the whole file.
    """
    day_first = _day_first([one for one in stamps if one])
    years = {one.year for one in stamps if one and one.year}
    moments = list(_moments(stamps, day_first, years))
    first = next((one for one in moments if one is not None), None)
    if first is None:
        return Times(_day_alone(stamps, day_first, years), tuple(None for _ in stamps))
    dated = any(one is not None and one.dated for one in stamps)
    begun = first if dated else dt.datetime.combine(first.date(), dt.time())
    return Times(_iso(begun, told=bool(years)) if dated else None, tuple(_since(begun, moments)))


def _day_alone(stamps: Sequence[Stamp | None], day_first: bool, years: set[int]) -> str | None:
    """The first day that is named, where no message has a time."""
    days = (_date(one, day_first, min(years, default=_COMMON), None) for one in _dated(stamps))
    first = next((one for one in days if one), None)
    return _iso(first, told=bool(years)) if first else None


def _since(begun: dt.datetime, moments: Sequence[dt.datetime | None]) -> list[float | None]:
    latest = 0.0
    starts: list[float | None] = []
    for moment in moments:
        seconds = (moment - begun).total_seconds() if moment else -1.0
        kept = latest <= seconds <= LONGEST_CHAT
        starts.append(seconds if kept else None)
        latest = seconds if kept else latest
    return starts


def _iso(begun: dt.date, *, told: bool) -> str:
    return begun.isoformat() if told else f"-{begun.isoformat()[4:]}"


def _moments(
    stamps: Sequence[Stamp | None], day_first: bool, years: set[int]
) -> list[dt.datetime | None]:
    dated = any(one is not None and one.dated for one in stamps)
    leap = any({one.first, one.second} == {2, 29} for one in _dated(stamps))
    year = min(years, default=_LEAP if leap else _COMMON)
    day: dt.date | None = None if dated else dt.date(_COMMON, 1, 1)
    before: float | None = None
    found: list[dt.datetime | None] = []
    for stamp in stamps:
        if stamp is not None and stamp.dated:
            day, before = _date(stamp, day_first, year, day), None
            year = day.year if day else year
        seconds = stamp.seconds if stamp and not stamp.named else None
        if seconds is not None and before is not None and before - seconds > _HALF_DAY and day:
            day += dt.timedelta(days=1)
        before = seconds if seconds is not None else before
        found.append(_at(day, seconds))
    return found


def _dated(stamps: Sequence[Stamp | None]) -> list[Stamp]:
    return [one for one in stamps if one is not None and one.dated]


def _at(day: dt.date | None, seconds: float | None) -> dt.datetime | None:
    if day is None or seconds is None:
        return None
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds)


def _date(stamp: Stamp, day_first: bool, year: int, before: dt.date | None) -> dt.date | None:
    """The day of a stamp; without a year it is the one of the message above, or the next."""
    month, day = stamp.first or 1, stamp.second or 1
    if stamp.swaps and (day_first or month > 12):
        month, day = day, month
    try:
        found = dt.date(stamp.year or year, month, day)
        if stamp.year is None and before and (before - found).days > 180:
            found = found.replace(year=found.year + 1)
    except ValueError:
        return None
    return found


def _day_first(stamps: Sequence[Stamp]) -> bool:
    """Whether 5/6 is the fifth of June: a number above 12 tells; else what keeps days in order.

    Where both do, three numbers with the year last are written so by most, two numbers are not.
    """
    open_ones = [one for one in stamps if one.swaps]
    if any((one.first or 0) > 12 for one in open_ones):
        return True
    if any((one.second or 0) > 12 for one in open_ones) or not open_ones:
        return False
    if _in_order(open_ones, day_first=False) != _in_order(open_ones, day_first=True):
        return _in_order(open_ones, day_first=True)
    return open_ones[0].year is not None and not open_ones[0].form.endswith("h")


def _in_order(stamps: Sequence[Stamp], *, day_first: bool) -> bool:
    days = [
        (one.year or 0, *((one.second, one.first) if day_first else (one.first, one.second)))
        for one in stamps
    ]
    return days == sorted(days)
