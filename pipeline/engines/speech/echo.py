"""Two lines of a call -> how much of what is heard on each came over from the other.

A loudspeaker, a headset or a telephone line lets one side be heard on the other's line: later,
duller, fainter. Such an echo follows from the other line alone. So what the other line foretells
is echo, and what is left over is somebody speaking here. That tells echoes too loud to be known by
their loudness, and people who speak too softly to be told from one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.activity import CHUNK
from pipeline.engines.speech.sound import RATE, Samples

LATEST = RATE
"""Samples by which an echo may come later; line and loudspeaker together stay below a second."""
FRAME = 2 * CHUNK
LOWEST, HIGHEST = 100, 3500
"""Hertz that are looked at: where telephones and loudspeakers pass speech."""
BINS = slice(LOWEST * FRAME // RATE, HIGHEST * FRAME // RATE)
TAPS = 6
"""Frames of the other line that one frame may hold: 190 ms of room behind the first sound."""
PAST = 2 * LATEST + (TAPS + 1) * CHUNK
"""Samples kept of both lines: there and back."""
SHARP = 9.0
"""Times its mean that the best delay must stand out by, to be one."""
KEPT = 0.8
"""What counts, a block later, of that which was learned from a block."""
ENOUGH = 40
"""Frames (1.3 s) in which the other side must speak before anything is said of its echo."""
FORETOLD = 0.5
"""Part of the sound that must follow from the other line where nobody but it speaks."""
NEARBY = 5
"""Chunks over which loudness is taken together: speech has gaps between its sounds."""
AUDIBLE = 0.05
"""Part of the other line's loudest, from which on it is loud enough to learn its echo from."""
RIDGE = 1e-3
FAINTEST = 1e-12
WINDOW = np.hanning(FRAME).astype(np.float32) / (0.612 * FRAME)
"""Scaled so that powers of frames are those of the samples, half of them on either side of 0 Hz."""

Powers = NDArray[np.float64]
Spectra = NDArray[np.complexfloating]


class Foretold(NamedTuple):
    """One value a chunk, in decibels."""

    echo: Powers
    """What came over from the other line."""
    rest: Powers
    """What did not."""
    usual: float
    """By how much the rest exceeds the echo where nobody speaks here: a negative number."""


class Echoes:
    """Learns, block by block, how each of two lines is heard through the other."""

    def __init__(self) -> None:
        self._past = np.zeros((2, PAST), np.float32)
        self._delays = _Delays()
        self._paths = (_Path(), _Path())

    def listen(self, lines: Samples) -> tuple[Foretold | None, Foretold | None]:
        """What of each line came over; None where that cannot be told, or nothing does.

        Their number of samples must be a multiple of CHUNK.
        """
        held = np.concatenate([self._past, lines], axis=1)
        self._past = held[:, -PAST:].copy()
        first, second = self._delays.found(held)
        return (
            self._paths[0].heard(held[0], held[1], first, second),
            self._paths[1].heard(held[1], held[0], second, first),
        )


