"""Simplified and traditional characters: one turned into the other, letter for letter.

OpenCC's tables of characters go by phrases, so that 后 becomes 後 in 以后 and stays in 皇后, and they
keep the length of a text. Its tables that replace words too (软件, 軟體) are left alone.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline.language.script import CJK

if TYPE_CHECKING:
    from opencc import OpenCC

Table = Literal["t2s", "s2t", "s2tw", "s2hk", "tw2s", "hk2s"]
"""From and to: s is simplified, t traditional, tw as in Taiwan, hk as in Hong Kong."""
_HAN = re.compile(f"[{CJK}]")


def converted(text: str, table: Table) -> str:
    """By a table of OpenCC; as it is where the result would not be as long."""
    if text.isascii():
        return text
    try:
        written = str(_converter(table).convert(text))
    except UnicodeEncodeError:  # half a character
        return text
    return written if len(written) == len(text) else text


def simplified(text: str) -> str:
    """In simplified characters; what is written so already stays to the letter.

    Some characters are right in both, as 著 in 显著, and wrong in simplified words, as in 看著:
    those are only looked at where the text is mostly traditional.
    """
    plain = converted(text, "t2s")
    if plain == text or not is_traditional(text):
        return plain
    return converted(converted(text, "tw2s"), "hk2s")


def is_traditional(text: str) -> bool:
    """Whether more of its characters are traditional ones than simplified ones."""
    return leaning(text) > 0


def leaning(text: str) -> int:
    """How many more characters are only traditional than only simplified."""
    return sum(map(_side, _HAN.findall(text)))


def alike(text: str) -> str:
    """Each character in one form: two spellings of a text become the same, letter for letter."""
    return text if text.isascii() else text.translate(_ALIKE)


@cache
def _side(letter: str) -> int:
    return (converted(letter, "t2s") != letter) - (converted(letter, "s2t") != letter)


@cache
def _converter(table: Table) -> "OpenCC":
    from opencc import OpenCC  # noqa: PLC0415 - 0.07 s that only Chinese costs

    return OpenCC(table)


class _Alike(dict[int, str]):
    """Looked up once for each character, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = converted(letter, "hk2s") if _HAN.match(letter) else letter
        return self[code]


_ALIKE = _Alike({ord("著"): "着"})
