"""Several tracks of sound -> which of them are heard, told from what is on them.

Screen recorders write the mix of a call beside the microphone and the other side, some recorders
one track a side. Names of tracks are not asked: programs give all kinds, or none.
"""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.lines import APART, QUIET, SILENT, TENTH, TOGETHER, decibels
from pipeline.engines.speech.sound import Heard, abreast

RATE = 4000
"""Samples a second that are compared: what matters of a voice lies below 2 kHz."""
FRAME = round(RATE * TENTH)
MOST = 6
"""Tracks that are compared with each other; recorders write no more."""
LONGEST = 24 * 36_000
"""Tenths of a second that are compared: a day."""
SAME = 0.5
"""Part of the sound of a tenth of a second that another track must explain."""
MOSTLY = 0.7
"""Part of the speech of a track in which it must be so. Where two speak at once, it is not."""
OWN = 10
"""Tenths of a second that a track may stand out by itself and still be a copy."""
ALIKE = 0.5
"""Correlation of loudness from which on two tracks that speak at once are one room."""

Grams = NDArray[np.float64]
"""For each tenth of a second, the inner products of all tracks: (frames, tracks, tracks)."""


class Chosen(NamedTuple):
    """What of a recording is heard."""

    heard: Heard = ((0,),)
    copies: tuple[int, ...] = ()
    """Tracks that are left out: their words are on the others. What is in neither is silent."""


def choose(path: Path, count: int) -> Chosen:
    """Which of so many tracks are heard, and as which lines.

    Nothing is lost and nothing is heard twice: a track that others contain is left out, two that
    differ are the two lines, in their order, and more than two are mixed into one line. One that
    is silent from beginning to end is left out too. All of the sound is looked at for that.
    """
    if count == 1:
        return Chosen()
    if count > MOST:
        return Chosen(heard=(tuple(range(count)),))
    grams = _grams(path, count)
    if grams is None:
        return Chosen(heard=(tuple(range(count)),))
    return _chosen(_Tracks(grams))


class _Tracks:
    """What the tracks are to each other."""

    def __init__(self, grams: Grams) -> None:
        self._grams = grams
        self._levels = decibels(np.diagonal(grams, axis1=1, axis2=2).T / FRAME)
        loudest = float(self._levels.max(initial=-120.0))
        self._threshold = max(loudest - QUIET, SILENT)
        heights = self._levels.max(axis=1, initial=-120.0)
        self.loud = [at for at, height in enumerate(heights) if height > self._threshold]
        faint = [at for at, height in enumerate(heights) if height > SILENT]
        self.faint = [at for at in faint if at not in self.loud]

    def two_lines(self, left: int, right: int) -> bool:
        """Whether they are two lines: taking turns, or both talking without being alike.

        Each must have something of its own, and none may hold the words of the other.
        """
        levels = self._levels[[left, right]]
        active = levels.max(axis=0) > self._threshold
        apart = (levels[0] - levels[1])[active]
        lefts, rights = int((apart > APART).sum()), int((apart < -APART).sum())
        if min(lefts, rights) <= OWN or self._holds(left, right) or self._holds(right, left):
            return False
        if lefts + rights >= TOGETHER * len(apart):
            return True
        alike: NDArray[np.float64] = np.corrcoef(*levels[:, active])
        return bool(alike[0, 1] < ALIKE)

    def _holds(self, track: int, other: int) -> bool:
        """Whether words of the other track are on this one, not only faintly heard through."""
        level, beside = self._levels[track], self._levels[other]
        both = (beside > self._threshold) & (np.abs(beside - level) <= APART)
        return bool(self._explained(other, (track,))[both].sum() >= MOSTLY * max(both.sum(), 1))

    def is_in(self, track: int, others: Sequence[int]) -> bool:
        """Whether the others say all that is said on this track."""
        level = self._levels[track]
        active = level > self._threshold
        beside = self._levels[list(others)].max(axis=0)
        if (active & (level - beside > APART)).sum() > OWN:
            return False
        return bool(self._explained(track, others)[active].mean() >= MOSTLY)

    def _explained(self, track: int, others: Sequence[int]) -> NDArray[np.bool_]:
        """By frame, whether the others added up, each as loud as it fits, are this track."""
        among = self._grams[:, list(others)][:, :, list(others)] + 1e-9 * np.eye(len(others))
        along = self._grams[:, list(others), track]
        share = np.linalg.solve(among, along[..., None])[..., 0]
        part = (share * along).sum(axis=1) / (self._grams[:, track, track] + 1e-12)
        alike: NDArray[np.bool_] = part >= SAME
        return alike


def _chosen(tracks: _Tracks) -> Chosen:
    loud, faint = tracks.loud, tuple(tracks.faint)
    if not loud:
        return Chosen()
    for left, right in combinations(loud, 2):
        rest = [at for at in loud if at not in (left, right)]
        if tracks.two_lines(left, right) and all(tracks.is_in(at, (left, right)) for at in rest):
            return Chosen(((left,), (right, *faint)), tuple(rest))
    kept = list(loud)
    for at in reversed(loud):
        if any(tracks.is_in(at, (other,)) for other in kept if other != at):
            kept.remove(at)
    copies = tuple(at for at in loud if at not in kept)
    return Chosen((tuple(sorted((*kept, *faint))),), copies)


def _grams(path: Path, count: int) -> Grams | None:
    """None of a recording that is too long to be compared."""
    parts: list[Grams] = []
    frames = 0
    for block in abreast(path, range(count), RATE):
        usable = block.shape[1] // FRAME
        each = block[:, : usable * FRAME].reshape(count, usable, FRAME).transpose(1, 0, 2)
        parts.append(np.matmul(each, each.transpose(0, 2, 1), dtype=np.float64))
        frames += usable
        if frames > LONGEST:
            return None
    return np.concatenate(parts) if parts else np.zeros((0, count, count))
