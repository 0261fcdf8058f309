"""Spans -> pieces: as much speech as the model takes in at once, cut at the longest pause."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.activity import CHUNK
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import CLICK, MARGIN, Span

FULL = 0.75
"""A piece filled to this part may be closed at its longest pause from there on."""
WAIT = 30 * RATE
"""Samples of silence after which a piece waits no longer for more speech."""
VOICED = 20.0
"""Decibels below the loudest sound of a text that still are speech, not a gap in it."""
STRETCH = 120 * RATE
"""Samples of the file that one piece may reach over."""


class Cut(NamedTuple):
    """Where a piece lies, before its samples are taken."""

    spans: tuple[Span, ...]
    before: float
    """Seconds of silence before it, at most WAIT."""
    after: float


class Loudness(NamedTuple):
    """How loud a piece is against the other line, chunk by chunk, pauses and all."""

    start: int
    """Number of the first chunk, from the start of the file."""
    own: NDArray[np.float32]
    """Decibels."""
    beside: NDArray[np.float32]
    """Decibels of the other line's loudest sound of the last second."""

    def louder(self, start: float, end: float) -> float | None:
        """Mean decibels by which what is said between two times of the file is louder."""
        first = max(0, int(start * RATE) // CHUNK - self.start)
        own = self.own[first : int(end * RATE) // CHUNK + 1 - self.start]
        if not len(own):
            return None
        said = own > own.max() - VOICED
        return float((own - self.beside[first : first + len(own)])[said].mean())


class Piece(NamedTuple):
    """What is given to the model: speech of one channel without its long silences."""

    channel: int
    spans: tuple[Span, ...]
    before: float
    after: float
    samples: NDArray[np.float32]
    loudness: Loudness | None = None
    """Null where there is no other line."""

    @property
    def start(self) -> float:
        """Seconds from the start of the file."""
        return self.spans[0].start / RATE

    @property
    def end(self) -> float:
        """Seconds from the start of the file."""
        return self.spans[-1].end / RATE

    @property
    def duration(self) -> float:
        """Seconds of sound in it."""
        return len(self.samples) / RATE

    @property
    def voiced(self) -> float:
        """Seconds in which somebody seems to speak, without the margins of its spans."""
        return sum(max(span.length - 2 * MARGIN, CLICK) for span in self.spans) / RATE

    @property
    def joints(self) -> tuple[float, ...]:
        """Seconds within the piece at which a silence was taken out."""
        ends: list[float] = []
        at = 0
        for span in self.spans[:-1]:
            at += span.length
            ends.append(at / RATE)
        return tuple(ends)

    def voice(self, start: float, end: float) -> float:
        """How sure it is that somebody speaks between two times in the piece, 0 to 1.

        Times are not exact: the surest span that they touch counts, or of all where they touch none.
        """
        bounds = (0.0, *self.joints, self.duration)
        touched = [
            span.voice
            for span, begins, ends in zip(self.spans, bounds, bounds[1:], strict=False)
            if begins <= end and start <= ends
        ]
        return max(touched or [span.voice for span in self.spans])

    def tail(self, seconds: float) -> "Piece":
        """What comes after a time in the piece, as a piece of its own."""
        skip = min(round(seconds * RATE), len(self.samples))
        at, spans = skip, list(self.spans)
        while len(spans) > 1 and at >= spans[0].length:
            at -= spans.pop(0).length
        first = spans[0]._replace(start=min(spans[0].start + at, spans[0].end))
        left = self.samples[skip:]
        return Piece(self.channel, (first, *spans[1:]), 0.0, self.after, left, self.loudness)

    def halves(self) -> tuple["Piece", "Piece"]:
        """Two pieces, cut where it is quietest around the middle."""
        step = RATE // 10
        count = len(self.samples) // step
        power = np.square(self.samples[: count * step]).reshape(count, step).sum(axis=1)
        first = count // 3
        cut = (first + int(power[first : count - first].argmin())) * step + step // 2
        spans, left = list[Span](), cut
        for span in self.spans:
            if left > 0:
                spans.append(span._replace(end=min(span.end, span.start + left)))
            left -= span.length
        head = Piece(
            self.channel, tuple(spans), self.before, 0.0, self.samples[:cut], self.loudness
        )
        return head, self.tail(cut / RATE)

    def time(self, seconds: float, *, of_end: bool = False) -> float:
        """Time in the file of a time in the piece.

        At a joint a start belongs to the span after it and an end to the span before it; so does
        one inside the margin of silence on the wrong side of a joint.
        """
        at = 0
        slack = MARGIN // 2
        sample = round(seconds * RATE)
        for span in self.spans[:-1]:
            reach = at + span.length
            if sample <= reach + slack if of_end else sample < reach - slack:
                return min(span.start + max(sample - at, 0), span.end) / RATE
            at = reach
        last = self.spans[-1]
        return min(last.start + max(sample - at, 0), last.end) / RATE


class Packer:
    """Packs the spans of one channel into cuts of at most `most` samples."""

    def __init__(self, most: int, *, keep_silence: bool) -> None:
        """With `keep_silence` a piece is one stretch of the file, pauses and all."""
        self._most = most
        self._keep_silence = keep_silence
        self._held: list[Span] = []
        self._last_end = -WAIT

    @property
    def needed_from(self) -> int | None:
        """First sample of the speech not yet given out."""
        return self._held[0].start if self._held else None

    def add(self, span: Span) -> list[Cut]:
        """Take one more span; what became full."""
        self._held.append(span)
        cuts: list[Cut] = []
        while not self._fits():
            cuts.append(self._close(self._best_place()))
        return cuts

    def quiet_until(self, now: int) -> list[Cut]:
        """Nobody has begun to speak before `now`: what need not wait any longer."""
        if self._held and now - self._held[-1].end > WAIT:
            return self.finish()
        return []

    def finish(self) -> list[Cut]:
        """What is left at the end."""
        return [self._close(len(self._held))] if self._held else []

    def _fits(self) -> bool:
        if len(self._held) < 2:
            return True
        *_, before, last = self._held
        reach = last.end - self._held[0].start
        if last.start - before.end > WAIT or reach > STRETCH:
            return False
        return self._filled(len(self._held)) <= self._most

    def _filled(self, count: int) -> int:
        """Samples of a piece of the first `count` spans."""
        if self._keep_silence:
            return self._held[count - 1].end - self._held[0].start
        return sum(span.length for span in self._held[:count])

    def _best_place(self) -> int:
        """Number of spans to close with: the longest pause of those late enough, the latest."""
        last = len(self._held) - 1
        late = [at for at in range(1, last) if self._filled(at) >= FULL * self._most] + [last]
        return max(late, key=lambda at: (self._held[at].start - self._held[at - 1].end, at))

    def _close(self, count: int) -> Cut:
        spans, self._held = self._held[:count], self._held[count:]
        before = spans[0].start - self._last_end
        after = self._held[0].start - spans[-1].end if self._held else WAIT
        self._last_end = spans[-1].end
        if self._keep_silence:
            spoken = sum(one.voice * one.length for one in spans)
            voice = spoken / max(1, sum(one.length for one in spans))
            spans = [Span(spans[0].start, spans[-1].end, voice)]
        return Cut(tuple(spans), min(before, WAIT) / RATE, min(after, WAIT) / RATE)
