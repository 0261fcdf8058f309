"""Tokens of one piece -> stretches of text with times inside the piece."""

from collections.abc import Sequence
from typing import NamedTuple

from faster_whisper.tokenizer import Tokenizer

STEP = 0.02
"""Seconds between two time tokens."""


class Timed(NamedTuple):
    """A word with its times in seconds from the start of the piece."""

    start: float
    end: float
    text: str
    tokens: int
    probability: float | None = None
    """Null where the times are a share of the stretch, not what the model says."""


class Stretch(NamedTuple):
    """Text with its times in seconds from the start of the piece."""

    start: float
    end: float
    text: str
    tokens: tuple[int, ...]
    words: tuple[Timed, ...] = ()


def stretches(tokens: Sequence[int], tokenizer: Tokenizer, duration: float) -> list[Stretch]:
    """The text between time tokens, in order, inside the piece.

    Text after the last time token goes on to the end of the piece: the batched pipeline of
    faster-whisper leaves it out.
    """
    first = tokenizer.timestamp_begin
    found: list[Stretch] = []
    start, held = 0.0, list[int]()

    def close(end: float) -> None:
        text = tokenizer.decode(held).replace("\ufffd", "")  # a character cut in the middle
        if text.strip():
            found.append(Stretch(start, max(start, end), text.strip(), tuple(held)))
        held.clear()

    for token in tokens:
        if token < first:
            if token < tokenizer.eot:
                held.append(token)
            continue
        time = min((token - first) * STEP, duration)
        if held:
            close(time)
        start = max(start, time)
    close(duration)
    return found


def last_time(tokens: Sequence[int], tokenizer: Tokenizer) -> float:
    """The last time that was said, in seconds from the start of the piece."""
    times = [token for token in tokens if token >= tokenizer.timestamp_begin]
    return (times[-1] - tokenizer.timestamp_begin) * STEP if times else 0.0
