"""Plain words as somebody edits them: a line for each, `term = say | who = say`."""

import re
from collections.abc import Iterable, Sequence

from pipeline.models.project import PlainWord

_SIGN = re.compile("[=＝]")
_BAR = re.compile("[|｜]")


def plain_words_text(words: Iterable[PlainWord]) -> str:
    """A line for each word."""
    return "\n".join(_line(one) for one in words)


def plain_words(text: str) -> tuple[tuple[PlainWord, ...], tuple[str, ...]]:
    """The words, a later line before an earlier one of the same term; the lines that say none."""
    found: dict[str, PlainWord] = {}
    unclear: list[str] = []
    for line in filter(None, (" ".join(one.split()) for one in text.splitlines())):
        pairs = [_pair(part) for part in _BAR.split(line)]
        told = [pair for pair in pairs if pair is not None]
        if len(told) < len(pairs):
            unclear.append(line)
            continue
        term, say = told[0]
        found[term] = PlainWord(term=term, say=say, to=dict(told[1:]))
    return tuple(found.values()), tuple(unclear)


def unchanged(text: str, words: Sequence[PlainWord]) -> bool:
    """Whether nobody touched the lines."""
    return text == plain_words_text(words)


def _line(one: PlainWord) -> str:
    return " | ".join(f"{who} = {say}" for who, say in ((one.term, one.say), *one.to.items()))


def _pair(part: str) -> tuple[str, str] | None:
    who, *say = _SIGN.split(part, maxsplit=1)
    return (who.strip(), say[0].strip()) if say and who.strip() and say[0].strip() else None
