"""The turns of a call as one searchable text, with the way back to turns and their words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from pipeline.language.normalise import folded, normalise


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

    def _original(self, turn: int, position: int) -> int:
        return normalise(self.texts[turn]).offsets[position - self._starts[turn]]
