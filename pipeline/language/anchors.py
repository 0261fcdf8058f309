"""Two long sequences of words -> the pairs that are the same, in the order of both.

Runs of words that occur once in either are found first; the longest chain of them in the order of
both cuts the rest into small boxes, in which the edit distance decides. So the time grows with the
length of the texts and not with its square.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

Pair = tuple[int, int]
"""Places of the same word in the one and in the other sequence."""

_RUNS = (6, 4, 3)
"""Words in a run that is looked for, in one box after the other."""
_SMALL = 250_000
"""Cells of a box that are compared outright."""
_LARGEST = 64_000_000
"""Cells that are compared where no run is found: a twentieth of a second."""
_SKEW, _SLACK = 4, 50
"""A box that is so many times longer on one side, and more, lacks words on the other."""
_AROUND = 8
"""Pairs on each side of one that tell whether the words around it agree too."""
_AGREE = 0.5
"""Share of the words around a pair that must be paired as well; by chance it is a quarter."""


class _Box(NamedTuple):
    one: int
    one_end: int
    other: int
    other_end: int

    @property
    def sizes(self) -> tuple[int, int]:
        return self.one_end - self.one, self.other_end - self.other

    @property
    def cells(self) -> int:
        return self.sizes[0] * self.sizes[1]


def paired(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """The same words of both, rising on both sides; those that only chance pairs are left out."""
    known: dict[str, int] = {}
    first = [known.setdefault(word, len(known)) for word in one]
    second = [known.setdefault(word, len(known)) for word in other]
    found: list[Pair] = []
    boxes = [(_Box(0, len(first), 0, len(second)), 0)]
    while boxes:
        box, level = boxes.pop()
        if not box.cells:
            continue
        if box.cells <= _SMALL or level == len(_RUNS):
            found += _compared(first, second, box)
            continue
        runs = _runs(first, second, box, _RUNS[level])
        found += runs
        boxes += [(gap, level + 1) for gap in _gaps(box, runs)]
    return _agreeing(sorted(found))


def _runs(one: Sequence[int], other: Sequence[int], box: _Box, size: int) -> list[Pair]:
    """Pairs of runs that stand once in either side of a box, in the order of both."""
    here = _once(one, box.one, box.one_end, size)
    there = _once(other, box.other, box.other_end, size)
    both = sorted((at, there[run]) for run, at in here.items() if run in there)
    pairs: list[Pair] = []
    last = (-1, -1)
    for at, place in _rising(both):
        for step in range(size):
            if at + step > last[0] and place + step > last[1]:
                last = at + step, place + step
                pairs.append(last)
    return pairs


def _once(words: Sequence[int], start: int, end: int, size: int) -> dict[tuple[int, ...], int]:
    """Runs that stand once between two places, with where they begin."""
    found: dict[tuple[int, ...], int] = {}
    twice: set[tuple[int, ...]] = set()
    for at in range(start, end - size + 1):
        run = tuple(words[at : at + size])
        if run in found:
            twice.add(run)
        found[run] = at
    return {run: at for run, at in found.items() if run not in twice}


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest part of some pairs, sorted by the first, in which the second rises too."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [second]
        at[length : length + 1] = [place]
    chain: list[Pair] = []
    place = at[-1] if at else -1
    while place >= 0:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]


def _gaps(box: _Box, pairs: Sequence[Pair]) -> Iterator[_Box]:
    """What lies between the pairs of a box."""
    one, other = box.one, box.other
    for first, second in (*pairs, (box.one_end, box.other_end)):
        yield _Box(one, first, other, second)
        one, other = first + 1, second + 1


def _compared(one: Sequence[int], other: Sequence[int], box: _Box) -> list[Pair]:
    """The pairs of a box by the edit distance; of one that is much longer on a side, at its ends."""
    here, there = box.sizes
    if here > _SKEW * there + _SLACK:
        reach = 2 * there + _SLACK // 2
        head = _equal(one, other, box._replace(one_end=box.one + reach))
        tail = _equal(one, other, box._replace(one=box.one_end - reach))
        return _split(head, tail, box.other_end, 1)
    if there > _SKEW * here + _SLACK:
        reach = 2 * here + _SLACK // 2
        head = _equal(one, other, box._replace(other_end=box.other + reach))
        tail = _equal(one, other, box._replace(other=box.other_end - reach))
        return _split(head, tail, box.one_end, 0)
    return _equal(one, other, box) if box.cells <= _LARGEST else []


def _split(head: Sequence[Pair], tail: Sequence[Pair], end: int, side: int) -> list[Pair]:
    """The most pairs there can be if the shorter side goes with the head first, then the tail."""
    head, tail = _agreeing(head), _agreeing(tail)
    places = sorted({pair[side] + 1 for pair in head} | {pair[side] for pair in tail} | {end})
    before = [pair[side] for pair in head]
    after = [pair[side] for pair in tail]
    best = max(places, key=lambda at: bisect_left(before, at) - bisect_left(after, at))
    return [*head[: bisect_left(before, best)], *tail[bisect_left(after, best) :]]


def _equal(one: Sequence[int], other: Sequence[int], box: _Box) -> list[Pair]:
    here, there = one[box.one : box.one_end], other[box.other : box.other_end]
    return [
        (box.one + op.src_start + step, box.other + op.dest_start + step)
        for op in Levenshtein.opcodes(here, there)
        if op.tag == "equal"
        for step in range(op.src_end - op.src_start)
    ]


def _agreeing(pairs: Sequence[Pair]) -> list[Pair]:
    """Those around which, before or after, at least half of the words are paired too."""
    windows = (_AROUND, _AROUND // 2, 0)
    return [
        pair
        for place, pair in enumerate(pairs)
        if max(_density(pairs, place - before) for before in windows) >= _AGREE
    ]


def _density(pairs: Sequence[Pair], first: int) -> float:
    """Share of the words between a pair and the eighth after it, both included, that are paired."""
    first = max(0, min(first, len(pairs) - 1 - _AROUND))
    last = min(first + _AROUND, len(pairs) - 1)
    (one, other), (one_end, other_end) = pairs[first], pairs[last]
    return (last - first + 1) / (max(one_end - one, other_end - other) + 1)
