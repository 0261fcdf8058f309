"""Numbers written in digits, in either language: 50,000, 5万, $1.5 million, 3.5%, 24小时."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.language.number_mention import NumberMention
from pipeline.language.numerals import ARABIC, EN_SCALES, ZH_SCALES, arabic_value
from pipeline.language.units import EN_UNIT, ZH_UNIT, unit_name

CODE = re.compile(
    r"(?<![A-Za-z0-9])(?!(?:RMB|USD|EUR|CNY|GBP|HKD)\d)[A-Za-z]+[-_]?\d[A-Za-z0-9]*(?:[-_.]\w+)*"
    r"|(?<![\w.])[vV]?\d+(?:\.\d+){2,}(?![\w.])"
)
"""Names that contain digits, such as A3, T0001, v12 and 3.2.1: no numbers."""

_CURRENCY = r"(?:(?P<currency>[$€£¥￥]|(?:RMB|USD|EUR|CNY|GBP|HKD)(?![A-Za-z]))\s?)?"
_SCALE = r"(?:\s?[百千万亿]|[kKwW](?![A-Za-z])|\s(?i:hundred|thousand|million|billion|dozen)\b)"
_GAP = r"(?:个?[多来几余]|-odd|\+)?"
_ANY = re.compile(r"\d")
_NUMBER = re.compile(
    rf"(?P<nth>第\s?)?(?<![A-Za-z0-9_])(?<!\d[.,]){_CURRENCY}(?P<number>(?>{ARABIC}))"
    rf"(?P<scale>{_SCALE})?{_GAP}(?P<scale2>[万亿])?(?P<half>个半(?![天年夜]))?"
    rf"(?(currency)|(?:(?P<unit>\s?{ZH_UNIT}|[\s-]?(?i:{EN_UNIT})|\s?%)(?P<tail>半(?![天年夜个]))?)?)(?![A-Za-z0-9_])"
)
_NTH = re.compile(r"(?i)(?<![\w.,])(?P<number>\d+)(?:st|nd|rd|th)\b")
_SCALES = ZH_SCALES | EN_SCALES | {"k": 1000, "w": 10**4, "dozen": 12}
_HALF = Decimal("0.5")


def read_digits(text: str) -> Iterator[NumberMention]:
    """Every number that begins with a digit, a currency or 第."""
    if not _ANY.search(text):
        return
    for match in _NUMBER.finditer(text):
        value = arabic_value(match["number"])
        for name in ("scale", "scale2"):
            value *= _SCALES[(match[name] or "").strip().casefold()] if match[name] else 1
        value += _HALF if match["half"] or match["tail"] else 0
        unit, end = _unit(match)
        yield NumberMention(
            text[match.start() : end], match.start(), end, value, unit, bool(match["nth"])
        )
    for match in _NTH.finditer(text):
        value = arabic_value(match["number"])
        yield NumberMention(match[0], match.start(), match.end(), value, ordinal=True)


def _unit(match: re.Match[str]) -> tuple[str | None, int]:
    """The unit and where the mention ends; a lone letter after a blank is no unit."""
    said = match["unit"] or ""
    if len(said) == 2 and said[0] in " -" and said[1].isascii() and said[1].isalpha():
        return None, match.start("unit")
    if match["currency"]:
        return unit_name(match["currency"]), match.end()
    return unit_name(said), match.end()
