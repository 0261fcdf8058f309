"""Days as exports write them above a transcript -> ISO: "2026年6月15日 下午 3:02", "Jun 15, 2026"."""

import datetime as dt
import re
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_WEEKDAY = r"(?:[\s,，(（]*(?:星期|周|礼拜)[一二三四五六日天][)）]?|[\s,]*(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?)?"
_DAY_BEFORE = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?:(?:[\s,，T|]|\bat\b)*(?P<half>上午|下午|晚上|中午|凌晨|am\b|pm\b)?\s*"
    r"(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?\s*(?P<after>am\b|pm\b)?"
    r"(?:\s*(?:utc|gmt|cst|[a-z]{3,4}t)\b(?:\s*[+-]\d{1,2}(?::?\d{2})?)?|Z\b)?"
    r"(?:\s*[-–—~至到]\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*(?:am|pm)\b)?)?)?"
)
_FORMS = tuple(
    re.compile(rf"(?i)(?<!\d)(?<!\d[/.-]){form}")
    for form in (
        rf"(?P<year>\d{{4}})\s*[年/.-]\s*(?P<month>\d{{1,2}})\s*[月/.-]\s*(?P<day>\d{{1,2}})(?!\d)\s*日?{_WEEKDAY}{_TIME}",
        rf"{_DAY_BEFORE}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_WEEKDAY}{_TIME}",
        rf"{_DAY_BEFORE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}}){_WEEKDAY}{_TIME}",
        r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})[_T-](?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?!\d)",
    )
)
_BEFORE_NOON = frozenset({"上午", "凌晨", "am"})


class Dated(NamedTuple):
    """A day in a line, and perhaps the time of day."""

    iso: str
    start: int
    end: int


def find_date(text: str) -> Dated | None:
    """The first day that exists in a line of text; what a day of six digits means nobody knows."""
    found = [one for form in _FORMS if (one := _first(form, text)) is not None]
    return min(found, key=lambda one: (one.start, -one.end)) if found else None


def _first(form: re.Pattern[str], text: str) -> Dated | None:
    for match in form.finditer(text[:400]):
        iso = _iso(match.groupdict())
        if iso is not None:
            return Dated(iso, match.start(), match.end())
    return None


def _iso(parts: dict[str, str | None]) -> str | None:
    month = (parts["month"] or "").casefold()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month)
    try:
        day = dt.date(int(parts["year"] or 0), number, int(parts["day"] or 0))
        time = _time(parts)
    except ValueError:
        return None
    return f"{day.isoformat()}T{time.isoformat()}" if time else day.isoformat()


def _time(parts: dict[str, str | None]) -> dt.time | None:
    if parts["hour"] is None:
        return None
    hour = int(parts["hour"])
    half = (parts.get("half") or parts.get("after") or "").casefold()
    if half in _BEFORE_NOON:
        hour %= 12
    elif half and (hour < 12 and not (half == "中午" and hour >= 11)):
        hour += 12
    return dt.time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))