class _Delays:
    """By how much each line comes later on the other, from the phases of both (GCC-PHAT)."""

    def __init__(self) -> None:
        self._cross = np.zeros(0, np.complex128)

    def found(self, held: Samples) -> tuple[int | None, int | None]:
        """Samples by which the second is late on the first, and the first on the second."""
        size = _even_size(held.shape[1] + LATEST)
        first, second = np.fft.rfft(held, size)
        cross = first * np.conj(second)
        cross /= np.abs(cross) + 1e-9
        cross[: LOWEST * size // RATE] = 0
        cross[HIGHEST * size // RATE :] = 0
        if len(self._cross) == len(cross):
            cross += KEPT * self._cross
        self._cross = cross
        alike = np.abs(np.fft.irfft(cross))
        return _peak(alike[: LATEST + 1]), _peak(np.append(alike[:1], alike[: -LATEST - 1 : -1]))


class _Path:
    """How the other line sounds on this one."""

    def __init__(self) -> None:
        bins = BINS.stop - BINS.start
        self._seen = np.zeros((bins, TAPS, TAPS), np.complex128)
        self._came = np.zeros((bins, TAPS), np.complex128)
        self._frames = self._peak = self._foretold = self._usual = 0.0

    def heard(
        self, own: Samples, other: Samples, delay: int | None, back: int | None
    ) -> Foretold | None:
        """What came over; the samples begin PAST before those that are asked about.

        Args:
            own: This line.
            other: The other line.
            delay: Samples by which that is late on this; None where it is not heard here.
            back: Samples by which this line is late on the other.
        """
        if delay is None:
            return None
        here, there = _aligned(own, other, delay)
        source, level = _power(there[:, :, 0]), _power(here)
        self._peak = max(KEPT * self._peak, float(source.max(initial=0.0)))
        alone = (source > AUDIBLE * self._peak) & (level < source)
        if back is not None:  # where the other line is but an echo of what was said here
            alone &= source > _power(_before(own, delay + back, len(here)))
        self._learn(here[alone], there[alone], level[alone])
        if self._frames < ENOUGH:
            return None
        came = np.einsum("fbt,bt->fb", there, self._taps())
        echo, rest = _power(came), _power(here - came)
        self._foretold = KEPT * self._foretold + float((rest < 0.5 * level)[alone].sum())
        if self._foretold < FORETOLD * self._frames:
            return None
        echoes, rests = _decibels(echo), _decibels(rest)
        if alone.any():
            self._usual = float(np.median((rests - echoes)[alone]))
        return Foretold(echoes, rests, self._usual)

    def _learn(self, here: Spectra, there: Spectra, level: Powers) -> None:
        """Add what these frames show; loud ones, in which somebody may speak here, count less."""
        weighed = there.conj() / (level + FAINTEST)[:, None, None]
        self._seen = KEPT * self._seen + np.einsum("fbi,fbj->bij", weighed, there)
        self._came = KEPT * self._came + np.einsum("fbi,fb->bi", weighed, here)
        self._frames = KEPT * self._frames + len(here)

    def _taps(self) -> Spectra:
        """The echo that fits best what was seen, in the sense of least squares."""
        ridge = RIDGE * np.trace(self._seen, axis1=1, axis2=2).real / TAPS + FAINTEST
        seen = self._seen + ridge[:, None, None] * np.eye(TAPS)
        taps: Spectra = np.linalg.solve(seen, self._came[:, :, None])[:, :, 0]
        return taps


def _aligned(own: Samples, other: Samples, delay: int) -> tuple[Spectra, Spectra]:
    """Spectra of this line (frames, bins), and of the other before each (frames, bins, TAPS)."""
    here = _spectra(own[PAST - CHUNK // 2 :])
    late, count = delay - min(delay, CHUNK), len(here)
    taps = [_before(other, late + tap * CHUNK, count) for tap in range(TAPS)]
    return here, np.stack(taps, axis=2)


def _before(line: Samples, late: int, count: int) -> Spectra:
    """Spectra of a line so many samples earlier."""
    begin = PAST - CHUNK // 2 - late
    return _spectra(line[begin : begin + count * CHUNK + CHUNK // 2])


def _spectra(samples: NDArray[np.float32]) -> Spectra:
    """One frame a chunk, the first of them half a chunk before the first chunk."""
    count = (len(samples) - CHUNK // 2) // CHUNK
    padded = np.pad(samples, (0, FRAME))
    windows = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::CHUNK][:count]
    spectra: Spectra = np.fft.rfft(windows * WINDOW, axis=1)[:, BINS]
    return spectra


def _power(spectra: Spectra) -> Powers:
    """Against full scale, by frame."""
    power: Powers = np.square(np.abs(spectra)).sum(axis=1)
    return power


def _decibels(power: Powers) -> Powers:
    smooth = np.convolve(power, np.full(NEARBY, 1 / NEARBY), "same")
    decibels: Powers = 10 * np.log10(smooth[: len(power)] + FAINTEST)
    return decibels


def _peak(alike: Powers) -> int | None:
    at = int(alike.argmax())
    return at if alike[at] > SHARP * alike.mean() else None


def _even_size(least: int) -> int:
    step = 1 << 14
    return -(-least // step) * step
