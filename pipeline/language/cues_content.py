"""Content: the words of a text that tell its subject, and how much two texts share of them."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.language.script import CJK

_RUN = re.compile(f"[{CJK}]+|[a-z][a-z0-9'&]+|[0-9]+")
_SHORTEST_STEM = 3


class _Empty(NamedTuple):
    """What no word of content is made of."""

    zh: frozenset[str]
    zh_light: frozenset[str]
    en: frozenset[str]
    en_endings: tuple[str, ...]


def terms(plain: str) -> frozenset[str]:
    """Content words of a plain text: pairs of Chinese characters, stems of Latin words."""
    found: set[str] = set()
    for run in _RUN.findall(plain):
        if not run[0].isascii():
            found.update(_pairs(run))
        elif len(run) >= _SHORTEST_STEM and run not in _empty().en:
            found.add(_stem(run))
    return frozenset(found)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller one the other holds, from 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _pairs(run: str) -> set[str]:
    empty, light = _empty().zh, _empty().zh_light
    pairs = (run[at : at + 2] for at in range(len(run) - 1))
    return {pair for pair in pairs if not empty.intersection(pair) and not light.issuperset(pair)}


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in _empty().en_endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


@cache
def _empty() -> _Empty:
    text = files("pipeline.language").joinpath("cuewords", "content.toml").read_text("utf-8")
    table = tomllib.loads(text)
    zh, en = table["zh"], table["en"]
    return _Empty(
        zh=frozenset(zh["empty"]),
        zh_light=frozenset(zh["light"]),
        en=frozenset(en["empty"]),
        en_endings=tuple(en["endings"]),
    )
