"""Media file -> what it holds, from its headers and a few minutes of its sound; no weights."""

from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.sound import RATE, Reel, Samples, layout, opened
from pipeline.errors import NotReadableError
from pipeline.models.speech import AudioFacts

Lines = Literal["two", "one", "one side"]

FRAME = RATE // 10
SAMPLE = 12.0
"""Seconds listened to at each place."""
FEW = tuple(at / 5 for at in range(5))
"""Parts of the length at which a recording is sampled first."""
MANY = tuple((at + 0.5) / 20 for at in range(20))
"""Where it is sampled again when only one side was heard: the other may be silent for minutes."""
BEGINNING = 180.0
"""Seconds listened to where the length is not known."""
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
    if said.channels == 2:
        channels = 2 if _lines_of(path, said.duration) == "two" else 1
    else:
        channels = 1
        if not _listen(path, 1, 0.0, 1.0).shape[1]:
            raise NotReadableError("not_media", file=path.name)
    return AudioFacts(
        duration=said.duration, channels=channels, codec=said.codec, container=said.container
    )


def lines(stereo: Samples) -> Lines:
    """Whether left and right are the two lines of a call rather than one room in stereo.

    On two lines nearly all speech is on one of them, and each has some of its own. Where one
    channel has none of its own, it may be dead, or somebody there is only listening.
    """
    left, right = (_decibels(channel) for channel in stereo)
    loudest = np.maximum(left, right)
    active = loudest > max(float(loudest.max(initial=-120.0)) - QUIET, -60.0)
    if not active.any():
        return "one"
    apart = (left - right)[active]
    lefts, rights = float((apart > APART).mean()), float((apart < -APART).mean())
    if lefts + rights < TOGETHER:
        return "one"
    return "two" if min(lefts, rights) >= EACH else "one side"


def _lines_of(path: Path, duration: float | None) -> Lines:
    if duration is None or duration < SAMPLE * (len(FEW) + 1):
        return lines(_heard(path, _listen(path, 2, 0.0, BEGINNING)))
    found: Lines = "one"
    for places in (FEW, MANY):
        parts = [_listen(path, 2, duration * place, SAMPLE) for place in places]
        found = lines(_heard(path, np.concatenate(parts, axis=1)))
        if found != "one side":
            break
    return found


def _heard(path: Path, samples: Samples) -> Samples:
    if not samples.shape[1]:
        raise NotReadableError("not_media", file=path.name)
    return samples


def _decibels(channel: NDArray[np.float32]) -> NDArray[np.float64]:
    frames = channel[: len(channel) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.square(frames, dtype=np.float64).mean(axis=1)
    decibels: NDArray[np.float64] = 10 * np.log10(power + 1e-12)
    return decibels


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
