"""Speech probabilities -> spans in which somebody speaks, cut at silences."""

from typing import NamedTuple

from pipeline.engines.speech.activity import CHUNK, Activity
from pipeline.engines.speech.sound import RATE

ON = 0.5
"""From this probability on somebody speaks."""
OFF = 0.35
"""Below this probability nobody does; in between it goes on as it was."""
PAUSE = round(0.4 * RATE)
"""Samples of silence that end a span. Twice the margin, so that margins never overlap."""
MARGIN = round(0.2 * RATE)
"""Samples of silence kept on each side: onsets and trailing consonants are quiet."""
CLICK = round(0.096 * RATE)
"""Samples a span must have: a shorter one is a click, not a word."""


class Span(NamedTuple):
    """A stretch of the file, in samples."""

    start: int
    end: int
    voice: float = 1.0
    """How sure it is that somebody speaks there, 0 to 1: the mean without the margins."""

    @property
    def length(self) -> int:
        """Number of samples."""
        return self.end - self.start


class SpanFinder:
    """Finds spans in one channel, chunk by chunk. Block sizes do not change what it finds."""

    def __init__(self, longest: int) -> None:
        """Spans have at most `longest` samples: what has no pause is cut where it is quietest."""
        self._most = (longest - 2 * MARGIN) // CHUNK
        self._at = 0
        self._start: int | None = None
        self._joined = False
        self._silent: int | None = None
        self._levels: list[float] = []
        self._speech: list[float] = []

    @property
    def open(self) -> bool:
        """Whether somebody speaks right now."""
        return self._start is not None

    @property
    def needed_from(self) -> int:
        """First sample that a later span may still need."""
        chunk = self._at if self._start is None else self._start
        return max(0, chunk * CHUNK - MARGIN)

    def push(self, activity: Activity) -> list[Span]:
        """The spans that ended in these chunks."""
        found: list[Span] = []
        for speech, level in zip(activity.speech.tolist(), activity.level.tolist(), strict=True):
            span = self._chunk(speech, level)
            self._at += 1
            if span is not None:
                found.append(span)
        return found

    def finish(self, total: int) -> list[Span]:
        """The span still open at the end of the file, which has `total` samples."""
        if self._start is None:
            return []
        end = self._at if self._silent is None else self._silent
        span = self._ended(end)
        if span is None:
            return []
        return [span._replace(end=min(span.end, total))]

    def _chunk(self, speech: float, level: float) -> Span | None:
        if self._start is None:
            if speech >= ON:
                self._start, self._joined = self._at, False
                self._levels, self._speech = [level], [speech]
            return None
        self._levels.append(level)
        self._speech.append(speech)
        if speech >= ON:
            self._silent = None
        elif speech < OFF and self._silent is None:
            self._silent = self._at
        if self._silent is not None and (self._at - self._silent) * CHUNK >= PAUSE:
            return self._ended(self._silent)
        if self._at + 1 - self._start >= self._most:
            return self._cut()
        return None

    def _ended(self, end: int) -> Span | None:
        """Close the open span before chunk `end`, with a margin where silence is around it."""
        start = self._start or 0
        before = 0 if self._joined else MARGIN
        voice = self._voice(end - start)
        self._start, self._silent, self._levels, self._speech = None, None, [], []
        if (end - start) * CHUNK < CLICK:
            return None
        return Span(max(0, start * CHUNK - before), end * CHUNK + MARGIN, voice)

    def _cut(self) -> Span:
        """Cut the open span at the quietest place of its second half; the rest stays open."""
        start = self._start or 0
        half = len(self._levels) // 2
        around = [sum(self._levels[at - 1 : at + 2]) for at in range(half, len(self._levels) - 1)]
        offset = half + around.index(min(around))
        before = 0 if self._joined else MARGIN
        self._start, self._joined = start + offset, True
        voice = self._voice(offset)
        self._levels, self._speech = self._levels[offset:], self._speech[offset:]
        if self._silent is not None:
            self._silent = max(self._silent, self._start)
        return Span(max(0, start * CHUNK - before), self._start * CHUNK, voice)

    def _voice(self, chunks: int) -> float:
        """How sure it is that somebody spoke in the first chunks of the open span."""
        return sum(self._speech[:chunks]) / max(1, len(self._speech[:chunks]))
