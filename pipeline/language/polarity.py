"""Whether a value says yes to what was only denied, or no to what was only affirmed."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.language.negation import Negation, find_negations
from pipeline.language.script import clauses, has_cjk

_CONJUNCTION = re.compile(r"(?i)\s(?:and|but|because|so|which|while|or)\s")
_MODALS_ZH = re.compile("(?:[能要会可是想让给用得敢该许准再在有被把到]|可以|必须|应该|需要|允许)*")
_CONTENT_ZH = re.compile(r"[\u4e00-\u9fff]{2}|[\u4e00-\u9fff](?=[^\u4e00-\u9fff了的啊吧吗]|$)")
_MODALS_EN = frozenset(
    [
        "a",
        "an",
        "any",
        "the",
        "be",
        "been",
        "being",
        "is",
        "are",
        "was",
        "were",
        "am",
        "do",
        "does",
        "did",
        "done",
        "have",
        "has",
        "had",
        "having",
        "to",
        "want",
        "wants",
        "need",
        "needs",
        "going",
        "go",
        "get",
        "gets",
        "got",
        "let",
        "lets",
        "just",
        "only",
        "really",
        "ever",
        "even",
        "one",
        "of",
        "more",
        "much",
        "too",
        "so",
        "it",
        "that",
        "this",
        "there",
        "then",
        "we",
        "you",
        "they",
        "i",
        "he",
        "she",
    ]
)
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_ENDING = re.compile(r"(?:ing|ed|es|s|e|d)$")


class Denied(NamedTuple):
    """A negating word and the word it denies."""

    negation: Negation
    word: str


def reversed_in(value: str, evidence: Iterable[str]) -> Negation | None:
    """The negation that a value drops or adds against the words it rests on, if any.

    A word counts as denied when a negation stands before it in its clause. Words of which the
    evidence says both yes and no, or nothing, decide nothing.
    """
    said = [part for text in evidence for part in statements(text)]
    claimed = list(statements(value))
    for one in _all_denied(said):
        if _only(one.word, said, denied=True) and _only(one.word, claimed, denied=False):
            return one.negation
    for one in _all_denied(claimed):
        if _only(one.word, said, denied=False):
            return one.negation
    return None


def statements(text: str) -> Iterator[str]:
    """Clauses, in English parted at conjunctions as well."""
    for clause in clauses(text):
        yield from _CONJUNCTION.split(clause.text)


def _all_denied(texts: Iterable[str]) -> Iterator[Denied]:
    for text in texts:
        for negation in find_negations(text):
            word = _denied(text[negation.end :])
            if word:
                yield Denied(negation, word)


def _denied(after: str) -> str | None:
    if not has_cjk(after[:2]):
        words = (_stem(match[0]) for match in _WORD.finditer(after))
        return next((word for word in words if word not in _MODALS_EN and len(word) > 2), None)
    modals = _MODALS_ZH.match(after)
    content = _CONTENT_ZH.match(after, modals.end() if modals else 0)
    return content[0] if content else None


def _only(word: str, texts: Iterable[str], *, denied: bool) -> bool:
    """Whether a word occurs, and each time so."""
    found = [bool(find_negations(text)) for text in texts if _occurs(word, text)]
    return bool(found) and all(one is denied for one in found)


def _occurs(word: str, text: str) -> bool:
    if has_cjk(word):
        return word in text
    return any(_stem(match[0]) == word for match in _WORD.finditer(text))


def _stem(word: str) -> str:
    plain = word.lower()
    return _ENDING.sub("", plain) if len(plain) > 4 else plain
