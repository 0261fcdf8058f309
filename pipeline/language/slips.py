"""What one correction by a person may teach: a word that is misheard, and what is meant."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.language.script import CJK, has_cjk
from pipeline.language.sounds import is_little, is_word

_TOKENS = re.compile(f"[{CJK}]|[^\\W{CJK}]+|\\s+|.", re.DOTALL)
_CHINESE = re.compile(f"[{CJK}]")
_NUMERALS = re.compile(r"[\d.,:%％]+")
_SHORT = 8
"""Chinese characters, Latin words and signs that a word or name has at most."""
_GRAMMAR = (
    "a an and are be but can cannot could did do does for from has have he her him his i if in is "
    "it its may me my no not of on or our should so that the their them then there these they this "
    "those to us was we were what when which who will with would you your"
)
_LITTLE = frozenset(_GRAMMAR.split())
_WIDEST = 4
"""Characters that a Chinese word has at most."""


class Slip(NamedTuple):
    """A word that was heard as another."""

    heard: str
    meant: str


def slip(before: str, after: str, known: Callable[[str], bool] = is_word) -> Slip | None:
    """The smallest word that was put in another's place, wherever the two texts differ.

    None where more than a word was changed, or only numbers or little words: those say something
    about this sentence and nothing about what is misheard.

    Args:
        before: The text as it was.
        after: As a person wrote it.
        known: Whether a word is one of the project or the language.
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    ways = [_taught(one, old, new) for one in _changes(old, new)]
    common = [one for one in ways[0] if all(one in other for other in ways)] if ways else []
    return next((one for one in common if known(one.meant)), common[0] if common else None)


class _Change(NamedTuple):
    """Tokens of the old text, and those of the new one in their place."""

    start: int
    end: int
    begin: int
    stop: int


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    for kind, *span in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _Change(*span)


def _taught(one: _Change, old: Sequence[str], new: Sequence[str]) -> list[Slip]:
    """What it may teach, the shortest first."""
    heard, meant = old[one.start : one.end], new[one.begin : one.stop]
    if not _teaches(heard) or not _teaches(meant):
        return []
    if len(heard) > 1 or not has_cjk(heard[0]):
        return _said(heard, meant)
    return _widened(one, old, new)


def _teaches(tokens: Sequence[str]) -> bool:
    words = [one for one in tokens if not one.isspace()]
    text = "".join(words)
    little = is_little(text) or all(one.lower() in _LITTLE for one in words)
    return 0 < len(words) <= _SHORT and not little and not _NUMERALS.fullmatch(text)


def _said(heard: Sequence[str], meant: Sequence[str]) -> list[Slip]:
    slip = Slip("".join(heard).strip(), "".join(meant).strip())
    return [slip] if slip.heard != slip.meant and any(map(str.isalnum, slip.heard)) else []


def _widened(one: _Change, old: Sequence[str], new: Sequence[str]) -> list[Slip]:
    """With its neighbours, until it is a word: 定 alone is heard rightly in too many others."""
    return [
        Slip(
            "".join(old[one.start - left : one.end + size - left]),
            "".join(new[one.begin - left : one.stop + size - left]),
        )
        for size in range(1, _WIDEST)
        for left in range(size + 1)
        if _chinese(old, one.start - left, one.start)
        if _chinese(old, one.end, one.end + size - left)
    ]


def _chinese(tokens: Sequence[str], start: int, end: int) -> bool:
    return start >= 0 and end <= len(tokens) and all(map(_CHINESE.match, tokens[start:end]))
