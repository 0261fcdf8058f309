"""The sentences a package says, by key and language."""

import locale
import os
import string
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh", "en"]


SETTINGS_FILE = Path("dragoman.toml")


@cache
def interface_language() -> Language:
    """Language of messages: as set, else Chinese on a Chinese system, else English.

    Read here and not from Settings: a message about a broken setting has a language too.
    """
    chosen = (os.environ.get("DRAGOMAN_LANGUAGE") or _in_file()).lower()
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    spoken = named or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith(("zh", "chinese")) else "en"


def _in_file() -> str:
    try:
        return str(tomllib.loads(SETTINGS_FILE.read_text(encoding="utf-8")).get("language", ""))
    except (OSError, ValueError):
        return ""


def say(key: str, language: Language, **params: object) -> str:
    """A sentence of the pipeline, filled in.

    Raises:
        KeyError: no sentence has this key; a test holds both languages complete.
    """
    return sentence("pipeline.words", key, language, **params)


def sentence(package: str, key: str, language: Language, **params: object) -> str:
    """A sentence of any package that keeps zh.toml and en.toml, filled in."""
    text = table(package, language)[key]
    return _COUNTING.vformat(text, (), params) if "|" in text else text.format_map(params)


class _Counting(string.Formatter):
    """`{count:question|questions}` becomes the word that fits the number."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, more = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else more


_COUNTING = _Counting()


@cache
def table(package: str, language: Language) -> dict[str, str]:
    """All sentences of a package in one language, by dotted key."""
    text = files(package).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flatten("", tomllib.loads(text)))


def _flatten(prefix: str, tree: dict[str, Any]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in tree.items():
        key = f"{prefix}.{name}" if prefix else name
        rows += _flatten(key, value) if isinstance(value, dict) else [(key, str(value))]
    return rows
