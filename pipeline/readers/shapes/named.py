"""A name and a colon before the words of each turn, without times; further lines go on with it."""

from pipeline.models.reading import Reading
from pipeline.readers.naming import named
from pipeline.readers.shape import Content, Shape
from pipeline.readers.spoken import fit_of, read_spoken


def _likely(content: Content) -> float:
    return fit_of(content, named).sure


def _read(content: Content) -> Reading:
    return read_spoken(SHAPE.name, content, named)


SHAPE = Shape("named", "call", _likely, _read)
