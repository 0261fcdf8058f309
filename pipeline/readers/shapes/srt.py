"""SRT: numbered cues with their times; also a VTT whose first line was lost."""

from pipeline.models.reading import Reading
from pipeline.readers.cues import looks_timed, opens_vtt, read_cues
from pipeline.readers.shape import NONE, STRONG, Content, Shape


def _likely(content: Content) -> float:
    if content.form != "text" or opens_vtt(content.text):
        return NONE
    return STRONG if looks_timed(content.text) else NONE


def _read(content: Content) -> Reading:
    return read_cues(content.text, vtt=False, shape=SHAPE.name)


SHAPE = Shape("srt", "call", _likely, _read)
