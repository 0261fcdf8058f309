"""Windows of samples -> voices, in a process of its own.

The library ends the process on a model it does not know, and may be killed for the memory it
takes: neither may cost the transcript. `python -m pipeline.engines.voices.child` reads a line of
settings, then windows, each a line with the number of its samples and the samples themselves, and
answers each with a line.
"""

import json
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import sherpa_onnx
from numpy.typing import NDArray

RATE = 16000
STEP = 160
"""Samples (10 ms) to which turns are looked at."""
MOST = 30 * RATE
"""Samples of a voice from which its print is taken; more do not make it surer."""
LEAST = RATE
"""Samples of a voice without which no print is taken: shorter ones are alike by chance."""
SHORTEST_TURN, SHORTEST_PAUSE = 0.3, 0.5
"""Seconds."""


class Turn(NamedTuple):
    """One voice of a window, in seconds from its beginning."""

    start: float
    end: float
    voice: int


class Listener:
    """The two models, loaded."""

    def __init__(
        self, *, segmentation: str, embedding: str, threshold: float, threads: int
    ) -> None:
        prints = sherpa_onnx.SpeakerEmbeddingExtractorConfig(embedding, num_threads=threads)
        pyannote = sherpa_onnx.OfflineSpeakerSegmentationPyannoteModelConfig(segmentation)
        self._extractor = sherpa_onnx.SpeakerEmbeddingExtractor(prints)
        self._diarization = sherpa_onnx.OfflineSpeakerDiarization(
            sherpa_onnx.OfflineSpeakerDiarizationConfig(
                segmentation=sherpa_onnx.OfflineSpeakerSegmentationModelConfig(
                    pyannote, num_threads=threads
                ),
                embedding=prints,
                clustering=sherpa_onnx.FastClusteringConfig(-1, threshold),
                min_duration_on=SHORTEST_TURN,
                min_duration_off=SHORTEST_PAUSE,
            )
        )
        if self._diarization.sample_rate != RATE:
            raise ValueError(f"made for {self._diarization.sample_rate} Hz")

    def hear(self, samples: NDArray[np.float32]) -> dict[str, Any]:
        """Turns of a window, and a print of each voice."""
        found = self._diarization.process(samples).sort_by_start_time()
        turns = [Turn(one.start, one.end, one.speaker) for one in found]
        voices = max((one.voice for one in turns), default=-1) + 1
        prints = [self._print(samples, turns, voice) for voice in range(voices)]
        return {"turns": turns, "prints": prints}

    def _print(
        self, samples: NDArray[np.float32], turns: Sequence[Turn], voice: int
    ) -> list[float]:
        """What a voice sounds like where nobody else speaks; empty where that is too short."""
        speaking = np.zeros((2, len(samples) // STEP), bool)
        for one in turns:
            own = int(one.voice == voice)
            speaking[own, round(one.start * RATE) // STEP : round(one.end * RATE) // STEP] = True
        alone = np.repeat(speaking[1] & ~speaking[0], STEP)
        heard = samples[: len(alone)][alone][:MOST]
        if len(heard) < LEAST:
            return []
        stream = self._extractor.create_stream()
        stream.accept_waveform(RATE, heard)
        stream.input_finished()
        if not self._extractor.is_ready(stream):
            return []
        found = np.asarray(self._extractor.compute(stream), np.float64)
        length = float(np.linalg.norm(found))
        return [round(float(one), 4) for one in found / length] if length > 0 else []


def serve(given: BinaryIO, answers: BinaryIO) -> None:
    """Answer every window until there are no more."""
    listener = Listener(**json.loads(given.readline()))
    while line := given.readline():
        samples = np.frombuffer(given.read(int(line) * 4), np.float32)
        answers.write(json.dumps(listener.hear(samples)).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    for sign in (signal.SIGINT, signal.SIGTERM):  # sent to all of a worker; it ends with its input
        signal.signal(sign, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "wb") as told:
        os.dup2(2, 1)  # what the library prints is no answer
        serve(sys.stdin.buffer, told)
