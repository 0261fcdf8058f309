"""What audio is everywhere here: float32 samples at 16 kHz."""

from typing import Any

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
Samples = npt.NDArray[np.float32]


def seconds(samples: npt.NDArray[Any]) -> float:
    """How long it lasts."""
    return len(samples) / SAMPLE_RATE
