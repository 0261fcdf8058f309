"""Known mishearings in a text: where they stand, and what is meant there."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pipeline.language.script import CJK
from pipeline.models.correction import Correction, Mended

Span = tuple[int, int]
"""From a character of a text up to before another."""

_BLANK = "[ \t\u00a0\u3000]"
_BLANKS = re.compile(f"{_BLANK}+")
_UNEVEN = re.compile(f"{_BLANK}{{2}}|[\t\u00a0\u3000]|{_BLANK}[{CJK}]|[{CJK}]{_BLANK}")
_CJK_CHAR = re.compile(f"[{CJK}]")


class Place(NamedTuple):
    """Where a text holds what a correction is about, and what is to stand there."""

    start: int
    end: int
    rule: Correction
    now: str

    def mended(self, text: str, *, moved: int = 0) -> Mended:
        """As a change of that text, where the places before it made it `moved` longer."""
        return Mended(
            heard=self.rule.heard,
            meant=self.rule.meant,
            at=self.start + moved,
            was=text[self.start : self.end],
            now=self.now,
        )


class _Text(NamedTuple):
    """A text as it is compared; `offsets[i]` is where its character i stands in the original."""

    text: str
    offsets: Sequence[int]


class _Rule(NamedTuple):
    """A correction as it is looked for."""

    rule: Correction
    form: str
    any_case: bool
    right: tuple[tuple[str, int], ...]
    """Words in which it stands rightly, each with where in it."""


class Mending:
    """Finds what a list of corrections is about."""

    def __init__(self, rules: Iterable[Correction]) -> None:
        """Index the corrections by what is heard; of two about the same, the first counts."""
        self._known: dict[str, list[_Rule]] = {}
        sizes: dict[str, set[int]] = {}
        for one in map(_rule, rules):
            if one.form:
                self._known.setdefault(one.form.lower(), []).append(one)
                sizes.setdefault(one.form[0].lower(), set()).add(len(one.form))
        self._sizes = {first: sorted(of, reverse=True) for first, of in sizes.items()}
        self._firsts = re.compile("|".join(map(re.escape, self._sizes)) or "(?!)")

    def places(self, text: str, settled: Sequence[Span] = ()) -> tuple[Place, ...]:
        """The places from the left, the longest of those that begin at the same character.

        They never overlap each other, nor what is `settled`: what the list itself wrote.
        """
        folded = _folded(text)
        low = _Text(_small(folded.text), folded.offsets)
        found: list[Place] = []
        end = 0
        for first in self._firsts.finditer(low.text):
            if first.start() < end or _one_word(low.text, first.start()):
                continue
            rule = self._at(text, folded, low, first.start(), settled)
            if rule is not None:
                end = first.start() + len(rule.form)
                span = _original(folded, first.start(), end)
                found.append(Place(*span, rule.rule, _written(rule, text[slice(*span)])))
        return tuple(found)

    def _at(
        self, text: str, folded: _Text, low: _Text, at: int, settled: Sequence[Span]
    ) -> _Rule | None:
        for size in self._sizes[low.text[at]]:
            for one in self._known.get(low.text[at : at + size], ()):
                form = low if one.any_case else folded
                fits = len(one.form) == size and form.text.startswith(one.form, at)
                if fits and not _one_word(low.text, at + size) and not _rightly(low, at, one):
                    start, end = _original(folded, at, at + size)
                    free = not any(begin < end and start < stop for begin, stop in settled)
                    if free and text[start:end] != _written(one, text[start:end]):
                        return one
        return None


def changed(text: str, places: Iterable[Place]) -> str:
    """The text with what is meant at each place."""
    pieces: list[str] = []
    end = 0
    for one in places:
        pieces += (text[end : one.start], one.now)
        end = one.end
    return "".join((*pieces, text[end:]))


def changes(text: str, places: Iterable[Place]) -> Iterator[Mended]:
    """The same one after the other: each is a change of the text as the one before it left it."""
    moved = 0
    for one in places:
        made = one.mended(text, moved=moved)
        moved += len(made.now) - len(made.was)
        yield made


def heard_form(heard: str) -> str:
    """What is heard as it is looked for: two of one form are the same correction."""
    return _folded(heard.strip()).text


def stands_in(heard: str, word: str) -> bool:
    """Whether a longer word holds what is heard."""
    return any(_inside(_small(heard_form(heard)), _small(heard_form(word))))


def _rule(one: Correction) -> _Rule:
    form = heard_form(one.heard)
    small = _small(form)
    words = (_small(heard_form(word)) for word in (*one.not_in, one.meant))
    right = chain.from_iterable(_inside(small, word) for word in words)
    return _Rule(one, form, form == small, tuple(right))


def _inside(form: str, word: str) -> Iterator[tuple[str, int]]:
    """A longer word with each place where the letters stand in it."""
    at = word.find(form) if form and len(word) > len(form) else -1
    while at >= 0:
        yield word, at
        at = word.find(form, at + 1)


def _rightly(low: _Text, at: int, one: _Rule) -> bool:
    return any(at >= into and low.text.startswith(word, at - into) for word, into in one.right)


def _one_word(text: str, at: int) -> bool:
    """Whether a Latin word or a number goes on over an edge: "oder" is not in "border"."""
    return 0 < at < len(text) and all(
        (char.isalnum() or char == "_") and not _CJK_CHAR.match(char)
        for char in text[at - 1 : at + 1]
    )


def _written(one: _Rule, said: str) -> str:
    """What is meant, beginning or all in capitals where what was heard did."""
    meant = one.rule.meant
    if not one.any_case or meant != meant.lower() or one.form == one.form.upper():
        return meant
    if said == said.upper() and len(said) > 1:
        return meant.upper()
    return meant[:1].upper() + meant[1:] if said[:1] != said[:1].lower() else meant


def _original(folded: _Text, start: int, end: int) -> Span:
    return folded.offsets[start], folded.offsets[end - 1] + 1


def _folded(text: str) -> _Text:
    """Width variants as one, no blanks at Chinese characters and else one for many."""
    plain = text.translate(_WIDTHS)
    if not _UNEVEN.search(plain):
        return _Text(plain, range(len(plain)))
    kept: list[int] = []
    end = 0
    for gap in _BLANKS.finditer(plain):
        kept += range(end, gap.start())
        sides = plain[max(0, gap.start() - 1) : gap.start()] + plain[gap.end() : gap.end() + 1]
        if not _CJK_CHAR.search(sides):
            kept.append(gap.start())
        end = gap.end()
    kept += range(end, len(plain))
    return _Text("".join(" " if _BLANKS.match(plain[at]) else plain[at] for at in kept), kept)


def _small(text: str) -> str:
    """In small letters, as many of them as there were."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_SMALL)


class _Widths(dict[int, str]):
    """Characters of another width as the usual one, each as one character."""

    def __missing__(self, code: int) -> str:
        usual = unicodedata.normalize("NFKC", chr(code))
        self[code] = found = usual if len(usual) == 1 else chr(code)
        return found


class _Small(dict[int, str]):
    def __missing__(self, code: int) -> str:
        low = chr(code).lower()
        self[code] = found = low if len(low) == 1 else chr(code)
        return found


_WIDTHS = _Widths()
_SMALL = _Small()
