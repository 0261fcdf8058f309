"""Numbers in English words: twenty thousand rows, a dozen, two and a half hours, half a day."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.language.number_mention import NumberMention
from pipeline.language.numerals import (
    EN_NUMERAL,
    EN_ORDINAL,
    EN_ORDINALS,
    EN_SCALES,
    EN_TEENS,
    EN_TENS,
    EN_UNITS,
    en_value,
)
from pipeline.language.units import EN_UNIT, unit_name

_WORDS = frozenset(
    {*EN_UNITS, *EN_TEENS, *EN_TENS, *EN_SCALES, *EN_ORDINALS}
    | {"zero", "nought", "dozen", "half", "twice"}
)
"""Words of which one must occur; most texts have none."""
_DIGIT = f"(?:zero|oh|{'|'.join(EN_UNITS)})"
_POINT = f"(?P<point>(?:\\s+point(?:\\s+{_DIGIT})+))"
_UNIT = f"(?:[\\s-](?P<unit>{EN_UNIT}))?"
_NUMBER = re.compile(
    rf"(?i)(?<![\w-])(?P<number>{EN_NUMERAL}|zero|nought)\b{_POINT}?(?P<dozen>\s+dozen\b)?"
    rf"(?P<half>\s+and\s+a\s+half\b)?(?:-odd|-something|\s+or\s+so)?{_UNIT}"
)
_DOZEN = re.compile(rf"(?i)\b(?P<half>half\s+)?a\s+dozen\b{_UNIT}")
_HALF = re.compile(
    rf"(?i)\bhalf\s+an?\s+(?P<scale>hundred|thousand|million)\b(?:\s(?P<unit3>{EN_UNIT}))?"
    rf"|\b(?:an?|one)\s+(?P<unit2>{EN_UNIT})\s+and\s+a\s+half\b"
    rf"|(?<!and\sa\s)\bhalf\b(?:[\s-](?:an?\s+)?(?P<unit>{EN_UNIT}))?"
)
_NTH = re.compile(rf"(?i)(?<![\w-])(?P<number>{EN_ORDINAL})\b")
_SECOND_OF_TIME = re.compile(r"(?i)(?:\b(?:per|every|each|half|split)|\d)[\s-]$")
_A_SECOND = re.compile(r"(?i)\b(?:an?|one|this)[\s-]$")
_RANGE = re.compile(rf"(?i)\s?(?:to|or|-|–)\s?(?:{EN_NUMERAL}|\d)")
_TWICE = re.compile(r"(?i)\btwice\b")


def read_english(text: str) -> Iterator[NumberMention]:
    """Every number in English words. "one" alone is a pronoun: it needs a unit or a range."""
    if _WORDS.isdisjoint(re.findall("[a-z]+", text.lower())):
        return
    for match in _DOZEN.finditer(text):
        yield _mention(match, Decimal(6 if match["half"] else 12), match["unit"])
    for match in _HALF.finditer(text):
        yield _half(match)
    for match in _NUMBER.finditer(text):
        if match["number"].lower() == "one" and not _counts(text, match):
            continue
        if match["number"].lower() in ("zero", "nought") and not match["point"]:
            continue
        yield _mention(match, _value(match), match["unit"])
    for match in _NTH.finditer(text):
        if match["number"].lower() == "second" and _time(text, match):
            continue
        yield _mention(match, en_value(match["number"]), None, ordinal=True)
    for match in _TWICE.finditer(text):
        yield _mention(match, Decimal(2), "times")


def _value(match: re.Match[str]) -> Decimal:
    value = en_value(match["number"])
    if match["point"]:
        words = match["point"].lower().split()[1:]
        value = Decimal(f"{value}.{''.join(str(EN_UNITS.get(word, 0)) for word in words)}")
    value *= 12 if match["dozen"] else 1
    return value + (Decimal("0.5") if match["half"] else 0)


def _counts(text: str, match: re.Match[str]) -> bool:
    said_more = match["unit"] or match["point"] or match["half"] or match["dozen"]
    return bool(said_more or _RANGE.match(text, match.end()))


def _time(text: str, match: re.Match[str]) -> bool:
    """Whether "second" is a stretch of time: "per second", "a second." but not "a second line"."""
    before, after = text[: match.start()], text[match.end() :]
    if _SECOND_OF_TIME.search(before):
        return True
    return bool(_A_SECOND.search(before)) and re.match(r"\s+[a-z]", after) is None


def _half(match: re.Match[str]) -> NumberMention:
    if match["unit2"]:
        return _mention(match, Decimal("1.5"), match["unit2"])
    scale = en_value(match["scale"]) if match["scale"] else 1
    return _mention(match, Decimal("0.5") * scale, match["unit"] or match["unit3"])


def _mention(
    match: re.Match[str], value: Decimal, unit: str | None, *, ordinal: bool = False
) -> NumberMention:
    name = unit_name(unit) if unit else None
    return NumberMention(match[0], match.start(), match.end(), value, name, ordinal)
