"""Scope: which line of the contract an ask falls under; the minutes and the specs both ask here."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.models.item import Scope

_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*\s*")
_NOTE = re.compile(r"\s*[(（].*?[)）]")
_ENOUGH = 0.3
"""Share of a line's words that an ask must hold, the words of few lines counting most."""
_BESIDE = 0.5
"""What a word counts that is not in the ask itself but in the talk about it."""


def scope_of_words(
    asked: str, beside: Iterable[str], lines: Sequence[str], *, denied: bool = False
) -> Scope:
    """The contract line for the words of an ask and the client's other words about it.

    `denied`: one of us said that the contract does not cover it. A line that leaves something out
    decides before one that promises something.
    """
    said = _weighed(asked, beside)
    excluded = [line for line in lines if cues.has("scope.excluded", cues.plain(_core(line)))]
    line = _best(said, excluded, lines)
    if line or denied:
        return Scope(verdict="out", line=line)
    line = _best(said, [one for one in lines if one not in excluded], lines)
    return Scope(verdict="in", line=line) if line else Scope()


def _weighed(asked: str, beside: Iterable[str]) -> Mapping[str, float]:
    said = dict.fromkeys(terms(cues.plain(" ".join(beside))), _BESIDE)
    return said | dict.fromkeys(terms(cues.plain(asked)), 1.0)


def _best(said: Mapping[str, float], some: Sequence[str], lines: Sequence[str]) -> str | None:
    """The line whose words were said most; one word of the ask itself must be among them."""
    common = Counter(word for line in lines for word in _words(line))
    best, most = None, 0.0
    for line in some:
        words = _words(line)
        whole = sum(1 / common[word] for word in words)
        held = sum(said.get(word, 0.0) / common[word] for word in words)
        named = any(said.get(word) == 1.0 for word in words)
        share = held / whole if whole else 0.0
        if named and share >= _ENOUGH and share > most:
            best, most = line, share
    return best


def _words(line: str) -> frozenset[str]:
    """Content words of a line, without its number, its conditions and the words that exclude."""
    plain = cues.plain(_core(line))
    for match in reversed(list(cues.finditer("scope.excluded", plain))):
        plain = plain[: match.start()] + " " + plain[match.end() :]
    return terms(plain)


def _core(line: str) -> str:
    return _NOTE.sub("", _NUMBER.sub("", line))
