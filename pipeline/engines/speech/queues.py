"""Pieces -> batches: those of one line wait until there are enough of them."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.engines.speech.listening import BLOCK
from pipeline.engines.speech.pieces import STRETCH, WAIT, Piece
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import MARGIN


class Ready(NamedTuple):
    """Pieces of one line that are decoded together."""

    pieces: list[Piece]
    heard_to: float
    """Seconds up to which every line is heard once they are."""


class Queues:
    """What was cut out of the sound and is not decoded yet, line by line."""

    def __init__(self, lines: int, size: int, longest: float) -> None:
        """A batch has `size` pieces of at most `longest` seconds."""
        self._waiting: list[list[Piece]] = [[] for _ in range(lines)]
        self._ends = [0.0] * lines
        self._size = size
        self._lag = (BLOCK + MARGIN + WAIT + STRETCH) / RATE + longest

    def add(self, piece: Piece) -> Iterator[Ready]:
        """Take the next piece; the batch that it fills, if it does."""
        queue = self._waiting[piece.channel]
        queue.append(piece)
        self._ends[piece.channel] = piece.end
        if len(queue) == self._size:
            self._waiting[piece.channel] = []
            yield Ready(queue, self._heard_to(piece.end))

    def rest(self) -> Iterator[Ready]:
        """What is left at the end, line by line."""
        for line, queue in enumerate(self._waiting):
            if queue:
                self._waiting[line] = []
                later = [one[0].start for one in self._waiting if one]
                yield Ready(queue, min(later, default=max(self._ends)))

    def _heard_to(self, now: float) -> float:
        """The first moment that somebody may still be heard to speak at.

        A line on which nobody spoke for long holds nothing back, as far as that is certain: its
        next piece may have begun by now without being whole.
        """
        sure = max(0.0, now - self._lag)
        firsts = (
            waiting[0].start if waiting else max(end, sure)
            for waiting, end in zip(self._waiting, self._ends, strict=True)
        )
        return min(firsts)
