"""Measuring: scores of calls nobody learnt from -> calibration, thresholds, and how good they are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
_FEWEST = 8
"""Examples below which a kind is calibrated and cut as it stands."""
_SMOOTH = 2.0
"""Made-up misses and false finds that keep a threshold from resting on a few turns."""


class Found(NamedTuple):
    """How well turns were found at a threshold."""

    gold: int
    precision: float
    recall: float
    f1: float


def calibration(scores: Floats, target: Bools) -> tuple[float, float]:
    """Slope and shift that make log odds of the scores of one kind."""
    if min(target.sum(), (~target).sum()) < _FEWEST:
        return 1.0, 0.0
    model = LogisticRegression(C=10.0, random_state=0)
    model.fit(scores[:, None].astype(np.float64), target)
    slope, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
    return (slope, shift) if slope > 0 else (1.0, 0.0)


def threshold(likely: Floats, target: Bools) -> float:
    """The probability from which the smoothed F1 is best; 0.5 where there is nothing to find."""
    if not target.any():
        return 0.5
    order = np.argsort(-likely, kind="stable")
    hits = np.cumsum(target[order])
    taken = np.arange(1, len(order) + 1)
    f1 = 2 * hits / (taken + target.sum() + _SMOOTH)
    best = int(np.argmax(f1))
    above = likely[order[best]]
    below = likely[order[best + 1]] if best + 1 < len(order) else above
    return round(float(above + below) / 2, 4)


def found(said: Bools, target: Bools) -> Found:
    """Precision, recall and F1 of what was said against what is so; 0 where nothing was said."""
    hits = int((said & target).sum())
    precision = hits / max(int(said.sum()), 1)
    recall = hits / max(int(target.sum()), 1)
    f1 = 2 * hits / max(int(said.sum()) + int(target.sum()), 1)
    return Found(int(target.sum()), precision, recall, f1)


def average_precision(scores: Floats, target: Bools) -> float:
    """Area under precision over recall; nan where there is nothing to find."""
    return float(average_precision_score(target, scores)) if target.any() else float("nan")


def calibration_error(likely: Floats, target: Bools, bins: int = 10) -> float:
    """Mean gap between probability and share of hits, over bins of equally many turns."""
    order = np.argsort(likely, kind="stable")
    gaps = [
        abs(float(likely[part].mean()) - float(target[part].mean())) * len(part)
        for part in np.array_split(order, bins)
        if len(part)
    ]
    return sum(gaps) / max(len(likely), 1)


def probabilities(scores: Floats, slopes: Sequence[float], shifts: Sequence[float]) -> Floats:
    """Calibrated probabilities, turns by kinds."""
    odds = scores * np.asarray(slopes, np.float32) + np.asarray(shifts, np.float32)
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), np.float32)


class Interval(NamedTuple):
    """A difference and its 95 % interval."""

    difference: float
    low: float
    high: float


def f1_difference(
    ours: Sequence[Bools], theirs: Sequence[Bools], targets: Sequence[Bools], rounds: int = 2_000
) -> Interval:
    """How much higher the pooled F1 of `ours` is, by a paired bootstrap over whole meetings."""
    counts = np.array(
        [
            ((a & t).sum(), a.sum() + t.sum(), (b & t).sum(), b.sum() + t.sum())
            for a, b, t in zip(ours, theirs, targets, strict=True)
        ],
        np.float64,
    )
    draws = np.random.default_rng(0).integers(0, len(counts), (rounds, len(counts)))
    sums = counts[draws].sum(axis=1)
    low, high = np.percentile(_difference(sums), [2.5, 97.5])
    return Interval(float(_difference(counts.sum(axis=0)[None])[0]), float(low), float(high))


def _difference(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    ours = 2 * sums[:, 0] / np.maximum(sums[:, 1], 1)
    return np.asarray(ours - 2 * sums[:, 2] / np.maximum(sums[:, 3], 1))
