"""What is weak in the wording of one requirement, in Chinese and English.

Word lists stand in wording.toml; what takes a look at the sentence stands in wording_rules. A find
names the word as it stands in the text (see `even`) and the key of a better wording.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, get_args

from pipeline.language.plain_wording import even, unquoted
from pipeline.language.wording_rules import (
    bare_numbers,
    negatives,
    passives,
    several,
    slashes,
    untestable,
)
from pipeline.models.slots import SlotKey

Severity = Literal["error", "warning", "info"]
Weakness = Literal[
    "vague", "vague_time", "escape", "open_list", "unbounded", "open_range", "compare", "absolute",
    "agreed", "slash", "pronoun", "passive", "several", "infinitive", "purpose", "negative",
    "untestable", "no_unit",
]  # fmt: skip
WEAKNESSES: tuple[Weakness, ...] = get_args(Weakness)


class Weak(NamedTuple):
    """A weak word in a text, and the key of what to write instead."""

    kind: Weakness
    word: str
    advice: str
    slots: frozenset[SlotKey] = frozenset()
    """Questions about one of these ask for what the word leaves open."""


class Weight(NamedTuple):
    """How much a weakness counts."""

    ours: Severity
    """In words of ours."""
    said: Severity | None
    """In the client's words; None where they need not mind."""


class _Entry(NamedTuple):
    kind: Weakness
    pattern: re.Pattern[str]
    advice: str
    slots: frozenset[SlotKey]


def weak_words(text: str) -> tuple[Weak, ...]:
    """The weak words of a requirement, each once, in the order of the kinds. Quotes are left out."""
    return tuple(dict.fromkeys(_weak(even(text))))


def untestable_result(text: str) -> Weak | None:
    """What a test is to show, where it says no more than that all is well."""
    shown = even(text)
    word = untestable(unquoted(shown), shown)
    return Weak("untestable", word, "result") if word else None


def bare_number(text: str) -> Weak | None:
    """The first number of a requirement that counts nobody knows what."""
    number = next(bare_numbers(unquoted(even(text))), None)
    return Weak("no_unit", number.text.strip(), "unit") if number else None


def weight(kind: Weakness) -> Weight:
    """How much a weakness counts in our words and in the client's."""
    return _weights()[kind]


def _weak(text: str) -> Iterator[Weak]:
    seen = unquoted(text)
    for entry in _words():
        for match in entry.pattern.finditer(seen):
            if word := match.group().strip():
                yield Weak(entry.kind, word, entry.advice, entry.slots)
    for word in slashes(seen):
        yield Weak("slash", word, "choose")
    for word in passives(seen):
        yield Weak("passive", word, "actor")
    for word in several(seen):
        yield Weak("several", word, "split")
    for word in negatives(seen):
        yield Weak("negative", word, "instead")


@cache
def _words() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            kind,
            re.compile("|".join(f"(?:{one})" for one in entry["find"]), re.IGNORECASE),
            entry["advice"],
            frozenset(entry.get("slots", ())),
        )
        for kind in WEAKNESSES
        for entry in _table()[kind].get("words", ())
    )


@cache
def _weights() -> Mapping[Weakness, Weight]:
    return {kind: Weight(_table()[kind]["ours"], _table()[kind].get("said")) for kind in WEAKNESSES}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.language").joinpath("wording.toml").read_text("utf-8"))
