"""Numbers that a text mentions, with their units, in Chinese and English and in digits."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from pipeline.language.clocks import find_clocks
from pipeline.language.dates import find_dates
from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers_digits import CODE, read_digits
from pipeline.language.numbers_en import read_english
from pipeline.language.numbers_zh import read_chinese
from pipeline.language.numerals import EN_SCALES, ZH_SCALES
from pipeline.language.signs import signed

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEPT_WIDE = {ord(char) for char in "，、。！？；："}
_NARROW = {code: to for code, to in _FULL_WIDTH.items() if code not in _KEPT_WIDE}
_JOINT = re.compile(r"\s*(?:-|–|—|~|到|至|或者?|、|\bto\b|\bor\b)\s*")
_SCALE = re.compile(r"(?i)[百千万亿]|[kw](?![a-z])|hundred|thousand|million|billion")
_SCALES = ZH_SCALES | EN_SCALES | {"k": 1000, "w": 10**4}
_AMOUNTS = frozenset({"offset", "workdays"})
"""Dates that are amounts of time as well (三天内): they stay numbers."""


@lru_cache(maxsize=1024)
def find_numbers(text: str) -> tuple[NumberMention, ...]:
    """All numbers in order; a time of day is a number of hours.

    Dates (see dates), codes such as T0001, and words that only look like numbers (一起, 万一, 十分)
    are left out.
    """
    narrow = text.translate(_NARROW)
    taken = bytearray(len(text))
    for date in find_dates(text):
        if date.when.kind not in _AMOUNTS:
            taken[date.start : date.end] = b"\x01" * (date.end - date.start)
    for code in CODE.finditer(narrow):
        taken[code.start() : code.end()] = b"\x01" * len(code[0])
    found: list[NumberMention] = []
    for reader in (_read_clocks, read_chinese, read_digits, read_english):
        for (start, end), ends in groupby(reader(narrow), key=lambda one: (one.start, one.end)):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.extend(mention._replace(text=text[start:end]) for mention in ends)
    found = [_with_sign(narrow, text, mention, taken) for mention in found]
    return _share_units(text, sorted(found, key=lambda mention: mention.start))


def _with_sign(narrow: str, text: str, mention: NumberMention, taken: bytearray) -> NumberMention:
    found = signed(narrow, mention, taken)
    return found._replace(text=text[found.start : found.end])


def _read_clocks(text: str) -> Iterator[NumberMention]:
    for clock in find_clocks(text):
        span = text[clock.start : clock.end], clock.start, clock.end
        yield NumberMention(*span, clock.hours, clock.unit)


def _share_units(text: str, found: list[NumberMention]) -> tuple[NumberMention, ...]:
    """In a range, what is said once holds for both ends: 三到五万条, 60 to 80 hours."""
    for index in range(len(found) - 2, -1, -1):
        low, high = found[index], found[index + 1]
        if low.end > high.start or not _JOINT.fullmatch(text[low.end : high.start]):
            continue
        if low.unit is None:
            low = low._replace(unit=high.unit)
        scales = _SCALE.findall(high.text)
        if scales and not _SCALE.search(low.text) and abs(low.value) < abs(high.value):
            low = low._replace(value=low.value * _SCALES[scales[-1].lower()])
        found[index] = low
    return tuple(found)


__all__ = ["NumberMention", "find_numbers"]
