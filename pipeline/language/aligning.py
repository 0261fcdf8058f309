"""Two accounts of one call, turn by turn -> which words of the one are which of the other.

Both may be wrong in other places, be cut, begin at another moment, or have no times at all: only
the words and their order count. What was said at the same time stands in another order in each
account, and is looked for near its place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.language.anchors import Pair, paired
from pipeline.language.spoken import Token, tokens
from pipeline.models.transcript import Segment

Side = Literal[0, 1]
"""The one account or the other."""

_STRAY = 5
"""Chinese characters, or so many other words by half, that one account may have in a turn that
the other has too: fillers, a word said twice."""
_OTHER_WORDS = 60
"""Chinese characters of a stretch that may be heard otherwise altogether; more is another talk."""
_NEAR = 200
"""Words around its place in which what was said at the same time is looked for."""
_ALIKE = 0.7
"""Share of its words that must be there."""


class Stretch(NamedTuple):
    """Words of one turn, both ends included."""

    turn: int
    first: int
    last: int
    whole: bool
    """Whether it is all of the turn."""


class Share(NamedTuple):
    """How much two accounts agree, each from 0 to 1 and by the length of the words."""

    one: float
    other: float
    """Of either account as a whole."""
    common: float
    """Of the stretch that both have, by the account with fewer words in it."""
    agreed: int
    """The words that agree, in Chinese characters."""


class Aligned:
    """Two accounts with the way from the words of each to those of the other."""

    def __init__(self, one: Sequence[Segment], other: Sequence[Segment]) -> None:
        """Align them; the time grows with the length, not with its square."""
        self.turns = (tuple(one), tuple(other))
        self.words = (tokens(one), tokens(other))
        main = paired([each.word for each in self.words[0]], [each.word for each in self.words[1]])
        self._to: tuple[list[int | None], list[int | None]] = (
            [None] * len(self.words[0]),
            [None] * len(self.words[1]),
        )
        self._near: tuple[list[int | None], list[int | None]] = (
            [None] * len(self.words[0]),
            [None] * len(self.words[1]),
        )
        self._pair(main)
        self._pair_out_of_order(main)
        self._lacking: tuple[list[Stretch], list[Stretch]] = ([], [])
        self._sort_gaps(main)
        self._main = main
        self._bounds = tuple(
            _bounds(words, len(turns)) for words, turns in zip(self.words, self.turns, strict=True)
        )
        self._after = (self._turns_before(0), self._turns_before(1))

    def same(self, side: Side, word: int) -> int | None:
        """The place of the same word in the other account; null where it has none."""
        return self._to[side][word]

    def place(self, side: Side, word: int) -> int | None:
        """The same, or where the other account has other words for it."""
        same = self._to[side][word]
        return self._near[side][word] if same is None else same

    def lacking(self, side: Side) -> tuple[Stretch, ...]:
        """What this account has and the other lacks, in its order."""
        return tuple(sorted(self._lacking[side], key=lambda one: one.first))

    def runs(self, side: Side) -> Iterator[list[Stretch]]:
        """The same, what stands together as one."""
        run: list[Stretch] = []
        for one in self.lacking(side):
            if run and one.first != run[-1].last + 1:
                yield run
                run = []
            run.append(one)
        if run:
            yield run

    def all_of(self, side: Side, turn: int) -> Stretch:
        """All words of a turn; of one that has none, nothing."""
        first, end = self._bounds[side][turn], self._bounds[side][turn + 1]
        return Stretch(turn, first, end - 1, True)

    def spot(self, side: Side, stretch: Stretch) -> tuple[int, int]:
        """Where a stretch stands in the text of its turn, with the marks that follow it."""
        words, text = self.words[side], self.turns[side][stretch.turn].text
        all_of = self.all_of(side, stretch.turn)
        start = 0 if stretch.first <= all_of.first else words[stretch.first].start
        end = len(text) if stretch.last >= all_of.last else words[stretch.last + 1].start
        return start, end

    def after(self, side: Side, stretch: Stretch) -> int:
        """The turn of the other account after which a stretch was said; -1 before the first."""
        return self._after[side][stretch.first]

    def weight(self, side: Side, stretch: Stretch) -> int:
        """How long a stretch is, in Chinese characters."""
        return _weight(self.words[side], stretch)

    def common(self, side: Side) -> range:
        """Places of the words from the first that both have to the last."""
        if not self._main:
            return range(0)
        return range(self._main[0][side], self._main[-1][side] + 1)

    def share(self) -> Share:
        """How much of them agrees."""
        sizes = [[word.weight for word in words] for words in self.words]
        agreed = [
            sum(
                size for size, to in zip(sizes[side], self._to[side], strict=True) if to is not None
            )
            for side in (0, 1)
        ]
        if not self._main:
            return Share(0.0, 0.0, 0.0, 0)
        common = min(sum(sizes[side][at] for at in self.common(side)) for side in (0, 1))
        return Share(
            agreed[0] / sum(sizes[0]),
            agreed[1] / sum(sizes[1]),
            min(1.0, agreed[0] / common),
            agreed[0],
        )

    def _turns_before(self, side: Side) -> list[int]:
        """For every word, the turn of the other account that the last pair before it is in."""
        found, last = [], -1
        for to in self._to[side]:
            found.append(last)
            if to is not None:
                last = self.words[1 - side][to].turn
        return found

    def _pair(self, pairs: Sequence[Pair]) -> None:
        for one, other in pairs:
            self._to[0][one], self._to[1][other] = other, one

    def _pair_out_of_order(self, main: Sequence[Pair]) -> None:
        """What was said at the same time: stretches left over on both sides, near each other."""
        here = self._left(0)
        starts = [one.first for one in here]
        before = _before(main, len(self.words[1]))
        for stretch in self._left(1):
            at = before[stretch.first]
            near = here[bisect_left(starts, at - _NEAR) : bisect_right(starts, at + _NEAR)]
            free = [one for one in near if self._to[0][one.first] is None]
            self._pair(max((self._alike(one, stretch) for one in free), default=[], key=len))

    def _left(self, side: Side) -> list[Stretch]:
        """Stretches of words without a pair: whole turns, and more than a few words of one."""
        words = self.words[side]
        runs = _stretches(words, [at for at, to in enumerate(self._to[side]) if to is None])
        return [one for one in runs if one.whole or _weight(words, one) > _STRAY]

    def _alike(self, one: Stretch, other: Stretch) -> list[Pair]:
        """Pairs of two stretches of words, if enough of them are the same."""
        here = [each.word for each in self.words[0][one.first : one.last + 1]]
        there = [each.word for each in self.words[1][other.first : other.last + 1]]
        shorter, longer = sorted((len(here), len(there)))
        if longer > 4 * shorter + _STRAY or (shorter < _STRAY and here != there):
            return []
        pairs = [
            (one.first + op.src_start + step, other.first + op.dest_start + step)
            for op in Levenshtein.opcodes(here, there)
            if op.tag == "equal"
            for step in range(op.src_end - op.src_start)
        ]
        return pairs if len(pairs) >= _ALIKE * shorter else []

    def _sort_gaps(self, main: Sequence[Pair]) -> None:
        """What lies between two pairs: other words for the same, or words that one side lacks."""
        ends = [(-1, -1), *main, (len(self.words[0]), len(self.words[1]))]
        for (one, other), (one_end, other_end) in pairwise(ends):
            if one_end - one <= 1 and other_end - other <= 1:
                continue
            here = self._open(0, one + 1, one_end)
            there = self._open(1, other + 1, other_end)
            self._judge(0, here, there)
            self._judge(1, there, here)

    def _open(self, side: Side, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self._to[side][at] is None]

    def _judge(self, side: Side, mine: Sequence[int], theirs: Sequence[int]) -> None:
        words = self.words[side]
        size = sum(words[at].weight for at in mine)
        other = sum(self.words[1 - side][at].weight for at in theirs)
        runs = list(_stretches(words, mine))
        whole = sum(_weight(words, one) for one in runs if one.whole)
        for run in runs:
            small = whole <= 1.5 * other if run.whole else size <= 2 * other + _STRAY
            if not small or size > _OTHER_WORDS:
                self._lacking[side].append(run)
                continue
            for at in range(run.first, run.last + 1):
                if 0 < other <= 2 * size + _STRAY:
                    share = mine.index(at) * len(theirs) // len(mine)
                    self._near[side][at] = theirs[share]


def _stretches(words: Sequence[Token], places: Sequence[int]) -> Iterator[Stretch]:
    """Neighbouring places of one turn as stretches."""

    def key(numbered: tuple[int, int]) -> tuple[int, int]:
        count, at = numbered
        return words[at].turn, at - count

    for (turn, _), group in groupby(enumerate(places), key=key):
        run = [at for _, at in group]
        first, last = run[0], run[-1]
        opens = first == 0 or words[first - 1].turn != turn
        closes = last == len(words) - 1 or words[last + 1].turn != turn
        yield Stretch(turn, first, last, opens and closes)


def _bounds(words: Sequence[Token], turns: int) -> list[int]:
    """Where the words of each turn begin, and where the last of them ends."""
    firsts = [word.turn for word in words]
    return [bisect_left(firsts, turn) for turn in range(turns + 1)]


def _weight(words: Sequence[Token], stretch: Stretch) -> int:
    return sum(one.weight for one in words[stretch.first : stretch.last + 1])


def _before(main: Sequence[Pair], count: int) -> list[int]:
    """For every word of the other account, the place in the one of the last pair before it."""
    found, at, last = [], 0, 0
    for word in range(count):
        while at < len(main) and main[at][1] <= word:
            last = main[at][0]
            at += 1
        found.append(last)
    return found
