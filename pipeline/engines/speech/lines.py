"""Two channels, or two tracks -> whether they are the two lines of a call."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Lines = Literal["two", "one", "one side"]
Levels = NDArray[np.float64]
"""Loudness in decibels below full scale, one value for each tenth of a second."""

TENTH = 0.1
"""Seconds of sound in one value."""
APART = 10.0
"""Decibels between the channels when only one of two lines speaks."""
QUIET = 35.0
"""Decibels below the loudest frame that count as nobody speaking."""
SILENT = -60.0
"""Decibels below full scale that count as nobody speaking, however faint all is."""
EACH = 0.03
"""Part of the speech that each line must have for itself."""
TOGETHER = 0.5
"""Part of the speech that is on one line only when there are two."""


def judged(left: Levels, right: Levels) -> Lines:
    """Whether two channels are the two lines of a call rather than one room in stereo.

    On two lines nearly all speech is on one of them, and each has some of its own. Where one
    channel has none of its own, it may be dead, or somebody there is only listening.
    """
    loudest = np.maximum(left, right)
    active = loudest > max(float(loudest.max(initial=-120.0)) - QUIET, SILENT)
    if not active.any():
        return "one"
    apart = (left - right)[active]
    lefts, rights = float((apart > APART).mean()), float((apart < -APART).mean())
    if lefts + rights < TOGETHER:
        return "one"
    return "two" if min(lefts, rights) >= EACH else "one side"


def decibels(power: NDArray[np.float64]) -> Levels:
    """Mean squares of samples -> loudness."""
    levels: Levels = 10 * np.log10(power + 1e-12)
    return levels
