"""Around: scores of stage one -> what stage two sees of a turn, its own and its neighbours' scores."""

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
"""Turns by kinds."""

NEAR = 3
"""Turns before and after whose scores are seen one by one."""
FAR = 6
"""Turns before and after of which the highest score and the mean are seen."""
_LOWEST, _HIGHEST = -6.0, 4.0
_SCALE = np.float32(0.25)


def around(scores: Scores) -> Scores:
    """Stage-two inputs, turns by (4 + 2 * NEAR + 1) * kinds + 2 * NEAR.

    Scores are log odds. Where there is no turn any more the lowest score stands, and a mark.
    """
    height, kinds = scores.shape
    clipped = np.clip(scores, _LOWEST, _HIGHEST).astype(np.float32) * _SCALE
    edge = np.full((FAR, kinds), _LOWEST * _SCALE, np.float32)
    wide = np.concatenate([edge, clipped, edge])
    steps = list(range(-NEAR, NEAR + 1))
    near = [wide[FAR + step : FAR + step + height] for step in steps]
    before = np.stack([wide[FAR - step : FAR - step + height] for step in range(1, FAR + 1)])
    after = np.stack([wide[FAR + step : FAR + step + height] for step in range(1, FAR + 1)])
    far = [before.max(0), after.max(0), before.mean(0), after.mean(0)]
    index = np.arange(height)
    missing = [(index + step < 0) | (index + step >= height) for step in steps if step]
    marks = np.stack(missing, axis=1).astype(np.float32)
    return np.concatenate([*near, *far, marks], axis=1)
