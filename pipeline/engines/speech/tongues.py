"""What the model makes of the language of each piece -> the language it is heard in."""

from collections.abc import Mapping, Sequence

CERTAIN = 0.5
"""Probability from which on a piece decides its language by itself."""
BRIEF, SURE = 1.5, 0.9
"""A piece of fewer seconds, such as "OK" or "好的", decides only from this probability on."""


def decided(odds: Sequence[Mapping[str, float]], durations: Sequence[float]) -> list[str]:
    """The language of each piece of a batch.

    One that cannot be told by itself follows the nearest one that can, the one before it where
    two are as near; where there is none, all follow what most of the batch seems to be in.

    Args:
        odds: For each piece, the probability of each language that it may be in.
        durations: Seconds of each piece.
    """
    told = [_told(one, seconds) for one, seconds in zip(odds, durations, strict=True)]
    mostly = _most_of(odds, durations)
    return [one or _nearest(told, at) or mostly for at, one in enumerate(told)]


def _told(odds: Mapping[str, float], seconds: float) -> str | None:
    best = max(sorted(odds), key=lambda language: odds[language])
    needed = SURE if seconds < BRIEF else CERTAIN
    return best if odds[best] >= needed * sum(odds.values()) > 0 else None


def _nearest(told: Sequence[str | None], at: int) -> str | None:
    near = sorted(range(len(told)), key=lambda other: (abs(other - at), other))
    return next((told[other] for other in near if told[other]), None)


def _most_of(odds: Sequence[Mapping[str, float]], durations: Sequence[float]) -> str:
    total: dict[str, float] = {}
    for one, duration in zip(odds, durations, strict=True):
        for language, chance in one.items():
            total[language] = total.get(language, 0.0) + chance * duration
    return max(sorted(total), key=lambda language: total[language])
