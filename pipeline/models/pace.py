"""How far and how fast a recording is heard, reckoned piece by piece."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from pipeline.models.job import Hearing, Progress
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment

FADES = 0.9
"""What an interval between two pieces still counts when another one has passed."""
ENOUGH = 3
"""Pieces of this run after which something can be told: two intervals between them. One alone may
be that of a line that speaks much, or of one that speaks little."""
ABSURD = 48 * 3600.0
"""Seconds: a longer time left says only that the machine was busy with something else."""


class Pace(NamedTuple):
    """Sound heard for time spent, the latest intervals counting most.

    It begins with the end of the first piece: until then the model was loaded too.
    """

    pieces: int = 0
    at: float = 0.0
    heard: float = 0.0
    gained: float = 0.0
    spent: float = 0.0

    def kept(self, heard: float, at: float) -> Self:
        """So much is heard because it was kept: neither sound nor time counts."""
        return self._replace(at=at, heard=heard)

    def plus(self, heard: float, at: float) -> Self:
        """Another piece was heard, so that `heard` seconds of sound are."""
        if not self.pieces:
            return self._replace(pieces=1, at=at, heard=heard)
        return self._replace(
            pieces=self.pieces + 1,
            at=at,
            heard=heard,
            gained=self.gained * FADES + max(0.0, heard - self.heard),
            spent=self.spent * FADES + max(0.0, at - self.at),
        )

    @property
    def speed(self) -> float | None:
        """Seconds of sound in a second; None before that can be told."""
        if self.pieces < ENOUGH or self.gained <= 0 or self.spent <= 0:
            return None
        return self.gained / self.spent

    def left(self, total: float | None) -> float | None:
        """Seconds until `total` is heard; None where nothing honest can be said of it."""
        if not total or self.speed is None or self.heard >= total:
            return None
        seconds = (total - self.heard) / self.speed
        return seconds if seconds < ABSURD else None


class Course(NamedTuple):
    """Where the hearing of a recording is."""

    total: float | None
    our_line: int
    ends: tuple[float, ...]
    """Seconds up to which each line is heard."""
    done: float
    """Seconds up to which all are."""
    pace: Pace = Pace()
    said: HeardSegment | None = None
    """The last turn."""

    @classmethod
    def begun(cls, facts: AudioFacts, our_line: int, kept: Iterable[HeardBatch]) -> Self:
        """Before anything is heard; what was kept is done already."""
        reached = max((one.heard_to or 0.0 for one in kept), default=0.0)
        return cls(facts.duration, our_line, (0.0,) * facts.channels, reached)

    def plus(self, batch: HeardBatch, *, fresh: bool, at: float) -> Self:
        """One more piece: heard just now, or kept from before."""
        least = batch.heard_to or 0.0
        ends = tuple(
            max(end, least, batch.end if line == batch.channel else 0.0)
            for line, end in enumerate(self.ends)
        )
        heard = sum(ends) / len(ends)
        sure = min(ends) if batch.heard_to is None else batch.heard_to
        turns = [one for one in (self.said, *batch.segments) if one is not None]
        return self._replace(
            ends=ends,
            done=max(self.done, sure),
            pace=(self.pace.plus if fresh else self.pace.kept)(heard, at),
            said=max(turns, key=lambda one: one.start, default=None),
        )

    @property
    def progress(self) -> Progress:
        """What is told of it."""
        speed, left = self.pace.speed, self.pace.left(self.total)
        return Progress(
            stage="transcribe",
            state="going",
            done=self.done,
            total=self.total,
            said=self.said,
            hearing=Hearing(
                lines=len(self.ends),
                our_line=self.our_line,
                pieces=self.pace.pieces,
                heard=sum(self.ends) / len(self.ends),
                speed=None if speed is None else round(speed, 3),
                left=None if left is None else round(left, 1),
            ),
        )
