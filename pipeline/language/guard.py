"""The guard of a match: whether the words found say the same facts as the words quoted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.language.dates import DateMention, find_dates
from pipeline.language.facts import Fact, Facts, Quantity, facts
from pipeline.language.negation import (
    Negation,
    find_negations,
    negated_at,
    without_negations,
)
from pipeline.language.normalise import folded, normalise
from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers import find_numbers
from pipeline.language.turns import Span, Turns

_Mention = TypeVar("_Mention", NumberMention, DateMention, Negation)
_CONTEXT = 40
"""Characters beside an edge that can decide whether it cuts a fact: the longest numerals fit."""
_LATIN_WORDS = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_LEAST, _LETTERS_PER_SLIP = 3, 5
"""Letters that words of a fact need before a slip can be told from another fact, and for each
further slip."""


def flipped(quote: str, span: Span, turns: Turns) -> bool:
    """Whether a number, date, negation or name differs between the quote and what was said."""
    return facts(quote).differ_from(facts(turns.words(span))) or cut(quote, span, turns)


def contradicted(quote: str, span: Span, turns: Turns) -> bool:
    """The same for words that are only alike: a fact that noise made unreadable is no other fact.

    "sevn hundred" is a slip for "seven hundred", "nine hundred" is not.
    """
    words = turns.words(span)
    said, found = facts(quote), facts(words)
    changed = [(fact, words) for fact in said.missing_in(found) if fact.kind != "negation"]
    changed += [(fact, quote) for fact in found.missing_in(said) if fact.kind != "negation"]
    return (
        _negations_lost(said, found, quote, words)
        or any(not _misspelt(fact, text) for fact, text in changed)
        or cut(quote, span, turns)
    )


def _negations_lost(said: Facts, found: Facts, quote: str, words: str) -> bool:
    """Whether one text says no more often, beyond what slips in the other explain."""
    mine = Counter(folded(fact.text) for fact in said.only("negation").all)
    theirs = Counter(folded(fact.text) for fact in found.only("negation").all)
    if mine.total() == theirs.total():
        return False
    poorer = words if mine.total() > theirs.total() else quote
    only = mine - theirs if mine.total() > theirs.total() else theirs - mine
    slips = sum(_negation_misspelt(word, without_negations(poorer)) for word in only.elements())
    return slips < abs(mine.total() - theirs.total())


def _negation_misspelt(word: str, text: str) -> bool:
    """So "dnt" is a slip of "don't", but "can" is none of "can't", nor "ever" of "never"."""
    if len(word) <= _LEAST or not word.isascii():
        return False
    slips = (folded(one) for one in _LATIN_WORDS.findall(text))
    return any(
        slip[:1] == word[:1]
        and (slip.endswith("t") or not word.endswith("nt"))
        and Levenshtein.distance(word, slip) == 1
        for slip in slips
    )


def _misspelt(fact: Fact, text: str) -> bool:
    """Whether the text holds a slip of this fact's words, and no other fact in their place."""
    word, whole = folded(fact.text), normalise(text)
    if not _LEAST <= len(word) <= len(whole.text) or any(char.isdigit() for char in word):
        return False
    found = fuzz.partial_ratio_alignment(word, whole.text)
    if found is None or found.dest_start == found.dest_end:
        return False
    slip = whole.text[found.dest_start : found.dest_end]
    if not word.isascii() and len(slip) != len(word):
        return False
    wrong = min(Levenshtein.distance(word, one) for one in (slip, slip[1:], slip[:-1]))
    if wrong > max(1, len(word) // _LETTERS_PER_SLIP):
        return False
    start, end = _whole_words(text, *whole.original(found.dest_start, found.dest_end))
    if word.isascii() and not _one_slip_of(word, text[start:end]):
        return False
    there = [one for one in _values(text) if one.start < end and one.end > start]
    return all(word.isascii() and _part_of(folded(one.text), word) for one in there)


def _one_slip_of(word: str, text: str) -> bool:
    """Whether some whole words are a slip of these: no "nin" out of "morning" is one of "nine"."""
    parts = text.split()
    runs = (
        folded(" ".join(parts[start:end]))
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    )
    most = max(1, len(word) // _LETTERS_PER_SLIP)
    return any(Levenshtein.distance(word, run) <= most for run in runs)


def _part_of(one: str, other: str) -> bool:
    """Whether noise broke one off the other, as "six" off "six hundrrd users"."""
    return one in other or other in one


def _values(text: str) -> Sequence[NumberMention | DateMention]:
    """Every number and date: 二十五号 is a date and 三十五号 a number, yet one is no slip of the other."""
    return (*find_dates(text), *find_numbers(text))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _latin(text[start - 1]) and _latin(text[start]):
        start -= 1
    while end < len(text) and _latin(text[end]) and _latin(text[end - 1]):
        end += 1
    return start, end


def cut(quote: str, span: Span, turns: Turns) -> bool:
    """Whether an edge of the span cuts off what turns its facts around.

    五百 is no quote of 两千五百, "can export" none of "can export nothing" and 能导出 none of
    不能导出, though the letters stand there.
    """
    left, right = turns.texts[span.first], turns.texts[span.last]
    if _latin(left[span.start - 1 : span.start]) and _latin(left[span.start : span.start + 1]):
        return True
    if _negated_before(left, span.start):
        return True
    edges = ((left, span.start), (right, span.end))
    broken = [fact for text, edge in edges for fact in _across(text, edge)]
    said = facts(quote).all if broken else ()
    return any(not any(fact.same(one) for one in said) for fact in broken)


def grown(span: Span, turns: Turns) -> Span:
    """The span with the words, numbers and dates that its edges cut taken in whole."""
    left, right = turns.texts[span.first], turns.texts[span.last]
    start, end = span.start, span.end
    for begin, _ in _places_across(left, start):
        start = min(start, begin)
    for _, finish in _places_across(right, end):
        end = max(end, finish)
    start, _ = _whole_words(left, start, start + 1)
    _, end = _whole_words(right, end - 1, end)
    return span._replace(start=start, end=end)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _negated_before(text: str, edge: int) -> bool:
    begin = max(0, edge - _CONTEXT)
    return negated_at(text[begin : edge + _CONTEXT], edge - begin)


def _across(text: str, edge: int) -> Iterator[Fact]:
    """The facts that begin before an edge and end after it."""
    for number in _straddling(find_numbers, text, edge):
        quantity = Quantity(number.value, number.unit, number.ordinal)
        yield Fact("number", number.text, quantity)
    for date in _straddling(find_dates, text, edge):
        yield Fact("date", date.text, date.when)
    for no in _straddling(find_negations, text, edge):
        yield Fact("negation", no.text, "cut")


def _straddling(
    find: Callable[[str], Iterable[_Mention]], text: str, edge: int
) -> Iterator[_Mention]:
    """What of a kind an edge would cut in two; nothing is cut at either end of a turn."""
    if not 0 < edge < len(text):
        return
    begin = max(0, edge - _CONTEXT)
    for one in find(text[begin : edge + _CONTEXT]):
        if one.start < edge - begin < one.end:
            yield one


def _places_across(text: str, edge: int) -> Iterator[tuple[int, int]]:
    begin = max(0, edge - _CONTEXT)
    spans = [(one.start, one.end) for one in _straddling(find_numbers, text, edge)]
    spans += [(one.start, one.end) for one in _straddling(find_dates, text, edge)]
    spans += [(one.start, one.end) for one in _straddling(find_negations, text, edge)]
    for start, end in spans:
        yield begin + start, begin + end
