"""Reader: the turns of a call -> how likely each carries each kind.

    spoken = [Spoken(speaker, side, text), ...]        # side: us, client or unknown
    reading = turn_reader().read(spoken, names=names_of(project), language=dialogue.language)
    reading.of("ask")              # float32 array, a probability for each turn
    reading.has("ask", 12)         # whether turn 12 reaches the threshold of its kind and language
    reading.turns("decision")      # indices of all turns that reach it, ascending
    reading.margin("risk", 7)      # log odds above the threshold; below it negative
    reading.best("decision_agreed", "decision_deferred", at=9)   # the likeliest of some kinds

`Spoken` and `names_of` are in `pipeline.engines.rules.sense.spoken`, the kinds in `...kinds`. The
same turns always give the same numbers; nothing is kept between two readings.
"""

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.engines.rules.sense.around import around
from pipeline.engines.rules.sense.features import Matrix, features
from pipeline.engines.rules.sense.kinds import KINDS, Kind
from pipeline.engines.rules.sense.model import Model, load
from pipeline.engines.rules.sense.spoken import Spoken
from pipeline.models.base import Language

Floats = npt.NDArray[np.float32]
_PLACE = {kind: place for place, kind in enumerate(KINDS)}
_LEAST = 1e-6
"""No probability is nearer to 0 or 1."""


class Reading(NamedTuple):
    """What the reader makes of one call."""

    probabilities: Floats
    """Turns by kinds, calibrated, in the order of KINDS."""
    thresholds: Floats
    """One for each kind, in the language of the call."""

    def of(self, kind: Kind) -> Floats:
        """The probability of a kind for every turn."""
        return self.probabilities[:, _PLACE[kind]]

    def has(self, kind: Kind, index: int) -> bool:
        """Whether a turn reaches the threshold of a kind."""
        place = _PLACE[kind]
        return bool(self.probabilities[index, place] >= self.thresholds[place])

    def turns(self, kind: Kind) -> tuple[int, ...]:
        """Indices of the turns that reach the threshold of a kind."""
        reached = self.of(kind) >= self.thresholds[_PLACE[kind]]
        return tuple(int(index) for index in np.flatnonzero(reached))

    def margin(self, kind: Kind, index: int) -> float:
        """How far a turn is above the threshold of a kind, in log odds; negative below it."""
        place = _PLACE[kind]
        reached, wanted = self.probabilities[index, place], self.thresholds[place]
        return _log_odds(float(reached)) - _log_odds(float(wanted))

    def best(self, *kinds: Kind, at: int) -> Kind:
        """The likeliest of some kinds at a turn; the first of equals."""
        return max(kinds, key=lambda kind: float(self.probabilities[at, _PLACE[kind]]))


class TurnReader:
    """A loaded model. Never changed; may be shared by threads."""

    def __init__(self, model: Model) -> None:
        """Keep the weights."""
        self._model = model

    def read(
        self, turns: Sequence[Spoken], *, names: Sequence[str] = (), language: Language
    ) -> Reading:
        """Read a whole call at once; `names` are people, companies and systems to look away from.

        Any text will do: empty turns, turns of any length, no turns at all.
        """
        model = self._model
        thresholds = np.array([model.thresholds[language][kind] for kind in KINDS], np.float32)
        if not turns:
            return Reading(np.zeros((0, len(KINDS)), np.float32), thresholds)
        first = _times(features(turns, names), model)
        second = around(first) @ model.second + model.second_bias
        odds = model.slope * second + model.shift
        likely = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        return Reading(np.clip(likely, _LEAST, 1 - _LEAST).astype(np.float32), thresholds)


@cache
def turn_reader() -> TurnReader:
    """The reader that comes with the engine, loaded when it is first asked for.

    Raises:
        ModelUnavailableError: its file is missing or damaged.
    """
    return TurnReader(load())


@lru_cache(maxsize=4)
def read_turns(turns: tuple[Spoken, ...], names: tuple[str, ...], language: Language) -> Reading:
    """The same by the reader that comes with the engine; a call that was just read is remembered.

    Raises:
        ModelUnavailableError: its file is missing or damaged.
    """
    return turn_reader().read(turns, names=names, language=language)


def _times(matrix: Matrix, model: Model) -> Floats:
    """Scores of stage one: the sparse matrix times the weights of the features that are known."""
    at = np.searchsorted(model.kept, matrix.columns)
    at[at == len(model.kept)] = 0
    known = model.kept[at] == matrix.columns
    rows, at, values = matrix.rows[known], at[known], matrix.values[known]
    scores = np.tile(model.first_bias, (matrix.height, 1))
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    if len(rows):
        sums = np.add.reduceat(model.first[at] * values[:, None], starts, axis=0)
        scores[rows[starts]] += sums
    return scores.astype(np.float32)


def _log_odds(likely: float) -> float:
    bounded = min(max(likely, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
