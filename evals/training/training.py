"""Labelled calls -> a reader's model and what cross-validation over whole calls says of it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evals.training.calls import Sample
from evals.training.fitting import (
    Part,
    Recipe,
    folds,
    part_of,
    stacked,
    unseen_first,
    unseen_second,
)
from evals.training.labels import Labels
from evals.training.measuring import (
    Found,
    average_precision,
    calibration,
    calibration_error,
    found,
    probabilities,
    threshold,
)
from pipeline.engines.rules.sense.features import features
from pipeline.engines.rules.sense.kinds import KINDS, Kind
from pipeline.engines.rules.sense.model import Model
from pipeline.engines.rules.sense.spoken import Spoken, masked

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
LANGUAGES = ("zh", "en")
FOLDS = 8
_SHADOW = 0.25
"""How much the shadow of a call counts beside the call."""
_CROP = 0.25
"""The same for a stretch of a call."""
_STRETCHES = (16, 4)
"""Turns of the stretches that are cut out of a call, so that short calls are known too."""
_EACH = 2
"""Stretches of each length."""
_MARKS = re.compile(r"[，。！？、；：,.!?;:…—]+")


class Row(NamedTuple):
    """How good one kind is in one language, on calls that were left out."""

    kind: Kind
    language: str
    """zh, en, or all."""
    average_precision: float
    found: Found
    """At thresholds that were chosen on other calls."""
    calibration_error: float


class Fitted(NamedTuple):
    """Slopes, shifts and thresholds for every kind."""

    slopes: list[float]
    shifts: list[float]
    cuts: dict[str, list[float]]
    """Thresholds by language."""


def train(samples: Sequence[Sample], recipe: Recipe | None = None) -> tuple[Model, list[Row]]:
    """The model of all the calls, and its table.

    Calibration and thresholds of the model come from the left-out scores of every call; those of
    the table from the left-out scores of the other calls only.
    """
    recipe = recipe or Recipe()
    parts = [_part(sample, 1.0) for sample in samples]
    taught = [*parts, *(_part(shadow(sample), _SHADOW) for sample in samples)]
    taught += [_part(one, _CROP) for sample in samples for one in crops(sample)]
    first = unseen_first(taught, recipe)
    scores = unseen_second(first, taught, recipe)[: len(parts)]
    languages = [sample.language for sample in samples]
    stages = stacked(first, taught, recipe)
    final = _calibrated(parts, scores, languages)
    model = Model(
        stages.kept,
        stages.first.weights,
        stages.first.bias,
        stages.second.weights,
        stages.second.bias,
        np.array(final.slopes, np.float32),
        np.array(final.shifts, np.float32),
        {name: dict(zip(KINDS, cuts, strict=True)) for name, cuts in final.cuts.items()},
    )
    return model, list(_table(parts, scores, languages))


def shadow(sample: Sample) -> Sample:
    """The call as a poor recogniser hands it over: nobody's side known, no marks, no capitals.

    Names stay masked because they are looked for before the capitals go.
    """
    texts = masked([turn.text for turn in sample.turns], sample.names)
    bare = [_MARKS.sub(" ", text).lower() for text in texts]
    turns = [
        Spoken(turn.speaker, "unknown", text) for turn, text in zip(sample.turns, bare, strict=True)
    ]
    return sample._replace(turns=tuple(turns))


def crops(sample: Sample) -> Iterator[Sample]:
    """Short stretches of a call, each as if it were all that was said; always the same ones."""
    for length in _STRETCHES:
        room = max(1, len(sample.turns) - length)
        for place in range(_EACH):
            start = (2 * place + 1) * room // (2 * _EACH)
            cut = slice(start, start + length)
            labels = Labels(sample.labels.targets[cut], sample.labels.weights[cut])
            yield sample._replace(turns=sample.turns[cut], labels=labels)


def _part(sample: Sample, weight: float) -> Part:
    matrix = features(sample.turns, sample.names)
    weights = sample.labels.weights * np.float32(weight)
    return part_of(matrix, sample.labels.targets, weights, sample.id)


def _calibrated(
    parts: Sequence[Part], scores: Sequence[Floats], languages: Sequence[str]
) -> Fitted:
    all_scores = np.concatenate(list(scores))
    targets = np.concatenate([part.targets for part in parts])
    pairs = [calibration(all_scores[:, place], targets[:, place]) for place in range(len(KINDS))]
    slopes, shifts = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    likely = probabilities(all_scores, slopes, shifts)
    spoken = np.repeat(np.array(languages), [len(part.targets) for part in parts])
    cuts = {name: _cuts(likely, targets, spoken == name) for name in LANGUAGES}
    return Fitted(slopes, shifts, cuts)


def _cuts(likely: Floats, targets: Bools, own: Bools) -> list[float]:
    """Thresholds for a language: half of its own calls' making, half of all calls'."""
    both = [threshold(likely[:, place], targets[:, place]) for place in range(len(KINDS))]
    if not own.any():
        return both
    mine = [threshold(likely[own, place], targets[own, place]) for place in range(len(KINDS))]
    return [round((one + other) / 2, 4) for one, other in zip(both, mine, strict=True)]


def _table(
    parts: Sequence[Part], scores: Sequence[Floats], languages: Sequence[str]
) -> Iterator[Row]:
    """Every fold is calibrated and cut by the other folds."""
    likely: list[Floats] = [np.zeros((0, 0), np.float32)] * len(parts)
    said: list[Bools] = [np.zeros((0, 0), np.bool_)] * len(parts)
    for left_out in folds([part.group for part in parts], FOLDS):
        others = [at for at in range(len(parts)) if at not in set(left_out.tolist())]
        made = _calibrated(
            [parts[at] for at in others],
            [scores[at] for at in others],
            [languages[at] for at in others],
        )
        for at in left_out:
            likely[at] = probabilities(scores[at], made.slopes, made.shifts)
            said[at] = likely[at] >= np.array(made.cuts[languages[at]], np.float32)
    for language in ("all", *LANGUAGES):
        chosen = [at for at, name in enumerate(languages) if language in ("all", name)]
        if chosen:
            yield from _rows(
                language,
                np.concatenate([likely[at] for at in chosen]),
                np.concatenate([said[at] for at in chosen]),
                np.concatenate([parts[at].targets for at in chosen]),
            )


def _rows(language: str, likely: Floats, said: Bools, targets: Bools) -> Iterator[Row]:
    for place, kind in enumerate(KINDS):
        yield Row(
            kind,
            language,
            average_precision(likely[:, place], targets[:, place]),
            found(said[:, place], targets[:, place]),
            calibration_error(likely[:, place], targets[:, place]),
        )
