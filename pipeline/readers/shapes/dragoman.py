"""Our own transcript.json: segment ids, sides and words are kept."""

from pydantic import ValidationError

from pipeline.models.reading import Reading
from pipeline.models.transcript import Transcript
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.values import LONGEST, LONGEST_CHAT, check_times, date_of, shown, wrong


def _likely(content: Content) -> float:
    data = content.data
    return CERTAIN if isinstance(data, dict) and "segments" in data and "engine" in data else NONE


def _read(content: Content) -> Reading:
    try:
        transcript = Transcript.read(content.data)
    except ValidationError as error:
        raise wrong(error, content.name) from error
    most = LONGEST_CHAT if transcript.is_chat else LONGEST
    for place, segment in enumerate(transcript.segments):
        check_times(segment, f"segments[{place}]", content.name, most)
    return Reading(
        shape=SHAPE.name,
        kind="chat" if transcript.is_chat else "note" if transcript.is_note else "call",
        segments=tuple(map(shown, transcript.segments)),
        dropped=transcript.dropped,
        date=date_of(transcript.date, content.name),
        languages=transcript.languages,
    )


SHAPE = Shape("dragoman", "call", _likely, _read)
