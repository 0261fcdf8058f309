"""Times of the day: 八点半, 下午三点, 17:30, half past four, six in the evening."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.numerals import EN_UNITS, ZH_DIGIT, en_value, zh_values


class Clock(NamedTuple):
    """A time of day in a text. `hours` count from midnight: half past four p.m. is 16.5."""

    start: int
    end: int
    hours: Decimal
    unit: str


_LATE = frozenset(
    {"下午", "午后", "傍晚", "晚上", "今晚", "明晚", "晚", "夜里", "afternoon", "evening"}
)
_ZH_PART = (
    "(?P<part>凌晨|清晨|早上|今早|明早|早|上午|中午|下午|午后|傍晚|晚上|今晚|明晚|晚|夜里|半夜)"
)
_ZH_HOUR = r"(?P<hour>\d{1,2}|[零一两二三四五六七八九]|二?十[一二三四五六七八九]?)"
_ZH_MINUTES = (
    r"(?P<minutes>半|[一三]刻|(?:零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[0-5]\d)分?"
    f"|{ZH_DIGIT}分|钟|整)"
)
_ANY = re.compile(
    r"(?i)点|[:：]\d\d|[ap]\.?m\b|clock|midnight|\bpast\b|in the|thirty|fifteen|forty"
)
_CHINESE = re.compile(
    f"(?:{_ZH_PART}的?)?(?<![第\\d.]){_ZH_HOUR}点(?:{_ZH_MINUTES}|(?!{ZH_DIGIT}|\\d))"
)
_EN_HOUR = f"(?P<hour>\\d{{1,2}}|{'|'.join(EN_UNITS)}|ten|eleven|twelve)"
_EN_MINUTES = r"(?P<minutes>fifteen|thirty|forty[- ]five)"
_EN_PART = r"(?:\s*(?P<half>[ap]\.?m\b\.?)|\s+o['’]?clock\b|(?=\s+in\s+the\s+(?P<part>morning|afternoon|evening)\b))"
_ENGLISH = (
    re.compile(
        rf"(?i)(?<![A-Za-z0-9_.:$€£])(?P<hour>\d{{1,2}})[:：](?P<minutes>[0-5]\d)(?::[0-5]\d)?(?!\d){_EN_PART}?"
    ),
    re.compile(rf"(?i)(?<![A-Za-z0-9_-]){_EN_HOUR}(?:[\s-]{_EN_MINUTES})?{_EN_PART}"),
    re.compile(rf"(?i)\bhalf\s+past\s+{_EN_HOUR}\b"),
    re.compile(
        rf"(?i)(?<![A-Za-z0-9_-])(?P<hour>{'|'.join(EN_UNITS)}|ten|eleven|twelve)\s{_EN_MINUTES}\b(?!\s+\w+s\b)"
    ),
)
_MIDNIGHT = re.compile(r"(?i)\bmidnight\b")


def find_clocks(text: str) -> Iterator[Clock]:
    """Times of day, not in order. 一点 alone is "a little", not a time."""
    if not _ANY.search(text):
        return
    for match in _CHINESE.finditer(text):
        if match["hour"] != "一" or match["part"] or match["minutes"]:
            hours = _zh_number(match["hour"]) + _zh_minutes(match["minutes"] or "")
            yield from _clock(match, hours, "点")
    for pattern in _ENGLISH:
        for match in pattern.finditer(text):
            hours = _en_number(match["hour"]) + _en_minutes(match)
            yield from _clock(match, hours, "o'clock")
    for match in _MIDNIGHT.finditer(text):
        yield Clock(*match.span(), Decimal(24), "o'clock")


def _clock(match: re.Match[str], hours: Decimal, unit: str) -> Iterator[Clock]:
    said = match.groupdict()
    part = (said.get("part") or "").lower()
    late = part in _LATE or (said.get("half") or "").lower().startswith("p")
    if hours <= 24:
        start = match.start("hour") if unit == "点" else match.start()
        yield Clock(start, match.end(), hours + (12 if late and hours < 12 else 0), unit)


def _zh_minutes(text: str) -> Decimal:
    if text.endswith("刻"):
        return Decimal("0.25") * _zh_number(text[0])
    if text in ("", "钟", "整"):
        return Decimal(0)
    return Decimal("0.5") if text == "半" else _sixtieths(_zh_number(text.removesuffix("分")))


def _zh_number(text: str) -> Decimal:
    if text.isdigit():
        return Decimal(text)
    values = zh_values(text.removeprefix("零") or text)
    return values[0] if len(values) == 1 else Decimal(0)


def _en_minutes(match: re.Match[str]) -> Decimal:
    said = match.groupdict().get("minutes")
    if match[0].lower().startswith("half"):
        return Decimal("0.5")
    return _sixtieths(_en_number(said)) if said else Decimal(0)


def _en_number(text: str) -> Decimal:
    return Decimal(text) if text.isdigit() else en_value(text)


def _sixtieths(minutes: Decimal) -> Decimal:
    return round(minutes / 60, 4)
