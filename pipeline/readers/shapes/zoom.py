"""Zoom's saved captions: [Name] and the time of day in a line, the words below."""

from collections.abc import Sequence

from pipeline.models.reading import Reading
from pipeline.models.transcript import Segment
from pipeline.readers.layouts import BRACKETED_NAME
from pipeline.readers.shape import NONE, Content, Shape
from pipeline.readers.spoken import fit_of, keeping_to, read_spoken

_fit = keeping_to(BRACKETED_NAME)
_BRACKETED = 0.88
"""More than what has a name and a time: nobody else puts the name in brackets before the time."""
_DAY = 86_400.0
_BY_THE_CLOCK = 3_600.0
"""Seconds: a call whose first words come later tells the time of day, not of the call."""


def _likely(content: Content) -> float:
    return _BRACKETED if fit_of(content, _fit).sure > NONE else NONE


def _read(content: Content) -> Reading:
    made = read_spoken(SHAPE.name, content, _fit)
    return made.with_(segments=_from_the_beginning(made.segments))


def _from_the_beginning(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Times of day as seconds from the first words; the call may go on past midnight."""
    first = segments[0].start if segments else None
    if first is None or first < _BY_THE_CLOCK:
        return tuple(segments)
    return tuple(
        one if one.start is None else one.with_(start=(one.start - first) % _DAY)
        for one in segments
    )


SHAPE = Shape("zoom", "call", _likely, _read)
