"""A model folder -> Whisper in memory, on a device that really works."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from pipeline.errors import ModelUnavailableError

MOST_THREADS = 8
"""More cores than this do not make CTranslate2 faster."""
IN_MEMORY = ("model.bin", "config.json", "vocabulary.json", "vocabulary.txt")
AS_BYTES = ("tokenizer.json", "preprocessor_config.json")


def load(folder: Path, *, device: str, compute_type: str, threads: int) -> WhisperModel:
    """Load the weights; on `auto` a graphics card is used when it really works.

    Raises:
        ModelUnavailableError: the weights cannot be loaded here.
    """
    wanted = device
    if device == "auto":
        wanted = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    try:
        whisper = _on(wanted, folder, compute_type, threads or _cores())
    except (RuntimeError, ValueError, OSError, MemoryError) as error:
        if device == "auto" and wanted == "cuda":  # its libraries are missing, or it is too small
            return load(folder, device="cpu", compute_type=compute_type, threads=threads)
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise ModelUnavailableError(
            "speech_model_broken", model=folder.name, reason=reason
        ) from error
    if whisper.feature_extractor.mel_filters.shape[0] != whisper.model.n_mels:
        raise ModelUnavailableError(
            "speech_model_file", model=folder.name, missing="preprocessor_config.json"
        )
    return whisper


def _on(device: str, folder: Path, compute_type: str, threads: int) -> WhisperModel:
    if compute_type == "auto":
        compute_type = "float16" if device == "cuda" else "int8"
    options = {"device": device, "compute_type": compute_type, "cpu_threads": threads}
    if os.name == "nt" and not str(folder).isascii():
        whisper = from_memory(folder, **options)
    else:
        whisper = WhisperModel(str(folder), **options)
    if device == "cuda":  # the libraries are only looked for when something is computed
        whisper.encode(np.zeros((whisper.model.n_mels, 3000), np.float32))
    return whisper


def from_memory(folder: Path, **options: Any) -> WhisperModel:
    """Load a model from a folder that CTranslate2 cannot open itself.

    On Windows it reads paths in the old code page: the home of 王敏 does not exist for it
    (faster-whisper issue 238).
    """
    with ExitStack() as files:
        given: dict[str, Any] = {
            name: files.enter_context((folder / name).open("rb"))
            for name in IN_MEMORY
            if (folder / name).is_file()
        }
        given |= {
            name: (folder / name).read_bytes() for name in AS_BYTES if (folder / name).is_file()
        }
        return WhisperModel("model", files=given, **options)


def _cores() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(MOST_THREADS, usable or 1)
