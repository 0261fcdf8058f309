"""Our own transcript.json: segment ids, sides and words are kept."""

from pydantic import ValidationError

from pipeline.errors import NotReadableError
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment, Transcript
from pipeline.readers.openings import SILENT
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.values import LONGEST, LONGEST_CHAT, check_times, date_of, shown, wrong


def _likely(content: Content) -> float:
    data = content.data
    ours = isinstance(data, dict) and isinstance(data.get("engine"), dict)
    return CERTAIN if ours and "segments" in data else NONE


def _read(content: Content) -> Reading:
    try:
        transcript = Transcript.read(content.data)
    except ValidationError as error:
        raise wrong(error, content.name) from error
    most = LONGEST_CHAT if transcript.is_chat else LONGEST
    segments, dropped = _kept(transcript.segments, content.name, most)
    return Reading(
        shape=SHAPE.name,
        kind="chat" if transcript.is_chat else "note" if transcript.is_note else "call",
        segments=segments,
        dropped=(*transcript.dropped, *dropped),
        date=date_of(transcript.date, content.name),
        languages=transcript.languages,
    )


def _kept(
    segments: tuple[Segment, ...], name: str, most: int
) -> tuple[tuple[Segment, ...], tuple[Dropped, ...]]:
    """The segments under their own ids, in the order of the file; those without words apart."""
    kept: list[Segment] = []
    dropped: list[Dropped] = []
    ids: set[str] = set()
    for place, told in enumerate(segments):
        check_times(told, f"segments[{place}]", name, most)
        if told.id in ids:
            field = f"segments[{place}].id"
            raise NotReadableError("wrong_value", file=name, field=field, reason=f"{told.id} × 2")
        ids.add(told.id)
        segment = shown(told)
        if not segment.text:
            dropped.append(Dropped(start=told.start, end=told.end, text="", reason=SILENT))
        elif segment.index == len(kept):
            kept.append(segment)
        else:
            kept.append(segment.with_(index=len(kept)))
    return tuple(kept), tuple(dropped)


SHAPE = Shape("dragoman", "call", _likely, _read)
