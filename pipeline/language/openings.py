"""Words that sound done and open questions: 一键, automatic, real-time."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pipeline.language.plain_wording import even
from pipeline.models.slots import SlotKey


class Group(NamedTuple):
    """Slots of which one has to be known."""

    slots: tuple[SlotKey, ...]
    given: re.Pattern[str]

    def is_given(self, text: str) -> bool:
        """Whether the words of a text tell it."""
        return self.given.search(text) is not None


class Opening(NamedTuple):
    """A word that needs answers: of each group of slots at least one."""

    kind: str
    word: str
    groups: tuple[Group, ...]


def openings(text: str) -> Iterator[Opening]:
    """Words such as 一键 or "automatic", each kind once, with the slots they open."""
    seen = even(text)
    for kind, pattern, groups in _openings():
        if match := pattern.search(seen):
            yield Opening(kind, match.group(), groups)


@cache
def _openings() -> tuple[tuple[str, re.Pattern[str], tuple[Group, ...]], ...]:
    return tuple(
        (kind, _read(one["find"]), tuple(_group(group) for group in one["groups"]))
        for kind, one in _table().items()
    )


def _group(one: dict[str, Any]) -> Group:
    return Group(tuple(one["slots"]), _read(one["given"]))


def _read(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.language").joinpath("openings.toml").read_text("utf-8"))
