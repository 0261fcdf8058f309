"""Numbers in Chinese characters: 五千条, 两个半小时, 三四百, 百分之三, 八成, 半年, 一半."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.language.number_mention import NumberMention
from pipeline.language.numerals import (
    ARABIC,
    ZH_DIGITS,
    ZH_NUMERAL,
    ZH_SCALES,
    arabic_value,
    zh_values,
)
from pipeline.language.units import ZH_UNIT, unit_name

_ANY = re.compile(f"[{''.join((*ZH_DIGITS, *ZH_SCALES))}半]")
_NUMBER = re.compile(
    rf"(?<![几数])(?P<nth>第)?(?P<number>{ZH_NUMERAL})(?:个?[多来几余])?(?P<scale>[万亿]?)多?"
    rf"(?P<half>个半(?![天年夜]))?(?:(?P<unit>\s?{ZH_UNIT})(?P<tail>半(?![天年夜个]))?)?"
)
_HALF = re.compile(
    "(?<![一个点年天周倍])半个?(?P<unit>年|月|天|小时|钟头|分钟|秒|周|星期|礼拜|个|盒|瓶|箱|包|袋"
    "|米|公斤|斤|页|倍|张)(?!夜)|一半"
)
_SHARE = re.compile(f"(?P<of>百|千|万|{ZH_NUMERAL})分之(?P<number>{ARABIC}|{ZH_NUMERAL}|百)|百分百")
_TENTHS = re.compile(
    "(?P<number>[一二两三四五六七八九])成(?![功本员立为交都绩果品长型熟份套不语千])"
)
_LIST = re.compile(r"\s*(?:到|至|、|或|~|～|-|—)\s*[一二两三四五六七八九十\d]")
_AFTER_LIST = re.compile(r"[一二两三四五六七八九十\d]\s*(?:到|至|、|或|~|～|-|—)\s*$")
_WORD_BEFORE_ONE = frozenset("统唯单逐专之同")
_NOT_COUNTED = re.compile(
    "零下|一(?:下|点|样|时|度|次性|回事|家人|把手|步步|号位|单(?!子)一)|十分(?!钟)|三天两头|[一二三四五六七八九]几年"
)
"""Words that only look like a number and its unit."""


def read_chinese(text: str) -> Iterator[NumberMention]:
    """Every number written in Chinese characters; shares first, since they hold others."""
    if not _ANY.search(text):
        return
    yield from _shares(text)
    for match in _NUMBER.finditer(text):
        yield from _counted(text, match)
    for match in _HALF.finditer(text):
        unit = match["unit"]
        name = unit_name("个月" if unit == "月" else unit) if unit else None
        yield NumberMention(match[0], match.start(), match.end(), Decimal("0.5"), name)


def _shares(text: str) -> Iterator[NumberMention]:
    for match in _SHARE.finditer(text):
        if match["number"] is None or match["number"] == "百":
            values: tuple[Decimal, ...] = (Decimal(100),)
        else:
            values = _any_values(match["number"])
        whole = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(
            match["of"] or "百"
        )
        for value in values:
            yield from _share(match, value, whole or (zh_values(match["of"]) or (Decimal(0),))[0])
    for match in _TENTHS.finditer(text):
        for value in zh_values(match["number"]):
            yield NumberMention(match[0], match.start(), match.end(), value * 10, "%")


def _share(match: re.Match[str], part: Decimal, whole: Decimal) -> Iterator[NumberMention]:
    span = match[0], match.start(), match.end()
    if match["of"] in (None, "百"):
        yield NumberMention(*span, part, "%")
    elif whole:
        yield NumberMention(*span, round(part / whole, 6))


def _any_values(text: str) -> tuple[Decimal, ...]:
    return (arabic_value(text),) if text[0].isdigit() else zh_values(text)


def _counted(text: str, match: re.Match[str]) -> Iterator[NumberMention]:
    start, number = match.start(), match["number"]
    if number[0] == "一" and text[start - 1 : start] in _WORD_BEFORE_ONE and len(number) > 1:
        number, start = number[1:], start + 1
    unit = unit_name(match["unit"]) if match["unit"] else None
    if not match["nth"] and not _counts(text, match, number):
        return
    scale = ZH_SCALES.get(match["scale"], 1)
    half = Decimal("0.5") if match["half"] or match["tail"] else Decimal(0)
    for value in zh_values(number):
        whole = value * scale + half
        span = text[start : match.end()], start, match.end()
        yield NumberMention(*span, whole, unit, bool(match["nth"]))


def _counts(text: str, match: re.Match[str], number: str) -> bool:
    """Whether the characters count something here, rather than being part of a word."""
    start = match.start()
    if _NOT_COUNTED.match(text, start) or (number == "一" and text[start - 1 : start] == "万"):
        return False
    if match["unit"] or match["half"] or "点" in number:
        return True
    if all(char in ZH_DIGITS for char in number) and len(number) < 3:
        before = text[max(0, start - 4) : start]
        return bool(_LIST.match(text, match.end()) or _AFTER_LIST.search(before))
    return number != "十"
