"""JSON of meetspec: {"schema": "meetspec/transcript/v1", "segments": [...]}."""

from typing import Any

from pipeline.models.reading import Reading
from pipeline.readers.heard import Heard, items, reading
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.values import words_of

_SCHEMA = "meetspec/transcript"
_LISTS = ("segments", "turns", "transcript")


def _likely(content: Content) -> float:
    data = content.data
    said = isinstance(data, dict) and str(data.get("schema", "")).startswith(_SCHEMA)
    return CERTAIN if said else NONE


def _read(content: Content) -> Reading:
    data: dict[str, Any] = content.data
    lists = (data[key] for key in _LISTS if isinstance(data.get(key), list))
    found: list[Any] = next(lists, [])
    entries = [
        Heard(
            place,
            one.get("text"),
            start=one.get("start"),
            end=one.get("end"),
            speaker=one.get("speaker"),
        )
        for place, one in enumerate(items(found), 1)
    ]
    made = reading(SHAPE.name, entries, data.get("language"))
    return made.with_(title=words_of(data.get("title")) or None)


SHAPE = Shape("meetspec", "call", _likely, _read)
