"""Two lines of a call -> which of them really speaks, where one is heard through the other."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.activity import CHUNK, Activity, Levels
from pipeline.engines.speech.echo import Echoes, Foretold
from pipeline.engines.speech.sound import RATE, Samples
from pipeline.engines.speech.spans import ON

FAINTER = 20.0
"""Decibels below the other line from which on it is only heard through."""
BELOW_OWN = 10.0
"""Decibels below the line's own usual voice, so that a quiet line is not taken for an echo."""
FADE = 2.0
"""Decibels by which the other line's voice fades a chunk: an echo may come 0.3 s later."""
SILENT = -120.0
SECOND = RATE // CHUNK
"""Chunks."""
Mask = NDArray[np.bool_]

OVER = 6.0
"""Decibels above what is usually left of an echo, from which on somebody speaks over it."""
LEAST, MOST = -12.0, 3.0
"""Bounds of that in decibels against the echo: what is left varies from sound to sound."""


class Alone(NamedTuple):
    """One line of a call without what is only heard through it."""

    activity: Activity
    samples: NDArray[np.float32]
    beside: Levels | None = None
    """Decibels of the other line's loudest sound of the last second, chunk by chunk."""


class Bleed:
    """Takes the echo of one line out of the other: nobody said those words there."""

    def __init__(self) -> None:
        self._other = [SILENT, SILENT]
        self._usual: list[float | None] = [None, None]
        self._echoes = Echoes()
        self._echo = [SILENT, SILENT]
        self._before = np.full((2, SECOND - 1), SILENT, np.float32)

    def without(self, samples: Samples, heard: Sequence[Activity]) -> list[Alone]:
        """Both lines, with the probability of speech set to 0 where there is only an echo.

        Where the echo is known for one, it is silenced as well: pieces may keep their pauses.
        """
        foretold = self._echoes.listen(samples)
        beside = [self._loudest(1 - own, heard[1 - own].level) for own in (0, 1)]
        masks = [np.zeros(len(one.speech), bool) for one in heard]
        for at in range(len(heard[0].speech)):
            for own in (0, 1):
                late = SILENT if foretold[own] is None else float(beside[own][at])
                masks[own][at] = self._is_faint(heard, own, at, late)
        found: list[Alone] = []
        for own, known in enumerate(foretold):
            sound = samples[own]
            if known is None:
                self._echo[own] = SILENT
            else:
                masks[own] = self._is_foretold(own, known, masks[own])
                sound = _silenced(sound, masks[own])
            speech = np.where(masks[own], np.float32(0), heard[own].speech)
            found.append(Alone(Activity(speech, heard[own].level), sound, beside[own]))
        return found

    def _loudest(self, line: int, level: Levels) -> Levels:
        """Of each chunk and those of a second before it."""
        held = np.concatenate([self._before[line], level])
        self._before[line] = held[-len(self._before[line]) :]
        loudest: Levels = np.lib.stride_tricks.sliding_window_view(held, SECOND).max(axis=1)
        return loudest

    def _is_foretold(self, own: int, heard: Foretold, faint: Mask) -> Mask:
        """Where nothing is left of a line but what the other foretells, and its fading."""
        over = min(max(heard.usual + OVER, LEAST), MOST)
        fading = self._echo[own]
        echoes = np.empty(len(heard.echo))
        for at, echo in enumerate(heard.echo):
            fading = echoes[at] = max(float(echo), fading - FADE)
        self._echo[own] = fading
        return np.asarray(heard.rest < echoes + np.where(faint, OVER, over))

    def _is_faint(self, lines: Sequence[Activity], own: int, at: int, late: float) -> bool:
        """Whether it is far below the other line, and below this line's own voice.

        Args:
            lines: Both.
            own: Which of them.
            at: Number of the chunk.
            late: Decibels of the other line's loudest from which an echo may still come.
        """
        level = float(lines[own].level[at])
        other = lines[1 - own]
        faded = self._other[own] - FADE
        speaking = float(other.speech[at]) >= ON
        self._other[own] = max(faded, float(other.level[at])) if speaking else faded
        usual = self._usual[own]
        faint = usual is None or level < usual - BELOW_OWN
        if level < max(self._other[own], late) - FAINTER and faint:
            return True
        if float(lines[own].speech[at]) >= ON and level > self._other[own] - BELOW_OWN:
            self._usual[own] = level if usual is None else 0.99 * usual + 0.01 * level
        return False


def _silenced(samples: NDArray[np.float32], mask: Mask) -> NDArray[np.float32]:
    """Without the sound of some chunks, faded so that nothing clicks."""
    middles = np.arange(len(mask)) * CHUNK + CHUNK // 2
    gains = np.interp(np.arange(len(samples)), middles, ~mask)
    return (samples * gains).astype(np.float32)
