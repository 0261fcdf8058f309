"""What a mention of a date means, and which day that is seen from another day."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

WhenKind = Literal[
    "day", "daypart", "offset", "workdays", "weekday", "week", "weekend", "date",
    "month", "month_mid", "month_end", "quarter", "quarter_end", "year", "year_end", "vague",
]  # fmt: skip

FRIDAY = 4


class When(NamedTuple):
    """A date as it was said. `shift` counts days, weeks, months, quarters or years from now.

    day        shift days from today              明天, tomorrow
    daypart    some hour of a day                 下午, this evening
    offset     shift days, from an amount         三天内, in two weeks
    workdays   shift working days                 三个工作日内
    weekday    of the week `shift`, or the next   下周三 (shift 1), Friday (shift None)
    week       week `shift`                       下周, next week
    date       day, with month or year if said    12月31号, the 15th
               in month `shift`, or in year `shift` when a month was said  下个月5号, 明年3月5号
    month_end  of `month` or of month `shift`     六月底, end of next month
    vague      said to be a time, no day          回头, ASAP
    """

    kind: WhenKind
    shift: int | None = None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None


Said = Mapping[str, str | None]
"""The named groups of a pattern, as they were matched."""


class Rule(NamedTuple):
    """A way to say dates, and what a match means; None when it is no date after all."""

    pattern: re.Pattern[str]
    means: Callable[[Said], When | None]
    needs: tuple[str, ...]
    """Lower-case pieces of which one must occur: most rules need not be tried on most texts."""


def rule(needs: str, pattern: str, means: Callable[[Said], When | None]) -> Rule:
    """A rule from what it needs, separated by bars, and the text of its pattern."""
    return Rule(re.compile(pattern), means, tuple(needs.split("|")))


def calendar_day(shift: int | None, year: int | None, month: int | None, day: int) -> When | None:
    """A day of the month, unless no calendar has it."""
    if not 1 <= day <= 31 or (month is not None and not 1 <= month <= 12):
        return None
    return When("date", shift, year=year, month=month, day=day)


def resolve(when: When, on: dt.date) -> dt.date | None:
    """The last day that fits, seen from `on`; None when the words name no single day."""
    if when.kind in ("day", "daypart", "offset", "workdays"):
        return _from_today(when, on)
    if when.kind in ("weekday", "week", "weekend"):
        return _in_week(when, on)
    if when.kind == "date":
        return _on_date(when, on)
    if when.kind in ("month_mid", "month_end"):
        return _in_month(when, on)
    if when.kind in ("quarter_end", "year_end"):
        return _at_end(when, on)
    return None


def _from_today(when: When, on: dt.date) -> dt.date | None:
    shift = when.shift or 0
    if when.kind == "daypart":
        return on
    if abs(shift) > 3660:
        return None
    if when.kind != "workdays":
        return on + dt.timedelta(days=shift)
    day = on
    while shift > 0:
        day += dt.timedelta(days=1)
        shift -= day.weekday() <= FRIDAY
    return day


def _in_week(when: When, on: dt.date) -> dt.date:
    monday = on - dt.timedelta(days=on.weekday())
    if when.kind == "weekday" and when.shift is None:
        ahead = ((when.weekday or 0) - on.weekday() - 1) % 7 + 1
        return on + dt.timedelta(days=ahead)
    weekday = {"week": FRIDAY, "weekend": 6}.get(when.kind, when.weekday or 0)
    return monday + dt.timedelta(weeks=when.shift or 0, days=weekday)


def _on_date(when: When, on: dt.date) -> dt.date | None:
    if when.day is None:
        return None
    if when.year is not None:
        return _day(when.year, when.month or 1, when.day) if when.month else None
    if when.shift is not None and when.month is not None:
        return _day(on.year + when.shift, when.month, when.day)
    if when.shift is not None:
        year, month = _month(on, when.shift)
        return _day(year, month, when.day)
    if when.month is not None:
        years = range(on.year, on.year + 5)
        candidates = [_day(year, when.month, when.day) for year in years]
    else:
        months = [_month(on, shift) for shift in range(12)]
        candidates = [_day(year, month, when.day) for year, month in months]
    return next((day for day in candidates if day and day >= on), None)


def _in_month(when: When, on: dt.date) -> dt.date | None:
    if when.month is None:
        year, month = _month(on, when.shift or 0)
    else:
        month = when.month
        year = when.year or on.year + (when.shift or 0)
    day = 15 if when.kind == "month_mid" else calendar.monthrange(year, month)[1]
    found = dt.date(year, month, day)
    if found >= on or when.month is None or when.year or when.shift is not None:
        return found
    return _in_month(when._replace(year=year + 1), on)


def _at_end(when: When, on: dt.date) -> dt.date:
    if when.kind == "year_end":
        return dt.date(when.year or on.year + (when.shift or 0), 12, 31)
    quarter = (on.month - 1) // 3 + (when.shift or 0)
    if when.month is not None:
        quarter = when.month // 3 - 1
        quarter += 4 if quarter < (on.month - 1) // 3 else 0
    year, month = on.year + quarter // 4, quarter % 4 * 3 + 3
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _month(on: dt.date, shift: int) -> tuple[int, int]:
    months = on.year * 12 + on.month - 1 + shift
    return months // 12, months % 12 + 1


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
