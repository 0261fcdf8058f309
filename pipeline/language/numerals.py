"""The value of one numeral, written in digits, in Chinese or in English words."""

import re
from decimal import Decimal

ZH_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4,
             "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}  # fmt: skip
ZH_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_MOST_DIGITS = 40
"""A longer row of digits is noise of a recording, and no number."""
_MYRIADS = frozenset("万萬亿億")

_D = "".join(ZH_DIGITS)
ZH_DIGIT = f"[{_D}]"
ZH_NUMERAL = f"[{_D}十百千万萬亿億]+(?:点{ZH_DIGIT}+(?![十刻分]))?"
ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"

EN_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
            "eight": 8, "nine": 9}  # fmt: skip
EN_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
            "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
           "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
EN_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
               "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
               "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
               "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
               "thirtieth": 30}  # fmt: skip


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SMALL = f"(?:(?:{_any(EN_TENS)})(?:[\\s-](?:{_any(EN_UNITS)}))?|{_any(EN_TEENS)}|{_any(EN_UNITS)})"
_GROUP = f"(?:(?:{_SMALL}|an?)[\\s-]+hundred(?:[\\s-]+(?:and[\\s-]+)?{_SMALL})?|{_SMALL})"
_BIG = f"(?:(?:{_GROUP}|an?)[\\s-]+(?:thousand|million|billion))"
EN_NUMERAL = (
    f"(?:{_BIG}(?:,?[\\s-]+(?:and[\\s-]+)?{_BIG})*(?:,?[\\s-]+(?:and[\\s-]+)?{_GROUP})?|{_GROUP})"
)
EN_ORDINAL = f"(?:(?:{_any(EN_TENS)})[\\s-])?(?:{_any(EN_ORDINALS)})"
_EN_VALUES = EN_UNITS | EN_TEENS | EN_TENS


def arabic_value(text: str) -> Decimal:
    """The value of digits with optional thousands commas and a decimal point."""
    return Decimal(text.replace(",", ""))


def zh_values(text: str) -> tuple[Decimal, ...]:
    """The value of a Chinese numeral; two values for a range like 三四百; none if it is no number.

    五千 is 5000, 两千八 is 2800, 二点一 is 2.1 and 二零二五 is 2025.
    """
    whole, _, fraction = text.partition("点")
    if fraction:
        decimals = "".join(str(ZH_DIGITS[char]) for char in fraction)
        units = _zh_integer(whole)
        return () if units is None else (Decimal(f"{units}.{decimals}"),)
    pair = _neighbours(whole)
    parts = [_zh_integer(part) for part in pair or (whole,)]
    return tuple(Decimal(part) for part in parts if part is not None)


def en_value(text: str) -> Decimal:
    """The value of English number words such as "a hundred and eighty" or "twenty-fifth"."""
    total = group = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in EN_ORDINALS:
            group += EN_ORDINALS[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in EN_SCALES:
            total += max(group, 1) * EN_SCALES[word]
            group = 0
        else:
            group += _EN_VALUES.get(word, 0)
    return Decimal(total + group)


def _neighbours(text: str) -> tuple[str, str] | None:
    """The two numerals that a range by neighbouring digits stands for: 七八十 is 七十 and 八十."""
    match = re.fullmatch(f"(.*?)({ZH_DIGIT})({ZH_DIGIT})([十百千万萬亿億]*)", text)
    if not match:
        return None
    head, low, high, tail = match.groups()
    step = ZH_DIGITS[high] - ZH_DIGITS[low]
    if ZH_DIGITS[low] == 0 or (head and head[-1] in ZH_DIGITS):
        return None
    if step != 1 and (low, high) != ("三", "五"):
        return None
    return f"{head}{low}{tail}", f"{head}{high}{tail}"


def _zh_integer(text: str) -> int | None:
    if all(char in ZH_DIGITS for char in text):
        digits = "".join(str(ZH_DIGITS[char]) for char in text)
        plausible = len(text) == 1 or len(text) >= 4 or (len(text) > 1 and "0" in digits[1:])
        return int(digits) if plausible and len(digits) <= _MOST_DIGITS else None
    if text[0] in ZH_SCALES and text[0] != "十":
        return None
    return _zh_positional(text)


def _zh_positional(text: str) -> int | None:
    total = section = digit = 0
    last_scale = 0
    for char in text:
        if char in ZH_DIGITS:
            digit = ZH_DIGITS[char]
            last_scale = 0 if digit == 0 else last_scale
        elif char in _MYRIADS:
            section, digit, last_scale = section + digit, 0, ZH_SCALES[char]
            total = (
                (total + section) * last_scale if char in "亿億" else total + section * last_scale
            )
            section = 0
        else:
            scale = ZH_SCALES[char]
            section += (digit or 1) * scale
            digit = 0
            last_scale = scale
    if digit and last_scale >= 100:
        digit *= last_scale // 10
    return total + section + digit
