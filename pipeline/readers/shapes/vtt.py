"""WebVTT: Zoom and Teams write it, and many others; also where its first line was lost."""

from pipeline.models.reading import Reading
from pipeline.readers.cues import lost_vtt, opens_vtt, read_cues, timed
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape


def _likely(content: Content) -> float:
    if content.form != "text":
        return NONE
    if opens_vtt(content.text):
        return CERTAIN if timed(content.text, "vtt") else NONE
    return CERTAIN if lost_vtt(content.text) else NONE


def _read(content: Content) -> Reading:
    return read_cues(content.text, dialect="vtt", shape=SHAPE.name)


SHAPE = Shape("vtt", "call", _likely, _read)
