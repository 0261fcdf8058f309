"""What the transcription service of 讯飞 answers: a lattice of sentences, each JSON within JSON."""

import json
from collections.abc import Iterator
from typing import Any

from pipeline.models.reading import Reading
from pipeline.readers.heard import Heard, items, joined, milliseconds, reading, who
from pipeline.readers.json_text import loaded
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape

_NOBODY = "0"
"""The speaker of every sentence where speakers were not told apart."""


def _likely(content: Content) -> float:
    sentences = _sentences(content.data)
    return CERTAIN if any("json_1best" in one or "onebest" in one for one in sentences) else NONE


def _sentences(data: object) -> list[dict[str, Any]]:
    """From the whole answer, its `orderResult`, or the list that older versions answer."""
    for key in ("content", "orderResult", "data"):
        if isinstance(data, dict) and key in data:
            data = _within(data[key])
    if isinstance(data, dict):
        data = data.get("lattice") or data.get("lattice2")
    return items(_within(data))


def _within(value: object) -> object:
    """The value, also where it is JSON written as text."""
    if not isinstance(value, str):
        return value
    try:
        return loaded(value)
    except (json.JSONDecodeError, RecursionError):
        return value


def _read(content: Content) -> Reading:
    sentences = _sentences(content.data)
    entries = [_heard(place, one) for place, one in enumerate(sentences, 1)]
    nobody = all(entry.speaker in (None, _NOBODY) for entry in entries)
    named = (entry._replace(speaker=None if nobody else _name(entry.speaker)) for entry in entries)
    return reading(SHAPE.name, named)


def _name(number: object) -> str | None:
    return f"说话人 {number}" if number else None


def _heard(place: int, sentence: dict[str, Any]) -> Heard:
    best = _within(sentence.get("json_1best"))
    told = best.get("st") if isinstance(best, dict) else None
    if not isinstance(told, dict):
        told = sentence
    return Heard(
        place,
        joined(_words(told)) or sentence.get("onebest") or best,
        start=milliseconds(told.get("bg")),
        end=milliseconds(told.get("ed")),
        speaker=who(told.get("rl", told.get("speaker"))),
    )


def _words(told: dict[str, Any]) -> Iterator[str]:
    """The likeliest of each word's candidates."""
    for part in items(told.get("rt")):
        for one in items(part.get("ws")):
            said = next((c.get("w") for c in items(one.get("cw"))), None)
            if isinstance(said, str):
                yield said


SHAPE = Shape("xfyun", "call", _likely, _read)
