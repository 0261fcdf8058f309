"""What the interfaces of 腾讯会议 and 企业微信 answer: paragraphs of sentences of words."""

from typing import Any

from pipeline.models.reading import Reading
from pipeline.readers.heard import Heard, items, joined, milliseconds, reading, who
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape
from pipeline.readers.values import words_of


def _likely(content: Content) -> float:
    return CERTAIN if any("sentences" in one for one in _paragraphs(content.data)) else NONE


def _paragraphs(data: object) -> list[dict[str, Any]]:
    """From {"minutes": {"paragraphs"}} of 腾讯会议 or {"transcripts": {"paragraphs"}} of 企业微信."""
    if not isinstance(data, dict):
        return []
    inner = data.get("minutes") or data.get("transcripts") or data
    return items(inner.get("paragraphs")) if isinstance(inner, dict) else []


def _read(content: Content) -> Reading:
    paragraphs = _paragraphs(content.data)
    return reading(SHAPE.name, (_heard(place, one) for place, one in enumerate(paragraphs, 1)))


def _heard(place: int, paragraph: dict[str, Any]) -> Heard:
    words = [
        one
        for sentence in items(paragraph.get("sentences"))
        for one in items(sentence.get("words"))
    ]
    return Heard(
        place,
        joined(words_of(one.get("text")) for one in words) or paragraph.get("text"),
        start=milliseconds(paragraph.get("start_time")),
        end=milliseconds(paragraph.get("end_time")),
        speaker=_speaker(paragraph.get("speaker_info")),
    )


def _speaker(told: object) -> str | None:
    if not isinstance(told, dict):
        return None
    return who(told.get("username")) or who(told.get("userid"))


SHAPE = Shape("tencent_api", "call", _likely, _read)
