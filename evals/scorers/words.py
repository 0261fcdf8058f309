"""How alike two texts are by pairs of characters, which works for Chinese and English alike."""

from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from evals.scorers.share import Share
from pipeline.language.normalise import folded
from pipeline.language.support import alikeness

HALF = 0.5
ASKED = 0.28
"""Dice of bigrams from which an open question asks what a must-ask question asks."""


def share(wanted: str, text: str) -> float:
    """How much of the bigrams of one text another holds, 0 to 1; nothing holds an empty one."""
    mine, theirs = _bigrams(wanted), _bigrams(text)
    return (mine & theirs).total() / mine.total() if mine else 0.0


def held(wanted: str, text: str) -> bool:
    """Whether a text holds half of the bigrams of another."""
    return share(wanted, text) >= HALF


def asks(question: str, wanted: str) -> bool:
    """Whether a question asks what was wanted: alike, or it holds half of its bigrams."""
    return alikeness(question, wanted) >= ASKED or held(wanted, question)


def any_holds(wanted: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts by itself holds half of the bigrams."""
    return any(held(wanted, text) for text in texts)


def _bigrams(text: str) -> Counter[str]:
    plain = folded(text)
    return Counter(plain[index : index + 2] for index in range(len(plain) - 1))


def wrong(heard: Iterable[str], said: Iterable[str], *, by_word: bool) -> Share:
    """Letters or words that are missing, added or other, of all that were said.

    Case, punctuation and spaces do not count. It may be more than all: much was added.
    """
    mine, theirs = (_units("\n".join(some), by_word=by_word) for some in (heard, said))
    return Share(Levenshtein.distance(mine, theirs), len(theirs))


def _units(text: str, *, by_word: bool) -> list[str]:
    if by_word:
        return [plain for one in text.replace("’", "'").split() if (plain := folded(one))]
    return list(folded(text))
