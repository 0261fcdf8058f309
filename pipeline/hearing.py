"""Speech: which engine hears, and where its models are."""

import os
from pathlib import Path

from pipeline.ports.engines import Diarizer, Transcriber
from pipeline.settings import Settings

DEMO_MODEL = "demo"
"""Name of the bundled speech model: it knows the two bundled calls and little else."""


def transcriber(chosen: Settings) -> Transcriber:
    """The speech engine. Loads no weights until it hears something."""
    from pipeline.demo.calls import demo_folder
    from pipeline.engines.speech.transcriber import WhisperTranscriber

    return WhisperTranscriber(
        model=chosen.speech_model,
        demo_model=demo_folder() / "model",
        device=chosen.speech_device,
        compute_type=chosen.speech_compute,
        threads=chosen.speech_threads,
        batch_size=chosen.speech_batch,
        our_channel=chosen.our_channel,
        word_times=chosen.speech_word_times,
    )


def diarizer(chosen: Settings) -> Diarizer | None:
    """What tells apart who speaks on one line; None where no models are set for it."""
    if not (chosen.voices_segmentation or chosen.voices_embedding):
        return None
    from pipeline.engines.speech.probe import probe
    from pipeline.engines.speech.sound import Reel
    from pipeline.engines.voices.diarizer import SherpaDiarizer

    return SherpaDiarizer(
        segmentation=chosen.voices_segmentation,
        embedding=chosen.voices_embedding,
        threshold=chosen.voices_threshold,
        count=chosen.voices_count,
        threads=chosen.speech_threads or os.cpu_count() or 1,
        blocks=lambda path: Reel(path, channels=1, heard=probe(path).heard).blocks(),
    )


def fetch_model(chosen: Settings) -> Path:
    """The folder of the speech model, downloaded where it is not here yet.

    Raises:
        ModelUnavailableError: it cannot be had; the message says the ways to get it.
    """
    from pipeline.demo.calls import demo_folder
    from pipeline.engines.speech.weights import obtain

    return obtain(chosen.speech_model, demo_model=demo_folder() / "model")
