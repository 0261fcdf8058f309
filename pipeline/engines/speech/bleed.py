"""Two lines of a call -> which of them really speaks, where one is heard through the other."""

import numpy as np

from pipeline.engines.speech.activity import Activity, Levels
from pipeline.engines.speech.spans import ON

FAINTER = 20.0
"""Decibels below the other line from which on it is only heard through."""
BELOW_OWN = 10.0
"""Decibels below the line's own usual voice, so that a quiet line is not taken for an echo."""
FADE = 2.0
"""Decibels by which the other line's voice fades a chunk: an echo may come 0.3 s later."""
SILENT = -120.0


class Bleed:
    """Takes the echo of one line out of the other: nobody said those words there."""

    def __init__(self) -> None:
        self._other = [SILENT, SILENT]
        self._usual: list[float | None] = [None, None]

    def without(self, left: Activity, right: Activity) -> tuple[Activity, Activity]:
        """Both lines, with the probability of speech set to 0 where there is only an echo."""
        lines = (left, right)
        masks = [np.zeros(len(left.speech), bool) for _ in lines]
        for at in range(len(left.speech)):
            for own in (0, 1):
                masks[own][at] = self._is_echo(lines, own, at)
        return (
            Activity(_masked(left.speech, masks[0]), left.level),
            Activity(_masked(right.speech, masks[1]), right.level),
        )

    def _is_echo(self, lines: tuple[Activity, Activity], own: int, at: int) -> bool:
        level = float(lines[own].level[at])
        other = lines[1 - own]
        faded = self._other[own] - FADE
        speaking = float(other.speech[at]) >= ON
        self._other[own] = max(faded, float(other.level[at])) if speaking else faded
        usual = self._usual[own]
        faint = usual is None or level < usual - BELOW_OWN
        if level < self._other[own] - FAINTER and faint:
            return True
        if float(lines[own].speech[at]) >= ON and level > self._other[own] - BELOW_OWN:
            self._usual[own] = level if usual is None else 0.99 * usual + 0.01 * level
        return False


def _masked(speech: Levels, mask: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Levels:
    return np.where(mask, np.float32(0), speech)
