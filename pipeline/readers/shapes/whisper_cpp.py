"""JSON of whisper.cpp: {"transcription": [{"offsets": {"from", "to"} in milliseconds, "text"}]}."""

import re
from typing import Any

from pipeline.models.reading import Reading
from pipeline.readers.heard import Heard, items, milliseconds, reading
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape

_CLOCK = re.compile(r"(\d{1,4}):(\d{2}):(\d{2})[.,](\d{3})\Z")


def _likely(content: Content) -> float:
    data = content.data
    entries = items(data.get("transcription")) if isinstance(data, dict) else []
    fit = sum("text" in one and ("offsets" in one or "timestamps" in one) for one in entries)
    return CERTAIN if entries and 2 * fit >= len(entries) else NONE


def _read(content: Content) -> Reading:
    data: dict[str, Any] = content.data
    entries = [
        Heard(
            place,
            one.get("text"),
            start=_time(one, "from"),
            end=_time(one, "to"),
            speaker=one.get("speaker"),
        )
        for place, one in enumerate(items(data["transcription"]), 1)
    ]
    result = data.get("result")
    language = result.get("language") if isinstance(result, dict) else None
    return reading(SHAPE.name, entries, language)


def _time(entry: dict[str, Any], end: str) -> float | None:
    offsets, clock = entry.get("offsets"), entry.get("timestamps")
    if isinstance(offsets, dict) and offsets.get(end) is not None:
        return milliseconds(offsets[end])
    found = _CLOCK.match(str(clock.get(end))) if isinstance(clock, dict) else None
    if not found:
        return None
    hours, minutes, seconds, fraction = map(int, found.groups())
    return round(hours * 3600 + minutes * 60 + seconds + fraction / 1000, 3)


SHAPE = Shape("whisper_cpp", "call", _likely, _read)
