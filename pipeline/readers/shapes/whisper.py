"""JSON of openai-whisper, faster-whisper, WhisperX and whoever writes {text, segments} like them."""

from collections.abc import Iterator
from typing import Any

from pipeline.models.reading import Reading
from pipeline.models.transcript import Word
from pipeline.readers.heard import Heard, items, joined, most_words, reading, who, word
from pipeline.readers.shape import FAIR, NONE, STRONG, Content, Shape
from pipeline.readers.values import words_of

_BARE = {"text", "language", "segments", "words", "task", "duration", "usage", "x_groq", "logprobs"}
"""Keys of an answer that may hold its text alone."""


def _likely(content: Content) -> float:
    data = content.data
    if isinstance(data, list):
        return FAIR if _heard(data) else NONE
    if not isinstance(data, dict) or isinstance(data.get("engine"), dict):
        return NONE
    if _heard(data.get("segments")):
        return STRONG
    return FAIR if isinstance(data.get("text"), str) and set(data) <= _BARE else NONE


def _heard(value: object) -> bool:
    """Whether most entries have words and a time."""
    entries = items(value)
    fit = sum(
        ("text" in one or "words" in one) and ("start" in one or "end" in one) for one in entries
    )
    return bool(entries) and 2 * fit >= len(entries)


def _read(content: Content) -> Reading:
    data = content.data
    told: dict[str, Any] = {"segments": data} if isinstance(data, list) else data
    entries = list(_entries(told.get("segments")))
    if not entries:
        entries = [Heard(1, told.get("text"))]
    return reading(SHAPE.name, entries, told.get("language"))


def _entries(segments: object) -> Iterator[Heard]:
    for place, one in enumerate(items(segments), 1):
        words = items(one.get("words"))
        yield Heard(
            place,
            one.get("text") or joined(words_of(_said(w)) for w in words),
            start=one.get("start"),
            end=one.get("end"),
            speaker=who(one.get("speaker")) or most_words(w.get("speaker") for w in words),
            words=tuple(made for w in words if (made := _word(w))),
            avg_logprob=one.get("avg_logprob"),
            no_speech_prob=one.get("no_speech_prob"),
        )


def _word(told: dict[str, Any]) -> Word | None:
    sure = told.get("probability", told.get("score", told.get("confidence")))
    return word(_said(told), told.get("start"), told.get("end"), sure)


def _said(told: dict[str, Any]) -> object:
    return told.get("word", told.get("text"))


SHAPE = Shape("whisper", "call", _likely, _read)
