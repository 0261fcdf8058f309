"""The facts check: whether what a value claims to be said occurs in the words it rests on."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from pipeline.language.facts import Fact, facts
from pipeline.language.negation import without_negations
from pipeline.language.normalise import folded
from pipeline.language.script import clauses

_CONJUNCTION = re.compile(r"(?i)\s(?:and|but|because|so|which|while|or)\s")
_ALIKE = 0.6
"""Dice of bigrams from which two clauses count as one clause said in two ways."""


def unsupported(
    value: str,
    evidence: Iterable[str],
    *,
    terms: Collection[str] = (),
    glossary: Iterable[str] = (),
) -> tuple[Fact, ...]:
    """The facts of a value that its evidence does not hold; empty when the check is passed.

    Numbers, dates, names, units and terms may also come from the glossary. A value that says yes
    where the clause it comes from says no is unsupported too.
    """
    said = tuple(evidence)
    claimed = facts(value, terms)
    missing = claimed.missing_in(facts("\n".join(said), terms))
    if missing:
        known = facts("\n".join(glossary), terms)
        missing = tuple(
            fact
            for fact in missing
            if fact.kind == "negation" or not any(fact.same(one) for one in known.all)
        )
    return missing or _lost_negations(value, said)


def _lost_negations(value: str, evidence: Iterable[str]) -> tuple[Fact, ...]:
    said = [part for text in evidence for part in _statements(text)]
    for claim in _statements(value):
        if facts(claim).only("negation").all:
            continue
        closest = max(said, key=lambda one: alikeness(claim, without_negations(one)), default="")
        if alikeness(claim, without_negations(closest)) >= _ALIKE:
            lost = facts(closest).only("negation").all
            if lost:
                return lost
    return ()


def _statements(text: str) -> Iterator[str]:
    for clause in clauses(text):
        yield from _CONJUNCTION.split(clause.text)


def alikeness(one: str, other: str) -> float:
    """Dice coefficient of the character bigrams of two texts, 0 to 1."""
    mine, theirs = _bigrams(one), _bigrams(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def _bigrams(text: str) -> Counter[str]:
    plain = folded(text)
    return Counter(plain[index : index + 2] for index in range(len(plain) - 1))
