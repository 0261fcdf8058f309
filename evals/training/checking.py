"""Checking: the reader that ships, measured on labelled calls it has not learnt from."""

from collections.abc import Iterator, Sequence

import numpy as np

from evals.training.calls import Sample
from evals.training.measuring import average_precision, calibration_error, found
from evals.training.training import LANGUAGES, Row
from pipeline.engines.rules.sense.kinds import KINDS
from pipeline.engines.rules.sense.reader import Reading, turn_reader


def check(samples: Sequence[Sample]) -> list[Row]:
    """A row for each kind over all the calls, then for each language."""
    readings = [_read(sample) for sample in samples]
    rows: list[Row] = []
    for language in ("all", *LANGUAGES):
        chosen = [at for at, one in enumerate(samples) if language in ("all", one.language)]
        if chosen:
            rows.extend(
                _rows(language, [readings[at] for at in chosen], [samples[at] for at in chosen])
            )
    return rows


def _read(sample: Sample) -> Reading:
    return turn_reader().read(sample.turns, names=sample.names, language=sample.language)


def _rows(language: str, readings: Sequence[Reading], samples: Sequence[Sample]) -> Iterator[Row]:
    targets = np.concatenate([sample.labels.targets for sample in samples])
    likely = np.concatenate([reading.probabilities for reading in readings])
    said = np.concatenate([one.probabilities >= one.thresholds for one in readings])
    for at, kind in enumerate(KINDS):
        yield Row(
            kind,
            language,
            average_precision(likely[:, at], targets[:, at]),
            found(said[:, at], targets[:, at]),
            calibration_error(likely[:, at], targets[:, at]),
        )
