"""Fitting: sparse features and targets -> two stages of logistic regressions, one for each kind.

Whole calls are left out, never turns: what stage two learns from, what calibrates it and what
chooses thresholds are scores of calls that the stage before had not seen.
"""

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from pipeline.engines.rules.sense.around import NEAR, around
from pipeline.engines.rules.sense.features import BITS, Matrix

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
_NEVER = -6.0
"""Log odds of a kind of which there is no example."""
_PRIOR = 0.3
_LEAST, _MOST = 0.3, 3.0


class Part(NamedTuple):
    """One call as it is fitted."""

    matrix: sparse.csr_matrix
    """Turns by features."""
    targets: Bools
    weights: Floats
    group: str
    """Calls of one group are never apart: all of them teach, or all of them test."""


class Recipe(NamedTuple):
    """What is chosen by cross-validation."""

    first: float = 0.5
    """Inverse strength of the penalty of stage one."""
    second: float = 0.1
    """Inverse strength of the penalty of stage two."""
    calls: int = 3
    """Calls in which a feature must occur to be kept."""
    inner: int = 5
    """Folds whose left-out scores stage two learns from."""


class Linear(NamedTuple):
    """Logistic regressions side by side."""

    weights: Floats
    """Inputs by kinds."""
    bias: Floats

    def scores(self, inputs: sparse.csr_matrix | Floats) -> Floats:
        """Log odds, turns by kinds."""
        return np.asarray(inputs @ self.weights + self.bias, np.float32)


class Stages(NamedTuple):
    """A fitted reader, not yet calibrated."""

    kept: Ints
    """Features that stage one knows, ascending."""
    first: Linear
    second: Linear

    def scores(self, part: Part) -> Floats:
        """Log odds of stage two for a call."""
        return self.second.scores(around(self.first.scores(part.matrix[:, self.kept])))


def part_of(matrix: Matrix, targets: Bools, weights: Floats, group: str) -> Part:
    """A call with its features as scipy wants them."""
    shape = (matrix.height, 1 << BITS)
    made = sparse.csr_matrix((matrix.values, (matrix.rows, matrix.columns)), shape=shape)
    return Part(made, targets, weights, group)


def folds(groups: Sequence[str], count: int) -> list[Ints]:
    """Places of the parts of each fold; a group is never divided, and sizes are alike."""
    names = sorted(set(groups))
    count = min(count, len(names))
    fold = {name: place % count for place, name in enumerate(names)}
    return [
        np.array([at for at, name in enumerate(groups) if fold[name] == place], np.int64)
        for place in range(count)
    ]


def stacked(first: Sequence[Floats], parts: Sequence[Part], recipe: Recipe) -> Stages:
    """Both stages from all of the parts; `first` are their scores by `unseen_first`."""
    return Stages(*_stage_one(parts, recipe), _stage_two(first, parts, recipe))


def unseen_second(first: Sequence[Floats], parts: Sequence[Part], recipe: Recipe) -> list[Floats]:
    """Scores of stage two for each part, from a stage two fitted without its fold.

    `first` are the parts' scores by `unseen_first`, so neither stage has seen the part it scores.
    """
    found: list[Floats] = [np.zeros((0, 0), np.float32)] * len(parts)
    for left_out in folds([part.group for part in parts], recipe.inner):
        chosen = [place for place in range(len(parts)) if place not in set(left_out.tolist())]
        second = _stage_two([first[at] for at in chosen], [parts[at] for at in chosen], recipe)
        for place in left_out:
            found[place] = second.scores(around(first[place]))
    return found


def unseen_first(parts: Sequence[Part], recipe: Recipe) -> list[Floats]:
    """Scores of stage one for each part, from a stage one fitted without its fold."""
    found: list[Floats] = [np.zeros((0, 0), np.float32)] * len(parts)
    for left_out in folds([part.group for part in parts], recipe.inner):
        kept, first = _stage_one(without(parts, left_out), recipe)
        for place in left_out:
            found[place] = first.scores(parts[place].matrix[:, kept])
    return found


def _stage_two(first: Sequence[Floats], parts: Sequence[Part], recipe: Recipe) -> Linear:
    inputs = np.concatenate([around(scores) for scores in first])
    return _linear(inputs, parts, recipe.second, _Emphasis(parts[0].targets.shape[1]))


