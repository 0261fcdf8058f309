"""When the turns of another account were said, in the seconds of the account that has the clock.

Where words of a turn are known in the recording, their times are its times. Where none is, the
turn's own clock places it between neighbours that are known, if it agrees with both; else its time
stays unknown. Nothing is placed before the first known turn or after the last.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.language.aligning import Aligned, Side, Stretch
from pipeline.language.spoken import Time, times
from pipeline.models.transcript import Segment

_STEADY = 2.0
"""Seconds by which the clocks before and after a turn may differ for it to be placed by its own."""
_JUMP = 5.0
"""Seconds from which a clock that differs is said to jump; smaller is how turns are cut."""
_SEEN = 5
"""Turns before and after a place that tell how far the clocks are apart there."""

_APART, _FAR = 4, 30
"""So many times as many words, and more, between two words of a turn are another stretch."""
_PART = 4
"""The first stretch with such a part of the words of a turn is where it begins."""

_SURE, _SHORT = 0.2, 6
"""Share of the words of a turn that must be the very same, and words up to which none must."""


class Offset(NamedTuple):
    """How far the clocks are apart where a turn begins."""

    at: float
    """Seconds of the clock that counts."""
    by: float
    """What is added to the other clock."""


class JointClock:
    """The clock of one account, for the turns of both."""

    def __init__(self, aligned: Aligned, side: Side) -> None:
        """Place every turn of the other account that can be placed."""
        self._aligned, self._side = aligned, side
        self._times = times(aligned.turns[side], aligned.words[side])
        self._other: Side = 0 if side == 1 else 1
        self._first = [word.turn for word in aligned.words[self._other]]
        turns = aligned.turns[self._other]
        self._placed = [self._heard(place) for place in range(len(turns))]
        self._offsets = self._compared(turns)
        _fill(self._placed, turns)

    def turn(self, side: Side, place: int) -> Time | None:
        """When a turn of either account was said."""
        if side == self._other:
            return self._placed[place]
        return _own(self._aligned.turns[side][place])

    def stretch(self, side: Side, stretch: Stretch) -> Time | None:
        """When a part of a turn was said."""
        if stretch.whole:
            return self.turn(side, stretch.turn)
        return self._span(side, range(stretch.first, stretch.last + 1))

    @property
    def begins(self) -> float | None:
        """Where the other clock begins; where it has none, when its first known turn was said."""
        if self._offsets:
            return median(one.by for one in self._offsets[: 3 * _SEEN])
        return next((one.start for one in self._placed if one), None)

    @property
    def clocked(self) -> bool:
        """Whether the other account has times of its own."""
        return bool(self._offsets)

    def jumps(self) -> list[Offset]:
        """Where the other clock jumps, and by how much."""
        found: list[Offset] = []
        by = [one.by for one in self._offsets]
        at = _SEEN
        while at <= len(by) - _SEEN:
            before, after = median(by[at - _SEEN : at]), median(by[at : at + _SEEN])
            if abs(after - before) >= _JUMP and abs(by[at] - before) >= _JUMP / 2:
                found.append(Offset(self._offsets[at].at, after - before))
                at += _SEEN
            else:
                at += 1
        return found

    def _heard(self, place: int) -> Time | None:
        first = bisect_left(self._first, place)
        last = bisect_left(self._first, place + 1)
        return self._span(self._other, range(first, last))

    def _span(self, side: Side, words: range) -> Time | None:
        if side == self._side:
            known = [one for at in words if (one := self._times[at])]
        else:
            places = [(at, to) for at in words if (to := self._aligned.place(side, at)) is not None]
            together = _together(places)
            known = [one for at in together if (one := self._times[at])]
            if not self._sure(together, len(words)):
                return None
        if not known:
            return None
        start, end = known[0].start, known[-1].end
        return Time(round(start, 3), round(max(start, end), 3))

    def _sure(self, places: Sequence[int], words: int) -> bool:
        """Whether enough of so many words are the very same there, and not others for them."""
        same = sum(self._aligned.same(self._side, at) is not None for at in places)
        return words < _SHORT or same >= _SURE * words

    def _compared(self, turns: Sequence[Segment]) -> list[Offset]:
        """Both clocks where turns begin with the same word, in the order of time."""
        found = []
        for place, turn in enumerate(turns):
            first, placed = bisect_left(self._first, place), self._placed[place]
            if placed is None or turn.start is None:
                continue
            if self._aligned.same(self._other, first) is not None:
                found.append(Offset(placed.start, placed.start - turn.start))
        return sorted(found)


def _together(places: Sequence[tuple[int, int]]) -> list[int]:
    """Where the words of a turn were said: without the few that another stretch parts from them.

    Args:
        places: Of each word the place in its own account and in the other.
    """
    runs: list[list[int]] = []
    last = (0, 0)
    for at, to in places:
        if not runs or abs(to - last[1]) > _APART * (at - last[0]) + _FAR:
            runs.append([])
        runs[-1].append(to)
        last = at, to
    enough = [one for one in runs if len(one) * _PART >= len(places)]
    return enough[0] if enough else max(runs, key=len, default=[])


def _own(turn: Segment) -> Time | None:
    if turn.start is None:
        return None
    return Time(turn.start, turn.start if turn.end is None else turn.end)


def _fill(placed: list[Time | None], turns: Sequence[Segment]) -> None:
    """Place turns between two known ones by their own clock, where both agree with it."""
    known = [at for at, one in enumerate(placed) if one and turns[at].start is not None]
    for before, after in pairwise(known):
        for at in range(before + 1, after):
            if placed[at] is None:
                placed[at] = _between(turns[at], (turns[before], placed[before]),
                                      (turns[after], placed[after]))  # fmt: skip


_Known = tuple[Segment, Time | None]


def _between(turn: Segment, before: _Known, after: _Known) -> Time | None:
    (earlier, first), (later, last) = before, after
    if first is None or last is None or earlier.start is None or later.start is None:
        return None
    if turn.start is None or not earlier.start <= turn.start <= later.start:
        return None
    by, then = first.start - earlier.start, last.start - later.start
    if abs(then - by) > _STEADY:
        return None
    start = min(max(turn.start + by, first.start), last.start)
    end = start if turn.end is None else max(start, turn.end + by)
    return Time(round(start, 3), round(end, 3))
