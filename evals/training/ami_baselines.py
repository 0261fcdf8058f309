"""Baselines on AMI: TF-IDF of words and pairs with logistic regression, alone and with context."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from evals.training.fitting import folds
from evals.training.measuring import threshold

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
_ROLES = ("PM", "ME", "UI", "ID")
_BESIDE = 0.5
_INNER = 4
_PENALTY = 3.0


class Meeting(NamedTuple):
    """One meeting; everything by turn."""

    id: str
    series: str
    """Meetings of one series are the same people on the same work."""
    texts: tuple[str, ...]
    speakers: tuple[str, ...]
    roles: tuple[str, ...]
    targets: Bools
    """Turns by kinds, and one column that no baseline looks at."""


class Said(NamedTuple):
    """What a way of finding says of one meeting, turns by kinds."""

    scores: Floats
    chosen: Bools


def tf_idf(some: Sequence[Meeting], left_out: Sequence[Ints], *, around: bool) -> list[Said]:
    """The baseline on each fold, thresholds chosen inside the other folds.

    `around` adds the words of the turns before and after, the place in the meeting, the length
    and the speaker's role.
    """
    said: list[Said | None] = [None] * len(some)
    for fold in left_out:
        rest = _but(some, fold)
        unseen: list[tuple[Floats, Bools]] = []
        for inner in folds([one.series for one in rest], _INNER):
            tested = [rest[at] for at in inner]
            scores = _fitted(_but(rest, inner), tested, around=around)
            unseen += list(zip(scores, [_targets(one) for one in tested], strict=True))
        cuts = _cuts(unseen)
        tested = [some[at] for at in fold]
        for at, scores_of_one in zip(fold, _fitted(rest, tested, around=around), strict=True):
            said[at] = Said(scores_of_one, scores_of_one >= cuts)
    return [one for one in said if one is not None]


def _but(some: Sequence[Meeting], fold: Ints) -> list[Meeting]:
    gone = set(fold.tolist())
    return [one for at, one in enumerate(some) if at not in gone]


def _targets(meeting: Meeting) -> Bools:
    return meeting.targets[:, :-1]


def _cuts(unseen: Sequence[tuple[Floats, Bools]]) -> Floats:
    scores = np.concatenate([one for one, _ in unseen])
    targets = np.concatenate([one for _, one in unseen])
    kinds = range(targets.shape[1])
    return np.array([threshold(scores[:, at], targets[:, at]) for at in kinds], np.float32)


def _fitted(taught: Sequence[Meeting], tested: Sequence[Meeting], *, around: bool) -> list[Floats]:
    """Scores of the tested meetings, turns by kinds."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    words.fit([text for one in taught for text in one.texts])
    inputs = sparse.vstack([_inputs(one, words, around=around) for one in taught]).tocsr()
    targets = np.concatenate([_targets(one) for one in taught])
    seen = [_inputs(one, words, around=around) for one in tested]
    found = [np.zeros(_targets(one).shape, np.float32) for one in tested]
    for kind in range(targets.shape[1]):
        model = LogisticRegression(
            C=_PENALTY, solver="liblinear", class_weight="balanced", random_state=0, max_iter=300
        )
        model.fit(inputs, targets[:, kind])
        for scores, matrix in zip(found, seen, strict=True):
            scores[:, kind] = model.decision_function(matrix)
    return found


def _inputs(meeting: Meeting, words: TfidfVectorizer, *, around: bool) -> sparse.csr_matrix:
    own = sparse.csr_matrix(words.transform(meeting.texts))
    if not around:
        return own
    nothing = sparse.csr_matrix((1, own.shape[1]))
    before = sparse.vstack([nothing, own[:-1]]) * _BESIDE
    after = sparse.vstack([own[1:], nothing]) * _BESIDE
    return sparse.hstack([own, before, after, sparse.csr_matrix(_place(meeting))]).tocsr()


def _place(meeting: Meeting) -> Floats:
    """Role, place in the meeting and length of every turn."""
    count = len(meeting.texts)
    role = np.array([[one == other for other in _ROLES] for one in meeting.roles], np.float32)
    place = np.linspace(0, 1, count)
    tenth = np.eye(10)[np.minimum((place * 10).astype(int), 9)]
    length = np.log1p([len(text.split()) for text in meeting.texts]) / 4
    return np.hstack([role, place[:, None], tenth, length[:, None]]).astype(np.float32)
