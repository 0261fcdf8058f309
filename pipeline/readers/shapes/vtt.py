"""WebVTT: Zoom and Teams write it, and many others."""

from pipeline.models.reading import Reading
from pipeline.readers.cues import looks_timed, opens_vtt, read_cues
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape


def _likely(content: Content) -> float:
    if content.form != "text" or not opens_vtt(content.text):
        return NONE
    return CERTAIN if looks_timed(content.text) else NONE


def _read(content: Content) -> Reading:
    return read_cues(content.text, vtt=True, shape=SHAPE.name)


SHAPE = Shape("vtt", "call", _likely, _read)
