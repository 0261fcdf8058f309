"""Samples -> pieces of speech: listens block by block and keeps only what is still needed."""

from collections.abc import Generator, Iterator
from itertools import takewhile
from threading import Event

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.activity import CHUNK, Activity, Ear
from pipeline.engines.speech.ahead import ahead
from pipeline.engines.speech.bleed import Alone, Bleed
from pipeline.engines.speech.drowned import Drowned
from pipeline.engines.speech.pieces import Cut, Loudness, Packer, Piece
from pipeline.engines.speech.sound import RATE, Samples, regrouped
from pipeline.engines.speech.spans import Span, SpanFinder

BLOCK = 512 * CHUNK
"""Samples judged at a time (16 s)."""
AHEAD = 16
"""Pieces looked for while the model computes: two usual batches, 31 MB at most."""


def listen(
    blocks: Iterator[Samples],
    *,
    channels: int,
    longest: float,
    keep_silence: bool,
    drowned: Drowned | None = None,
) -> Iterator[Piece]:
    """Every piece of speech, channel by channel in order of time.

    The next pieces are looked for while the model computes. Whoever stops taking them waits for
    no more than a few blocks of the decoder.

    Args:
        blocks: Samples of shape (channels, n), of any length.
        channels: 1, or 2 for the two lines of a call.
        longest: Seconds a piece may have.
        keep_silence: Whether a piece keeps the pauses inside it.
        drowned: Takes note of where no voice is found in loud sound.
    """
    stopped = Event()
    pieces = _pieces(
        takewhile(lambda _: not stopped.is_set(), blocks),
        channels=channels,
        longest=longest,
        keep_silence=keep_silence,
        drowned=drowned,
    )
    yield from ahead(pieces, room=AHEAD, stop=stopped.set)


def _pieces(
    blocks: Iterator[Samples],
    *,
    channels: int,
    longest: float,
    keep_silence: bool,
    drowned: Drowned | None,
) -> Generator[Piece]:
    lines = [_Line(at, round(longest * RATE), keep_silence) for at in range(channels)]
    bleed = Bleed()
    total = 0
    for block in regrouped(blocks, BLOCK):
        total += block.shape[1]
        whole = np.pad(block, ((0, 0), (0, -block.shape[1] % CHUNK)))
        heard = [line.hear(channel) for line, channel in zip(lines, whole, strict=True)]
        if drowned:
            drowned.add(heard)
        alone = bleed.without(whole, heard) if channels == 2 else map(Alone, heard, whole)
        for line, own in zip(lines, alone, strict=True):
            yield from line.pieces(own)
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
        self._levels = np.zeros((2, 0), np.float32)

    def hear(self, samples: NDArray[np.float32]) -> Activity:
        return self._ear.listen(samples)

    def pieces(self, alone: Alone) -> Iterator[Piece]:
        self._held = np.concatenate([self._held, alone.samples])
        if alone.beside is not None:
            levels = np.stack([alone.activity.level, alone.beside])
            self._levels = np.concatenate([self._levels, levels], axis=1)
        yield from self._packed(self._finder.push(alone.activity))
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
        samples = np.concatenate(parts)
        return Piece(self._channel, cut.spans, cut.before, cut.after, samples, self._loudness(cut))

    def _loudness(self, cut: Cut) -> Loudness | None:
        if not self._levels.size:
            return None
        start, end = cut.spans[0].start // CHUNK, -(-cut.spans[-1].end // CHUNK)
        begin = self._from // CHUNK
        own, beside = self._levels[:, start - begin : end - begin].copy()
        return Loudness(start, own, beside)

    def _forget(self, until: int) -> None:
        drop = until - self._from
        if drop > BLOCK:
            self._held = self._held[drop:].copy()
            self._levels = self._levels[:, until // CHUNK - self._from // CHUNK :].copy()
            self._from = until
