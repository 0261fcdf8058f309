"""Media file -> what it holds, from its headers and a few minutes of its sound; no weights."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.sound import RATE, Reel, Samples, layout, opened
from pipeline.errors import NotReadableError
from pipeline.models.speech import AudioFacts

FRAME = RATE // 10
SAMPLE = 60.0
"""Seconds listened to at each place."""
PLACES = (0.0, 0.4, 0.8)
"""Parts of the length at which a long recording is sampled: one side may be silent for minutes."""
APART = 10.0
"""Decibels between the channels when only one of two lines speaks."""
QUIET = 35.0
"""Decibels below the loudest frame that count as nobody speaking."""
EACH = 0.03
"""Part of the speech that each line must have for itself."""
TOGETHER = 0.5
"""Part of the speech that is on one line only when there are two."""


def probe(path: Path) -> AudioFacts:
    """What the file holds.

    Raises:
        NotReadableError: it is no media file, has no sound, or is cut before its index.
    """
    with opened(path) as (container, stream):
        said = layout(container, stream, path)
    channels = 2 if said.channels == 2 else 1
    heard = _samples(path, channels, said.duration)
    if not heard.shape[1]:
        raise NotReadableError("not_media", file=path.name)
    return AudioFacts(
        duration=said.duration,
        channels=2 if channels == 2 and is_two_lines(heard) else 1,
        codec=said.codec,
        container=said.container,
    )


def is_two_lines(stereo: Samples) -> bool:
    """Whether left and right are the two lines of a call rather than one room in stereo.

    On two lines nearly all speech is on one of them, and each has some of its own. A file whose
    one channel is dead is one voice: nobody could say whose.
    """
    left, right = (_decibels(channel) for channel in stereo)
    loudest = np.maximum(left, right)
    active = loudest > max(float(loudest.max(initial=-120.0)) - QUIET, -60.0)
    if not active.any():
        return False
    apart = (left - right)[active]
    lefts, rights = float((apart > APART).mean()), float((apart < -APART).mean())
    return min(lefts, rights) >= EACH and lefts + rights >= TOGETHER


def _decibels(channel: NDArray[np.float32]) -> NDArray[np.float64]:
    frames = channel[: len(channel) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.square(frames, dtype=np.float64).mean(axis=1)
    decibels: NDArray[np.float64] = 10 * np.log10(power + 1e-12)
    return decibels


def _samples(path: Path, channels: int, duration: float | None) -> Samples:
    if channels == 1:
        return _listen(path, channels, 0.0, 1.0)
    if duration is None or duration < SAMPLE * 4:
        return _listen(path, channels, 0.0, SAMPLE * 3)
    parts = [_listen(path, channels, duration * place, SAMPLE) for place in PLACES]
    return np.concatenate(parts, axis=1)


def _listen(path: Path, channels: int, start: float, seconds: float) -> Samples:
    """Some seconds of sound; fewer where the file ends, none where it cannot be sought."""
    held: list[Samples] = []
    count = 0
    for block in Reel(path, channels=channels).blocks(start=start):
        held.append(block)
        count += block.shape[1]
        if count >= seconds * RATE:
            break
    if not held:
        return np.zeros((channels, 0), np.float32)
    return np.concatenate(held, axis=1)[:, : int(seconds * RATE)]
