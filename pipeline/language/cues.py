"""Cues: the words by which people ask, settle, promise, warn, wonder and worry, in zh and en."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.language.script import has_cjk

LANGUAGES = ("zh", "en")
_BUNDLE = 4
"""English cues that are first looked for together: a long text is walked through less often."""
_LATIN = re.compile("[a-z]")
_LEFT = "(?!(?<=[a-z0-9'])[a-z0-9])"
_RIGHT = "(?:(?![a-z0-9]|'t)|(?<=[^a-z0-9]))"
"""Word borders: a cue that begins or ends with a mark needs none there; "can" is not in "can't"."""


class _Patterns(NamedTuple):
    """One cue in both languages."""

    zh: re.Pattern[str]
    en: re.Pattern[str]


def plain(text: str) -> str:
    """The text as cues are matched: lower case and plain quotes, each character in its place."""
    return text.translate(_PLAIN)


def find(cue: str, text: str) -> re.Match[str] | None:
    """The first place where a cue such as "ask.direct" occurs in a plain text."""
    return next(finditer(cue, text), None)


def has(cue: str, text: str) -> bool:
    """Whether the cue occurs in a plain text."""
    return find(cue, text) is not None


def held(text: str, some: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some cues that occur in a plain text; as `has` of each, and quicker."""
    table, chinese = _cues(), has_cjk(text)
    likely = set(_likely_in_english(text, some)) if _LATIN.search(text) else frozenset()
    return tuple(
        cue
        for cue in some
        if (chinese and table[cue].zh.search(text))
        or (cue in likely and table[cue].en.search(text))
    )


def _likely_in_english(text: str, some: tuple[str, ...]) -> Iterator[str]:
    """Cues of the bundles of which at least one occurs: most bundles occur in no turn."""
    for pattern, cues in _bundles(some):
        if pattern.search(text):
            yield from cues


@cache
def _bundles(some: tuple[str, ...]) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    lists = _lists("en")
    cuts = [some[at : at + _BUNDLE] for at in range(0, len(some), _BUNDLE)]
    return [(_english([one for cue in cut for one in lists[cue]]), cut) for cut in cuts]


def finditer(cue: str, text: str) -> Iterator[re.Match[str]]:
    """Every place where the cue occurs in a plain text: the Chinese ones, then the English ones."""
    patterns = _cues()[cue]
    if has_cjk(text):
        yield from patterns.zh.finditer(text)
    if _LATIN.search(text):
        yield from patterns.en.finditer(text)


def at_start(cue: str, text: str) -> int:
    """How many characters the cue takes at the head of a plain text; 0 when it does not open it."""
    patterns = _cues()[cue]
    matches = (patterns.zh.match(text), patterns.en.match(text))
    return max((match.end() for match in matches if match), default=0)


def at_end(cue: str, text: str) -> int:
    """How many characters the cue takes at the end of a plain text."""
    ends = (match for match in finditer(cue, text) if match.end() == len(text))
    return max((match.end() - match.start() for match in ends), default=0)


def words(name: str) -> str:
    """A list of words as it is kept: what a version of the rules depends on."""
    return files("pipeline.language").joinpath("cuewords", f"{name}.toml").read_text("utf-8")


def names(language: str) -> tuple[str, ...]:
    """Every cue that a language has words for."""
    return tuple(_lists(language))


def _lists(language: str) -> dict[str, list[str]]:
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(words(language))
    return {
        f"{group}.{name}": list(some)
        for group, cues in tables.items()
        for name, some in cues.items()
    }


@cache
def _cues() -> dict[str, _Patterns]:
    zh, en = _lists("zh"), _lists("en")
    return {name: _Patterns(_chinese(zh[name]), _english(en[name])) for name in zh}


def _chinese(some: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(some))


def _english(some: list[str]) -> re.Pattern[str]:
    """Matched at word borders, where a Chinese character is a border too."""
    body = "|".join(some).replace("n't", "n'?t")
    return re.compile(f"{_LEFT}(?:{body}){_RIGHT}")


class _Plain(dict[int, int | str]):
    """Plain forms of characters, made when they are first met, for `str.translate`."""

    def __missing__(self, code: int) -> int | str:
        char = chr(code)
        folded = {"’": "'", "‘": "'"}.get(char) or (char.lower() if char.isalpha() else char)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_PLAIN = _Plain()
