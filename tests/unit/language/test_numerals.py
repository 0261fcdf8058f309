from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numerals import en_value, zh_values

_DIGITS = "零一二三四五六七八九"


def spelt(number: int) -> str:
    """A Chinese numeral below ten thousand, as school teaches it."""
    text, waiting_zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if waiting_zero and text else "") + _DIGITS[digit] + name
        waiting_zero = digit == 0
    return text


@given(st.integers(1, 9999))
def test_every_chinese_numeral_is_read_back(number: int):
    assert zh_values(spelt(number)) == (Decimal(number),)


@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_myriads_are_read_back(high: int, low: int):
    assert zh_values(f"{spelt(high)}万{spelt(low)}") == (Decimal(high * 10_000 + low),)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三千二", [3200]),
        ("一万五", [15000]),
        ("两百五", [250]),
        ("二零二五", [2025]),
        ("三四百", [300, 400]),
        ("二三十", [20, 30]),
        ("三五", [3, 5]),
        ("万", []),
        ("一一", []),
    ],
)
def test_spoken_forms_are_understood(text: str, values: list[int]):
    assert zh_values(text) == tuple(map(Decimal, values))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nine thousand four hundred", 9400),
        ("twelve hundred", 1200),
        ("two million three hundred thousand and five", 2_300_005),
        ("twenty-fifth", 25),
        ("a thousand", 1000),
    ],
)
def test_english_words_are_added_up(text: str, value: int):
    assert en_value(text) == value