def without(parts: Sequence[Part], left_out: Ints) -> list[Part]:
    """The parts that are not in a fold."""
    gone = set(left_out.tolist())
    return [part for place, part in enumerate(parts) if place not in gone]


def _stage_one(parts: Sequence[Part], recipe: Recipe) -> tuple[Ints, Linear]:
    kept = _kept(parts, recipe.calls)
    inputs = sparse.vstack([part.matrix[:, kept] for part in parts]).tocsr()
    return kept, _linear(inputs, parts, recipe.first, _Telling(inputs))


def _kept(parts: Sequence[Part], calls: int) -> Ints:
    """Features that occur in so many groups: what only one call says is a name or a chance."""
    groups: dict[str, list[Ints]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(part.matrix.indices)
    counts = np.zeros(1 << BITS, np.int32)
    for columns in groups.values():
        counts[np.unique(np.concatenate(columns))] += 1
    return np.flatnonzero(counts >= min(calls, len(groups)))


class _Telling:
    """How much each feature is let do for a kind: rare ones and one-sided ones more.

    The scaling of Wang and Manning (2012), half as strong, with a half-strong inverse frequency.
    """

    def __init__(self, inputs: sparse.csr_matrix) -> None:
        self._held = (inputs > 0).astype(np.float32)
        counts = np.maximum(np.asarray(self._held.sum(axis=0)).ravel(), 1)
        self._rare = np.sqrt(np.log1p(inputs.shape[0] / counts) / 3)

    def of(self, target: Bools, weights: Floats) -> Floats:
        """A factor for each feature."""
        with_it = self._held.T @ np.where(target, weights, 0) + _PRIOR
        share = (~target).sum() / max(target.sum(), 1)
        without = self._held.T @ (~target).astype(np.float32) + _PRIOR * share
        odds = np.log(with_it / with_it.sum()) - np.log(without / without.sum())
        one_sided = np.sqrt(np.minimum(np.abs(odds), _MOST)) + _LEAST
        return np.asarray(one_sided * self._rare, np.float32)


class _Emphasis:
    """How much each input of stage two is let do: the kind's own score most, strangers' least."""

    def __init__(self, kinds: int) -> None:
        self._kinds = kinds
        self.place = 0

    def of(self, target: Bools, weights: Floats) -> Floats:
        """A factor for each input; called for one kind after the other."""
        del target, weights
        blocks = np.full((2 * NEAR + 1 + 4, self._kinds), 0.5, np.float32)
        blocks[NEAR] = 1.0
        blocks[:, self.place] = 1.0
        blocks[NEAR, self.place] = 4.0
        self.place += 1
        return np.concatenate([blocks.ravel(), np.full(2 * NEAR, 0.5, np.float32)])


def _linear(
    inputs: sparse.csr_matrix | Floats,
    parts: Sequence[Part],
    penalty: float,
    factors: _Telling | _Emphasis,
) -> Linear:
    targets = np.concatenate([part.targets for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    made = np.zeros((inputs.shape[1], targets.shape[1]), np.float32)
    bias = np.full(targets.shape[1], _NEVER, np.float32)
    for kind in range(targets.shape[1]):
        target, weight = targets[:, kind], weights[:, kind]
        factor = factors.of(target, weight)
        if target.any() and not target.all():
            model = _logistic(_scaled(inputs, factor), target, weight, penalty)
            made[:, kind], bias[kind] = model.coef_[0] * factor, model.intercept_[0]
    return Linear(made, bias)


def _scaled(inputs: sparse.csr_matrix | Floats, factor: Floats) -> sparse.csr_matrix | Floats:
    return inputs @ sparse.diags(factor) if sparse.issparse(inputs) else inputs * factor


def _logistic(
    inputs: sparse.csr_matrix | Floats, target: Bools, weights: Floats, penalty: float
) -> LogisticRegression:
    model = LogisticRegression(
        C=penalty, solver="liblinear", intercept_scaling=3.0, random_state=0, max_iter=300, tol=1e-3
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(inputs, target, sample_weight=weights)
    return model
