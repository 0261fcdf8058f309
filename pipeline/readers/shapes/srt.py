"""SRT: numbered cues with their times."""

from pipeline.models.reading import Reading
from pipeline.readers.cues import lost_vtt, opens_vtt, read_cues, timed
from pipeline.readers.shape import NONE, Content, Shape


def _likely(content: Content) -> float:
    if content.form != "text" or opens_vtt(content.text) or lost_vtt(content.text):
        return NONE
    return timed(content.text, "srt")


def _read(content: Content) -> Reading:
    return read_cues(content.text, dialect="srt", shape=SHAPE.name)


SHAPE = Shape("srt", "call", _likely, _read)
