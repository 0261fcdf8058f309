"""Name and time in a line, the words below: 腾讯会议, 通义听悟, 讯飞听见, 钉钉闪记, Otter and others."""

from pipeline.models.reading import Reading
from pipeline.readers.layouts import NAME_ABOVE, NAME_BELOW, NAME_TIME, NAME_TIME_TEXT, TIME_NAME
from pipeline.readers.shape import Content, Shape
from pipeline.readers.spoken import fit_of, keeping_to, read_spoken

_fit = keeping_to(NAME_TIME, NAME_ABOVE, NAME_BELOW, TIME_NAME, NAME_TIME_TEXT)


def _likely(content: Content) -> float:
    return fit_of(content, _fit).sure


def _read(content: Content) -> Reading:
    return read_spoken(SHAPE.name, content, _fit)


SHAPE = Shape("headed", "call", _likely, _read)
