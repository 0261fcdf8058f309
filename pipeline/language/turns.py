"""The turns of a call as one searchable text, with the way back to turns and their words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from pipeline.language.normalise import folded, normalise
from pipeline.language.script import has_cjk

_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "}": "{", "」": "「", "』": "『", "》": "《",
          "”": "“", "’": "‘"}  # fmt: skip
_OPENING = {opening: closing for closing, opening in _PAIRS.items()}
_BEFORE = frozenset("+-−–－＋±$€£¥￥=<>≤≥≈＜＞＝#@~～")
"""Marks that change what comes right after them."""
_AFTER = frozenset("%％‰°+＋")
_DASHES = frozenset("+-−–－＋~～")
"""Of these marks, those that between two words belong to neither of them."""


class Span(NamedTuple):
    """A stretch of words: from `start` in turn `first` to `end` in turn `last`."""

    first: int
    start: int
    last: int
    end: int


class Turns:
    """Built once for a transcript; everything else only looks up."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Fold all turns and remember where each begins in the folded whole."""
        self.texts = tuple(texts)
        pieces = [folded(text) for text in self.texts]
        self.whole = "".join(pieces)
        self._starts = [0, *accumulate(map(len, pieces))]

    def __len__(self) -> int:
        """How many turns there are."""
        return len(self.texts)

    def turn_at(self, position: int) -> int:
        """The turn that a position of the folded whole lies in."""
        return min(bisect_right(self._starts, position) - 1, len(self.texts) - 1)

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Where turns begin and end in the folded whole; turns outside the call are ignored."""
        return self._starts[max(0, first)], self._starts[min(last, len(self.texts) - 1) + 1]

    def around(self, claimed: Sequence[int], reach: int) -> Iterator[tuple[int, int]]:
        """Bounds of the claimed turns and their neighbours; overlapping ones are joined."""
        joined: list[tuple[int, int]] = []
        for turn in sorted(claimed):
            first, last = turn - reach, turn + reach
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = joined[-1][0], last
            else:
                joined.append((first, last))
        return (self.bounds(*pair) for pair in joined)

    def span(self, start: int, end: int) -> Span:
        """The words behind a non-empty stretch of the folded whole."""
        first, last = self.turn_at(start), self.turn_at(end - 1)
        return Span(first, self._original(first, start), last, self._original(last, end - 1) + 1)

    def whole_turns(self, first: int, last: int) -> Span:
        """All words of some turns."""
        return Span(first, 0, last, len(self.texts[last]))

    def words(self, span: Span) -> str:
        """The words of a span as they were said; a blank stands between turns."""
        if span.first == span.last:
            return self.texts[span.first][span.start : span.end].strip()
        between = self.texts[span.first + 1 : span.last]
        head, tail = self.texts[span.first][span.start :], self.texts[span.last][: span.end]
        return " ".join(text.strip() for text in (head, *between, tail) if text.strip())

    def snapped(self, span: Span) -> Span:
        """The span with the marks that belong to its words: signs, currencies, quotes, brackets.

        A span that begins or ends with the words of its turn takes in all of the turn there.
        """
        left, right = self.texts[span.first], self.texts[span.last]
        inside = self.words(span)
        return span._replace(
            start=_snapped_left(left, span.start, inside),
            end=_snapped_right(right, span.end, inside),
        )

    def _original(self, turn: int, position: int) -> int:
        return normalise(self.texts[turn]).offsets[position - self._starts[turn]]


def _snapped_left(text: str, start: int, inside: str) -> int:
    if not any(char.isalnum() for char in text[:start]):
        return 0
    at = start
    while at > 0 and (text[at - 1] in _BEFORE or _opens(text[at - 1], inside)):
        at -= 1
    if at < start and text[at] in _DASHES and text[at - 1].isalnum():
        at += not has_cjk(text[at - 1]) or not text[start].isdigit()
    return at


def _snapped_right(text: str, end: int, inside: str) -> int:
    if not any(char.isalnum() for char in text[end:]):
        return len(text)
    at = end
    while at < len(text) and (text[at] in _AFTER or _closes(text[at], inside)):
        at += 1
    if at > end and text[at - 1] in _DASHES and text[at : at + 1].isalnum():
        at -= 1
    return at


def _opens(char: str, inside: str) -> bool:
    """Whether a bracket is opened here that the words close."""
    closing = _OPENING.get(char)
    return closing is not None and inside.count(closing) > inside.count(char)


def _closes(char: str, inside: str) -> bool:
    opening = _PAIRS.get(char)
    return opening is not None and inside.count(opening) > inside.count(char)
