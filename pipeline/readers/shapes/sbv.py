"""SBV: what YouTube gives out; a line "0:00:01.000,0:00:03.500", then the words."""

from pipeline.models.reading import Reading
from pipeline.readers.cues import read_cues, timed
from pipeline.readers.shape import NONE, Content, Shape


def _likely(content: Content) -> float:
    return timed(content.text, "sbv") if content.form == "text" else NONE


def _read(content: Content) -> Reading:
    return read_cues(content.text, dialect="sbv", shape=SHAPE.name)


SHAPE = Shape("sbv", "call", _likely, _read)
