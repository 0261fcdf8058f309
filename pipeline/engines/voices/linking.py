"""Voices of windows -> voices of the recording: those that sound alike are one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.models.voices import VoiceTurn, VoiceWindow

HEARD = 2.0
"""Seconds that a voice must be heard in all: what is less is a cough or a laugh, not a speaker."""


class _Local(NamedTuple):
    """One voice of one window."""

    window: int
    voice: int


def linked(
    windows: Sequence[VoiceWindow], *, threshold: float, count: int
) -> tuple[VoiceTurn, ...]:
    """All turns, with voices numbered in the order of their first.

    Turns of voices without a print, or that are hardly heard, are left out.

    Args:
        windows: In order.
        threshold: Cosine distance from which on two are not one voice.
        count: How many people speak; 0 where that is not known.
    """
    known = [
        _Local(at, voice)
        for at, window in enumerate(windows)
        for voice, found in enumerate(window.prints)
        if found
    ]
    prints = np.array([windows[one.window].prints[one.voice] for one in known], np.float64)
    spoken = np.array([_seconds(windows[one.window], one.voice) for one in known])
    groups = _grouped(prints, spoken, threshold, count) if known else []
    owner = dict(zip(known, groups, strict=True))
    turns = [
        turn.with_(voice=owner[local])
        for at, window in enumerate(windows)
        for turn in window.turns
        if (local := _Local(at, turn.voice)) in owner
    ]
    return _numbered(turns)


def _seconds(window: VoiceWindow, voice: int) -> float:
    return sum(one.end - one.start for one in window.turns if one.voice == voice)


def _grouped(
    prints: NDArray[np.float64], spoken: NDArray[np.float64], threshold: float, count: int
) -> list[int]:
    """Number of the group of each print: the two nearest become one, over and over.

    Groups are as far apart as their prints are on average, each counted by how long it was heard.
    """
    apart = 1 - prints @ prints.T
    np.fill_diagonal(apart, np.inf)
    weight = np.maximum(spoken, 0.01)
    group = np.arange(len(prints))
    nearest, gap = apart.argmin(axis=1), apart.min(axis=1)
    for _ in range(len(prints) - max(count, 1)):
        one = int(gap.argmin())
        other = int(nearest[one])
        if count == 0 and gap[one] > threshold:
            break
        both = weight[one] + weight[other]
        apart[one] = (weight[one] * apart[one] + weight[other] * apart[other]) / both
        apart[one, one] = np.inf
        apart[other] = np.inf
        apart[:, one], apart[:, other] = apart[one], np.inf
        weight[one] = both
        group[group == other] = one
        stale = np.isin(nearest, (one, other)) | (apart[:, one] < gap)
        stale[[one, other]] = True
        nearest[stale], gap[stale] = apart[stale].argmin(axis=1), apart[stale].min(axis=1)
    return [int(each) for each in group]


def _numbered(turns: Sequence[VoiceTurn]) -> tuple[VoiceTurn, ...]:
    spoken: dict[int, float] = {}
    for one in turns:
        spoken[one.voice] = spoken.get(one.voice, 0.0) + one.end - one.start
    ordered = sorted(turns, key=lambda one: (one.start, one.end))
    heard = dict.fromkeys(one.voice for one in ordered if spoken[one.voice] >= HEARD)
    numbers = {voice: at for at, voice in enumerate(heard)}
    return tuple(one.with_(voice=numbers[one.voice]) for one in ordered if one.voice in numbers)
