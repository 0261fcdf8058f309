"""Our own transcript.json: segment ids, sides and words are kept."""

from pydantic import ValidationError

from pipeline.models.reading import Reading
from pipeline.models.transcript import Transcript
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.values import check_times, date_of, shown, wrong


def _likely(content: Content) -> float:
    data = content.data
    ours = isinstance(data, dict) and isinstance(data.get("engine"), dict)
    return CERTAIN if ours and "segments" in data else NONE


def _read(content: Content) -> Reading:
    try:
        transcript = Transcript.read(content.data)
    except ValidationError as error:
        raise wrong(error, content.name) from error
    for place, segment in enumerate(transcript.segments):
        check_times(segment, f"segments[{place}]", content.name)
    return Reading(
        shape=SHAPE.name,
        segments=tuple(map(shown, transcript.segments)),
        dropped=transcript.dropped,
        date=date_of(transcript.date, content.name),
        languages=transcript.languages,
    )


SHAPE = Shape("dragoman", "call", _likely, _read)
