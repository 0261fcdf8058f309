"""Media file -> what it holds, from its headers and a few minutes of its sound; no weights."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.lines import TENTH, Levels, Lines, decibels, judged
from pipeline.engines.speech.opening import Layout, layout, without_sound
from pipeline.engines.speech.sound import RATE, Form, Samples, passage, regrouped
from pipeline.engines.speech.tracks import choose
from pipeline.errors import NotReadableError
from pipeline.models.speech import AudioFacts

FRAME = round(RATE * TENTH)
SAMPLE = 12.0
"""Seconds listened to at each place."""
FEW = tuple(at / 5 for at in range(5))
"""Parts of the length at which a recording is sampled first."""
MANY = tuple((at + 0.5) / 20 for at in range(20))
"""Where it is sampled again when only one side was heard: the other may be silent for minutes."""
BEGINNING = 180.0
"""Seconds listened to where the length is not known."""


def probe(path: Path) -> AudioFacts:
    """What the file holds, and which of its tracks are heard. Asked again, it knows.

    Raises:
        NotReadableError: it is no media file, has no sound, or is cut before its index.
    """
    stat = path.stat() if path.exists() else None
    return _probed(path, stat.st_size if stat else 0, stat.st_mtime_ns if stat else 0)


@lru_cache(maxsize=8)
def _probed(path: Path, size: int, changed: int) -> AudioFacts:
    del size, changed
    said = layout(path)
    chosen = choose(path, said.tracks)
    tracks = [track for line in chosen.heard for track in line]
    if tracks != [0]:
        said = layout(path, tracks)
    channels = len(chosen.heard)
    if len(tracks) == 1:
        channels = _channels_of(path, said, tracks[0])
    return AudioFacts(
        duration=said.duration,
        channels=channels,
        codec=said.codec,
        container=said.container,
        tracks=said.tracks,
        heard=chosen.heard,
        copies=chosen.copies,
    )


def lines(stereo: Samples) -> Lines:
    """Whether left and right are two lines; see `judged`."""
    left, right = (_levels(channel) for channel in stereo)
    return judged(left, right)


def _channels_of(path: Path, said: Layout, track: int) -> int:
    if said.channels == 2:
        return 2 if _lines_of(path, said.duration, track) == "two" else 1
    _heard(path, _listen(path, track, Form(1), 0.0, 1.0))
    return 1


def _lines_of(path: Path, duration: float | None, track: int) -> Lines:
    if duration is None or duration < SAMPLE * (len(FEW) + 1):
        begins = lines(_heard(path, _listen(path, track, Form(2), 0.0, BEGINNING)))
        if duration is None and begins == "one side":
            return _lines_throughout(path, track)
        return begins
    found: Lines = "one"
    for places in (FEW, MANY):
        parts = [_listen(path, track, Form(2), duration * place, SAMPLE) for place in places]
        found = lines(_heard(path, np.concatenate(parts, axis=1)))
        if found != "one side":
            break
    return found


def _lines_throughout(path: Path, track: int) -> Lines:
    """Where nothing can be sought, and the other side was silent so far: all of it."""
    blocks = regrouped(passage(path, track, Form(2)), FRAME * 600)
    levels = [np.stack([_levels(channel) for channel in block]) for block in blocks]
    return judged(*np.concatenate(levels, axis=1))


def _heard(path: Path, samples: Samples) -> Samples:
    if not samples.shape[1]:
        raise NotReadableError(without_sound(path), file=path.name)
    return samples


def _levels(channel: NDArray[np.float32]) -> Levels:
    frames = channel[: len(channel) // FRAME * FRAME].reshape(-1, FRAME)
    return decibels(np.square(frames, dtype=np.float64).mean(axis=1))


def _listen(path: Path, track: int, form: Form, start: float, seconds: float) -> Samples:
    """Some seconds of sound; fewer where the file ends, none where it cannot be sought."""
    held: list[Samples] = []
    count = 0
    for block in passage(path, track, form._replace(group=RATE), start=start):
        held.append(block)
        count += block.shape[1]
        if count >= seconds * RATE:
            break
    if not held:
        return np.zeros((form.channels, 0), np.float32)
    return np.concatenate(held, axis=1)[:, : int(seconds * RATE)]
