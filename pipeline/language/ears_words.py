"""The words and expressions that EARS sentences are made with, of each language."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pipeline.models.base import Language

Pattern = Literal["ubiquitous", "event", "state", "unwanted", "option"]


class Words:
    """The words of one language, with their expressions made once."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self.shall = re.compile(table["shall"], re.IGNORECASE)
        self.first_person = re.compile(table["first_person"])
        self.starts = re.compile(table["starts"], re.IGNORECASE)
        self.times = re.compile(table["times"], re.IGNORECASE)
        self.clause = re.compile(table["clause"])
        self.half = re.compile(table["half"], re.IGNORECASE)
        self.talk = re.compile(table["talk"], re.IGNORECASE)
        self.verbs = self._made(table["verbs"])
        self.denied = self._made(table["denied"])
        self.joined = self._made(table["joined"])
        self.conditions: list[tuple[Pattern, re.Pattern[str]]] = [
            (pattern, self._made(expression)) for pattern, expression in table["conditions"]
        ]

    def __getitem__(self, key: str) -> str:
        """The words of one key."""
        return str(self._table[key])

    def no(self, word: str) -> str:
        """A negation as it stands beside the SHALL."""
        return str(self._table["no"].get(word.strip().lower(), self._table["no"]["other"]))

    def _made(self, expression: str) -> re.Pattern[str]:
        filled = expression.replace("{verbs}", self._table["verbs"])
        return re.compile(filled.replace("{shall}", self._table["shall"]), re.IGNORECASE)


@cache
def words_of(language: Language) -> Words:
    """The words of one language."""
    text = files("pipeline.language").joinpath("ears.toml").read_text("utf-8")
    return Words(tomllib.loads(text)[language])
