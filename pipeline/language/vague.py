"""Words that leave a requirement unbuildable, and words that sound done and open questions."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from pipeline.models.slots import SlotKey

Weakness = Literal["vague", "escape", "open_list", "unbounded", "several"]
WEAKNESSES: tuple[Weakness, ...] = ("vague", "escape", "open_list", "unbounded", "several")


class Weak(NamedTuple):
    """A weak word in a text."""

    kind: Weakness
    word: str


class Opening(NamedTuple):
    """A word that needs answers: of each group of slots at least one."""

    word: str
    slots: tuple[tuple[SlotKey, ...], ...]


def weak_words(text: str) -> Iterator[Weak]:
    """The weak words of a text, each kind at most once."""
    for kind in WEAKNESSES:
        if match := _weak()[kind].search(text):
            yield Weak(kind, match.group())


def openings(text: str) -> Iterator[Opening]:
    """Words such as 一键 or "automatic", with the slots they open."""
    for pattern, slots in _opening():
        if match := pattern.search(text):
            yield Opening(match.group(), slots)


@cache
def _weak() -> Mapping[Weakness, re.Pattern[str]]:
    words = _table()["words"]
    return {kind: _any(words[kind]) for kind in WEAKNESSES}


@cache
def _opening() -> tuple[tuple[re.Pattern[str], tuple[tuple[SlotKey, ...], ...]], ...]:
    return tuple(
        (_any([one["words"]]), tuple(tuple(group) for group in one["slots"]))
        for one in _table()["opens"].values()
    )


def _any(expressions: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in expressions), re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.language").joinpath("vague.toml").read_text("utf-8"))
