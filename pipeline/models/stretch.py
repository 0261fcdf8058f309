"""Stretch: some turns of a call, by their numbers, by the clock, by who spoke."""

from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.models.transcript import Segment, Transcript


class Stretch(NamedTuple):
    """Which turns are meant: those for which all that is said here holds."""

    first: int | None = None
    """1-based number of a turn in the order of the call."""
    last: int | None = None
    begin: float | None = None
    """Seconds: turns that begin then or later."""
    end: float | None = None
    """Seconds: turns that begin before it."""
    of: str | None = None
    """Only those of this speaker."""
    unnamed: bool = False
    """Only those of nobody."""


def within(transcript: Transcript, stretch: Stretch) -> tuple[Segment, ...]:
    """The turns of a stretch, in the order of the call; none where none fits.

    Raises:
        InputError: it is bounded by times and the call has none.
    """
    timed = any(one.start is not None for one in transcript.segments)
    if not timed and (stretch.begin, stretch.end) != (None, None):
        raise InputError("turns_untimed", count=len(transcript.segments))
    numbered = enumerate(transcript.segments, start=1)
    return tuple(one for number, one in numbered if _fits(number, one, stretch))


def _fits(number: int, one: Segment, stretch: Stretch) -> bool:
    inside = (stretch.first or 1) <= number <= (number if stretch.last is None else stretch.last)
    if (stretch.begin, stretch.end) != (None, None):
        start = float("-inf") if one.start is None else one.start
        end = float("inf") if stretch.end is None else stretch.end
        inside = inside and (stretch.begin or 0.0) <= start < end
    whose = stretch.of is None or one.speaker == stretch.of
    return inside and whose and not (stretch.unnamed and one.speaker)
