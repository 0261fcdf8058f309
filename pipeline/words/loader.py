"""The sentences the pipeline says, by key and language."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["zh", "en"]


@cache
def _table(language: Language) -> dict[str, str]:
    text = files("pipeline.words").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flatten("", tomllib.loads(text)))


def _flatten(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        rows += _flatten(key, value) if isinstance(value, dict) else [(key, str(value))]
    return rows


def say(key: str, language: Language, **params: object) -> str:
    """The sentence of a key, filled in.

    Raises:
        KeyError: no sentence has this key; a test holds both languages complete.
    """
    return _table(language)[key].format_map(params)


def has(key: str, language: Language) -> bool:
    """Whether a sentence exists."""
    return key in _table(language)
