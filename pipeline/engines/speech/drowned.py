"""Where a line is loud for long and no voice is found: hold music, or talk that is drowned.

The gate for voices hears nobody under music that is louder than they are. Nothing can be written
down of that, but whoever reads the transcript is told where to listen.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.engines.speech.activity import CHUNK, Activity, Levels
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import ON

GROUP = 32
"""Chunks that are judged together: about a second."""
SECONDS = GROUP * CHUNK / RATE
LONG = 10.0
"""Seconds from which it is worth a look."""
NEARLY = 6.0
"""Decibels below the usual voice of the line up to which a sound can drown it."""
UNHEARD = -45.0
"""Decibels below full scale that count as loud on a line on which nobody speaks."""


class Loud(NamedTuple):
    """Seconds of the file."""

    start: float
    end: float


class Drowned:
    """Takes note of how loud each line is; a number and a flag a second are kept."""

    def __init__(self, channels: int) -> None:
        """With nothing heard yet."""
        self._levels: list[list[float]] = [[] for _ in range(channels)]
        self._voices: list[list[bool]] = [[] for _ in range(channels)]

    def add(self, heard: Sequence[Activity]) -> None:
        """The next sound of every line; whole groups, but for the last."""
        for levels, voices, one in zip(self._levels, self._voices, heard, strict=True):
            whole = len(one.level) // GROUP * GROUP
            power = np.power(10, _grouped(one.level[:whole]) / 10).mean(axis=1)
            levels.extend((10 * np.log10(power)).tolist())
            voices.extend(most >= ON for most in _grouped(one.speech[:whole]).max(axis=1).tolist())

    def stretches(self) -> list[Loud]:
        """Where any line is loud for long without a voice, in order and apart."""
        found: list[Loud] = []
        lines = zip(self._levels, self._voices, strict=True)
        for one in sorted(stretch for line in lines for stretch in _of_line(*line)):
            if found and one.start <= found[-1].end:
                found[-1] = found[-1]._replace(end=max(one.end, found[-1].end))
            else:
                found.append(one)
        return found


def _of_line(levels: Sequence[float], voices: Sequence[bool]) -> Iterator[Loud]:
    spoken = [level for level, voice in zip(levels, voices, strict=True) if voice]
    least = float(np.median(spoken)) - NEARLY if spoken else UNHEARD
    start = 0
    for at in range(len(levels) + 1):
        if at < len(levels) and levels[at] >= least and not voices[at]:
            continue
        if (at - start) * SECONDS >= LONG:
            yield Loud(round(start * SECONDS, 1), round(at * SECONDS, 1))
        start = at + 1


def _grouped(values: Levels) -> Levels:
    return values.reshape(-1, GROUP)
