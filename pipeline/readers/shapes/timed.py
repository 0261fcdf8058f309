"""A time and mostly a name before the words of each turn, in one line: 腾讯会议 and others."""

from pipeline.models.reading import Reading
from pipeline.readers.layouts import NAME_WRAPPED_TEXT, TIME_ALONE, TIME_TEXT, WRAPPED_TEXT
from pipeline.readers.shape import Content, Shape
from pipeline.readers.spoken import fit_of, keeping_to, read_spoken

_fit = keeping_to(WRAPPED_TEXT, NAME_WRAPPED_TEXT, TIME_TEXT, TIME_ALONE)


def _likely(content: Content) -> float:
    return fit_of(content, _fit).sure


def _read(content: Content) -> Reading:
    return read_spoken(SHAPE.name, content, _fit)


SHAPE = Shape("timed", "call", _likely, _read)
