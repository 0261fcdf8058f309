"""The facts check: whether what a value claims to be said occurs in the words it rests on."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from pipeline.language import cues
from pipeline.language.cues_content import terms as words_of_content
from pipeline.language.facts import Fact, facts
from pipeline.language.han import simplified
from pipeline.language.names import Names
from pipeline.language.negation import find_negations, without_negations
from pipeline.language.normalise import folded
from pipeline.language.polarity import reversed_in, statements
from pipeline.language.script import has_cjk
from pipeline.models.adding import BY_HAND
from pipeline.models.evidence import Evidence

_ADDRESS = re.compile(r"(?i)(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\bjavascript:)[^\s)>'\"，。；）]+")
FEW = 2
"""Words of content below which a value may be another name for what was said."""
_SHORT = 2
"""Bigrams below which half of them prove nothing."""
_ALIKE = 0.6
"""Dice of bigrams from which two clauses count as one clause said in two ways."""


def unsupported(
    value: str,
    evidence: Iterable[str],
    *,
    terms: Collection[str] | Names = (),
    glossary: Iterable[str] = (),
) -> tuple[Fact, ...]:
    """The facts of a value that its evidence does not hold; empty when the check is passed.

    Numbers, dates, names, units and terms may also come from the glossary. A value that says yes
    where its evidence says no, or no where it says yes, is unsupported too.
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
    return missing or _turned_around(simplified(value), tuple(map(simplified, said)))


def _turned_around(value: str, evidence: Sequence[str]) -> tuple[Fact, ...]:
    """The negation that a value drops or adds, in other words or in nearly the same ones."""
    negation = reversed_in(value, evidence)
    if negation is not None:
        return (Fact("negation", negation.text, "no"),)
    said = [part for text in evidence for part in statements(text)]
    for claim in statements(value):
        if find_negations(claim):
            continue
        closest = max(said, key=lambda one: alikeness(claim, without_negations(one)), default="")
        if alikeness(claim, without_negations(closest)) >= _ALIKE and find_negations(closest):
            return facts(closest).only("negation").all
    return ()


def related(value: str, evidence: Iterable[str]) -> bool:
    """Whether a value has anything to do with the words it rests on: the least that "said" means.

    It shares a word of content with them, or a number, date or name. Words of another script
    cannot tell, nor can a single one (“xlsx” for Excel). An address has to be said
    letter by letter, whatever else is.
    """
    value, said = simplified(value), simplified("\n".join(evidence))
    if any(folded(one) not in folded(said) for one in _ADDRESS.findall(value)):
        return False
    mine, theirs = (words_of_content(cues.plain(text)) for text in (value, said))
    if len(mine) < FEW or mine & theirs or has_cjk(value) != has_cjk(said):
        return True
    claimed, told = (facts(text).only("number", "date", "name").all for text in (value, said))
    return any(fact.same(one) for fact in claimed for one in told)


def borne_out(
    text: str, evidence: tuple[Evidence, ...], said: Iterable[str], engine: str
) -> tuple[Evidence, ...]:
    """The evidence of an item; weak where its turns have nothing to do with what the item says.

    Words that were really said prove nothing about a text on another subject. A person who takes
    up a turn in words of their own has read it.
    """
    if engine == BY_HAND or related(text, said):
        return evidence
    return tuple(one.with_(match="weak") if one.good else one for one in evidence)


def occurs(label: str, texts: Iterable[str]) -> bool:
    """Whether at least half of a label's bigrams were said; a short one must be said whole."""
    said = _bigrams(" ".join(texts))
    wanted = _bigrams(label)
    if wanted.total() < _SHORT:
        return folded(label) in folded(" ".join(texts))
    return (wanted & said).total() * 2 >= wanted.total()


def alikeness(one: str, other: str) -> float:
    """Dice coefficient of the character bigrams of two texts, 0 to 1."""
    mine, theirs = _bigrams(one), _bigrams(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def _bigrams(text: str) -> Counter[str]:
    plain = folded(text)
    return Counter(plain[index : index + 2] for index in range(len(plain) - 1))
