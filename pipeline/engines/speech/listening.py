"""Samples -> pieces of speech: listens block by block and keeps only what is still needed."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.activity import CHUNK, Activity, Ear
from pipeline.engines.speech.bleed import Bleed
from pipeline.engines.speech.drowned import Drowned
from pipeline.engines.speech.pieces import Cut, Packer, Piece
from pipeline.engines.speech.sound import RATE, Samples, regrouped
from pipeline.engines.speech.spans import Span, SpanFinder

BLOCK = 512 * CHUNK
"""Samples judged at a time (16 s)."""


def listen(
    blocks: Iterator[Samples],
    *,
    channels: int,
    longest: float,
    keep_silence: bool,
    drowned: Drowned | None = None,
) -> Iterator[Piece]:
    """Every piece of speech, channel by channel in order of time.

    Args:
        blocks: Samples of shape (channels, n), of any length.
        channels: 1, or 2 for the two lines of a call.
        longest: Seconds a piece may have.
        keep_silence: Whether a piece keeps the pauses inside it.
        drowned: Takes note of where no voice is found in loud sound.
    """
    lines = [_Line(at, round(longest * RATE), keep_silence) for at in range(channels)]
    bleed = Bleed()
    total = 0
    for block in regrouped(blocks, BLOCK):
        total += block.shape[1]
        whole = np.pad(block, ((0, 0), (0, -block.shape[1] % CHUNK)))
        heard = [line.hear(channel) for line, channel in zip(lines, whole, strict=True)]
        if drowned:
            drowned.add(heard)
        if channels == 2:
            heard = list(bleed.without(heard[0], heard[1]))
        for line, activity in zip(lines, heard, strict=True):
            yield from line.pieces(activity)
    for line in lines:
        yield from line.finish(total)


class _Line:
    """One channel: what it holds of the sound is what a piece may still need."""

    def __init__(self, channel: int, longest: int, keep_silence: bool) -> None:
        self._channel = channel
        self._ear = Ear()
        self._finder = SpanFinder(longest)
        self._packer = Packer(longest, keep_silence=keep_silence)
        self._held = np.zeros(0, np.float32)
        self._from = 0

    def hear(self, samples: NDArray[np.float32]) -> Activity:
        self._held = np.concatenate([self._held, samples])
        return self._ear.listen(samples)

    def pieces(self, activity: Activity) -> Iterator[Piece]:
        yield from self._packed(self._finder.push(activity))
        if not self._finder.open:
            yield from map(self._piece, self._packer.quiet_until(self._finder.needed_from))
        needed = self._packer.needed_from
        self._forget(self._finder.needed_from if needed is None else needed)

    def finish(self, total: int) -> Iterator[Piece]:
        yield from self._packed(self._finder.finish(total))
        yield from map(self._piece, self._packer.finish())

    def _packed(self, spans: list[Span]) -> Iterator[Piece]:
        for span in spans:
            yield from map(self._piece, self._packer.add(span))

    def _piece(self, cut: Cut) -> Piece:
        parts = [self._held[one.start - self._from : one.end - self._from] for one in cut.spans]
        return Piece(self._channel, cut.spans, cut.before, cut.after, np.concatenate(parts))

    def _forget(self, until: int) -> None:
        drop = until - self._from
        if drop > BLOCK:
            self._held = self._held[drop:].copy()
            self._from = until
