"""Times of the day: 八点半, 下午三点, 17:30, half past four. Values are hours since midnight."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.numerals import EN_UNITS, ZH_DIGIT, en_value, zh_values


class Clock(NamedTuple):
    """A time of day in a text; `hours` is 16.5 for half past four in the afternoon."""

    start: int
    end: int
    hours: Decimal
    unit: str


_HALF_DAYS = {"下午": 12, "午后": 12, "傍晚": 12, "晚上": 12, "今晚": 12, "晚": 12, "夜里": 12}
_PART = "(?P<part>凌晨|清晨|早上|今早|明早|早|上午|中午|下午|午后|傍晚|晚上|今晚|明晚|晚|夜里|半夜)"
_TENS = "(?:零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[0-5]\\d)"
_MINUTES = f"(?P<min>半|[一三]刻|{_TENS}分?|{ZH_DIGIT}分|钟|整)"
_ZH = re.compile(
    f"{_PART}?的?(?<![第\\d.])(?P<hour>\\d{{1,2}}|[零一两二三四五六七八九]|二?十[一二三四五六七八九]?)点"
    f"(?:{_MINUTES}|(?!{ZH_DIGIT}|\\d))"
)
_EN_HOUR = f"(?:\\d{{1,2}}|{'|'.join(EN_UNITS)}|ten|eleven|twelve)"
_AFTER = (
    r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?)|\s+o['’]?clock\b|\s+in\s+the\s+(?P<day>morning|afternoon|evening)\b)"
)
_EN = re.compile(
    r"(?i)(?<![\w.:$€£])(?P<hour>\d{1,2})[:：](?P<min>[0-5]\d)(?::[0-5]\d)?(?!\d)" + _AFTER + "?"
    + f"|\\b(?P<hour2>{_EN_HOUR})(?:[\\s-](?P<min2>fifteen|thirty|forty[- ]five))?{_AFTER.replace('half>', 'half2>').replace('day>', 'day2>')}"
    + f"|\\b(?P<hour3>{'|'.join(EN_UNITS)}|ten|eleven|twelve)\\s(?P<min3>thirty|fifteen|forty[- ]five)\\b(?!\\s+\\w+s\\b)"
    + f"|\\bhalf\\s+past\\s+(?P<past>{_EN_HOUR})\\b"
    + r"|\b(?:at|by|before|after|until|till|of)\s+(?P<word>noon|midnight)\b"
)  # fmt: skip


def find_clocks(text: str) -> Iterator[Clock]:
    """Times of day in order of language, not of place; 一点 alone is "a little", not a time."""
    for match in _ZH.finditer(text):
        if match["hour"] == "一" and not (match["part"] or match["min"]):
            continue
        yield from _chinese(match)
    for match in _EN.finditer(text):
        yield from _english(match)


def _chinese(match: re.Match[str]) -> Iterator[Clock]:
    hours = _zh_number(match["hour"]) + _zh_minutes(match["min"] or "")
    if match["part"] in _HALF_DAYS and hours < 12:
        hours += 12
    if hours <= 24:
        yield Clock(match.start("hour"), match.end(), hours, "点")


def _zh_minutes(text: str) -> Decimal:
    if text.endswith("刻"):
        return Decimal("0.25") * _zh_number(text[0])
    if text in ("", "钟", "整"):
        return Decimal(0)
    return Decimal("0.5") if text == "半" else _sixtieth(_zh_number(text.removesuffix("分")))


def _zh_number(text: str) -> Decimal:
    if text.isdigit():
        return Decimal(text)
    values = zh_values(text.removeprefix("零") or text)
    return values[0] if len(values) == 1 else Decimal(0)


def _english(match: re.Match[str]) -> Iterator[Clock]:
    said = match.groupdict()
    if said["word"]:
        hours = Decimal(12 if said["word"].casefold() == "noon" else 24)
        yield Clock(match.start("word"), match.end(), hours, "o'clock")
        return
    hour = said["hour"] or said["hour2"] or said["hour3"] or said["past"] or "0"
    minute = said["min"] or said["min2"] or said["min3"] or ("30" if said["past"] else "0")
    hours = _en_number(hour) + _sixtieth(_en_number(minute))
    half, day = said["half"] or said["half2"] or "", said["day"] or said["day2"] or ""
    late = half[:1].casefold() == "p" or day.casefold() in ("afternoon", "evening")
    if hours <= 24:
        yield Clock(match.start(), match.end(), hours + (12 if late and hours < 12 else 0), "o'clock")


def _en_number(text: str) -> Decimal:
    return Decimal(text) if text.isdigit() else en_value(text)


def _sixtieth(minutes: Decimal) -> Decimal:
    return round(minutes / 60, 4)
