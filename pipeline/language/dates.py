"""Dates and times of day that a text mentions, and the day a due date falls on."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.language import dates_en, dates_zh
from pipeline.language.when import Rule, When, resolve

_RULES: tuple[Rule, ...] = (*dates_zh.RULES, *dates_en.RULES)
_HEDGE = re.compile(
    r"(?i)\b(?:maybe|perhaps|some\s?time|possibly|hopefully|probably|or so|ish|after that)\b"
    r"|差不多|左右|前后|可能|大概|也许|再说"
)
"""Words that take the date back as soon as it is said."""


class DateMention(NamedTuple):
    """A date in a text: `text` is what was said, between `start` and `end`."""

    text: str
    start: int
    end: int
    when: When


@lru_cache(maxsize=1024)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """All mentions in order; none overlaps another. Earlier rules win over later ones."""
    found: list[DateMention] = []
    taken = bytearray(len(text))
    lower = text.lower()
    for rule in _RULES:
        if not any(piece in lower for piece in rule.needs):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            when = rule.means(match.groupdict())
            if when is not None:
                found.append(DateMention(match[0], start, end, when))
                taken[start:end] = b"\x01" * (end - start)
    return tuple(sorted(found, key=lambda mention: mention.start))


def resolve_due(verbatim: str, on: dt.date | None) -> dt.date | None:
    """The day a promise falls due, seen from the day it was made.

    A week alone means its Friday, a month's or year's end its last day, a bare weekday the next
    one. Words without a day (尽快, ASAP, "next week maybe") and days gone by give None, and so
    does a meeting without a date.
    """
    if on is None or _HEDGE.search(verbatim):
        return None
    whens = _merge([mention.when for mention in find_dates(verbatim)])
    if any(when.kind == "vague" for when in whens):
        return None
    days = [day for when in whens if (day := _safely(when, on)) is not None and day >= on]
    return max(days, default=None)


def _merge(whens: list[When]) -> list[When]:
    """A weekday beside a week is a day of that week; an hour beside a day adds nothing."""
    week = next((when.shift for when in whens if when.kind == "week"), None)
    if week is not None and any(when.kind == "weekday" for when in whens):
        whens = [
            when._replace(shift=week) if when.kind == "weekday" and when.shift is None else when
            for when in whens
            if when.kind != "week"
        ]
    dated = [when for when in whens if when.kind != "daypart"]
    return dated or whens


def _safely(when: When, on: dt.date) -> dt.date | None:
    try:
        return resolve(when, on)
    except (OverflowError, ValueError):  # before year 1 or after year 9999
        return None
