"""Chinese words that a recogniser writes with other characters of the same sound: 定单 for 订单."""

import tomllib
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from pipeline.language.script import CJK, has_cjk

_FIRST, _LAST = CJK[0], "\u9fff"
_LITTLE = frozenset(
    "的了好是有没不要在这那个就也都还又很来去到得地着过们我你他她它和跟或吗呢吧啊一二三四五六七八九十两几会能可"
    "加拣想给把被让做说看以从对为与及等再才只先别谁哪怎么多少大小上下里外前后完"
)
"""Characters of grammar: at the end of a word they are what they say (订单好了 is no 订单号)."""
_SECOND = {
    "行": "hang",
    "长": "zhang",
    "调": "diao",
    "重": "chong",
    "会": "kuai",
    "差": "chai",
    "校": "jiao",
    "传": "zhuan",
    "率": "shuai",
    "参": "shen",
}
"""A second usual reading; of the others, the first in the table is the usual one."""
_ALONE = 3
"""Characters from which a word needs none in common with what it is taken for."""


class Heard(NamedTuple):
    """A stretch of a text that sounds like a known word and is written otherwise."""

    start: int
    end: int
    word: str


class Sounds:
    """Finds what sounds like one of some words."""

    def __init__(self, words: Iterable[str], known: Container[str]) -> None:
        """Index words by their sound.

        Args:
            words: What may be meant. Two of one sound are taken for neither.
            known: Words of their own: what is written so, is meant so.
        """
        self._known = known
        self._words: dict[str, str | None] = {}
        self._sizes: dict[str, set[int]] = {}
        for word in words:
            if len(word) >= 2 and all(_is_chinese(char) for char in word):
                self._add(word)

    def _add(self, word: str) -> None:
        for syllables in _readings(word):
            key = " ".join(syllables)
            other = self._words.setdefault(key, word)
            if other != word:
                self._words[key] = None
            self._sizes.setdefault(syllables[0], set()).add(len(word))

    def in_text(self, text: str) -> Iterator[Heard]:
        """What does not overlap, from the left, the longest at each place."""
        if not self._words or not has_cjk(text):
            return
        syllables = [reading(char) if _is_chinese(char) else "" for char in text]
        at = 0
        while at < len(text):
            heard = self._at(text, syllables, at)
            if heard is not None:
                yield heard
            at = heard.end if heard else at + 1

    def _at(self, text: str, syllables: list[str], at: int) -> Heard | None:
        for size in sorted(self._sizes.get(syllables[at], ()), reverse=True):
            said = text[at : at + size]
            word = self._words.get(" ".join(syllables[at : at + size]))
            if word and len(said) == size and self._means(said, word) and _apart(text, at, said):
                return Heard(at, at + size, word)
        return None

    def _means(self, said: str, word: str) -> bool:
        """Whether what was written is no word of its own, and close enough to the one it stands for."""
        changed = [place for place, char in enumerate(said) if char != word[place]]
        if not changed or (len(changed) == len(said) < _ALONE) or said in self._known:
            return False
        if any(said[place] in _LITTLE for place in changed if place in (0, len(said) - 1)):
            return False
        if said in _spellings():
            return True
        pairs = {said[place : place + 2] for one in changed for place in (one - 1, one)}
        return not any(_everyday(one) for one in {said, *pairs} if len(one) > 1)


def _apart(text: str, at: int, said: str) -> bool:
    """Whether no everyday word reaches over the edge: 确定单号 is no 订单号, 汽车件 no 车间."""
    end = at + len(said)
    edges = (text[max(0, at - 1) : at + 1], text[end - 1 : end + 1])
    return not any(len(one) > 1 and _everyday(one) for one in edges)


@cache
def reading(char: str) -> str:
    """How a character is usually read, without tones; empty where nobody knows."""
    return _toneless(_marked().get(ord(char), "").split(",")[0])


@cache
def readings(char: str) -> tuple[str, ...]:
    """Every way a character is read, without tones, the usual one first."""
    found = (_toneless(one) for one in _marked().get(ord(char), "").split(","))
    return tuple(dict.fromkeys(one for one in found if one))


def is_word(text: str) -> bool:
    """Whether Chinese people use it as a word of its own, as far as the lists here know."""
    return text in _lists()["words"] or text in _phrases()


def is_little(text: str) -> bool:
    """Whether it is nothing but characters of grammar and numbers: 不, 他的, 三."""
    return bool(text) and all(char in _LITTLE for char in text)


def begins_inside(text: str, at: int) -> bool:
    """Whether an everyday word reaches over the place: 决定 at the second character of 决定单独."""
    return at > 0 and _everyday(text[at - 1 : at + 1])


def _readings(word: str) -> Iterator[tuple[str, ...]]:
    choices = [
        (reading(char), _SECOND[char]) if char in _SECOND else (reading(char),) for char in word
    ]
    if all(one[0] for one in choices):
        yield from product(*choices)


def _is_chinese(char: str) -> bool:
    return _FIRST <= char <= _LAST


@cache
def _marked() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - 0.1 s that only Chinese costs

    readings: Mapping[int, str] = PINYIN_DICT
    return readings


def _toneless(marked: str) -> str:
    plain = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(one for one in plain if one.isascii() and one.isalpha())


def _everyday(word: str) -> bool:
    return word not in _spellings() and (word in _lists()["words"] or word in _phrases())


@cache
def _phrases() -> Container[str]:
    """Words whose reading the library has to know: all of them words that people use."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415 - the same 0.1 s

    phrases: Container[str] = PHRASES_DICT
    return phrases


def _spellings() -> frozenset[str]:
    return _lists()["spellings"]


@cache
def _lists() -> dict[str, frozenset[str]]:
    source = files("pipeline.language").joinpath("cuewords/everyday.toml")
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: frozenset(text.split()) for name, text in read.items()}
