"""Samples -> how likely somebody speaks, chunk by chunk, with the state carried on."""

from typing import NamedTuple

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

CHUNK = 512
"""Samples the silero model judges at a time: 32 ms."""
CONTEXT = 64
"""Samples of the chunk before that it sees again."""

Levels = NDArray[np.float32]


class Activity(NamedTuple):
    """One value a chunk."""

    speech: Levels
    """Probability that somebody speaks, 0 to 1."""
    level: Levels
    """Loudness in decibels below full scale."""


class Ear:
    """Listens to one channel from its beginning to its end.

    faster-whisper runs the same model over the whole file at once; carrying its state from block
    to block gives the same probabilities in a memory that does not grow.
    """

    def __init__(self) -> None:
        """Load the model bundled with faster-whisper."""
        self._session = get_vad_model().session
        self._memory = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._before = np.zeros(CONTEXT, np.float32)

    def listen(self, samples: NDArray[np.float32]) -> Activity:
        """Judge the next samples; their number must be a multiple of CHUNK."""
        chunks = samples.reshape(-1, CHUNK)
        ends = np.concatenate([self._before[None], chunks[:-1, -CONTEXT:]])
        self._before = chunks[-1, -CONTEXT:].copy()
        speech, self._memory, self._cell = self._session.run(
            None,
            {
                "input": np.concatenate([ends, chunks], axis=1),
                "h": self._memory,
                "c": self._cell,
            },
        )
        power = np.square(chunks).mean(axis=1)
        level = 10 * np.log10(power + 1e-12)
        return Activity(speech.reshape(-1), level.astype(np.float32))
