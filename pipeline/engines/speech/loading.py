"""A model folder -> Whisper in memory, on a device that really works."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from pipeline.engines.speech.memory import short_of_memory, too_large
from pipeline.engines.speech.weights import first_line, whole
from pipeline.errors import ModelUnavailableError

MOST_THREADS = 8
"""More cores than this do not make CTranslate2 faster."""
IN_MEMORY = ("model.bin", "config.json", "vocabulary.json", "vocabulary.txt")
AS_BYTES = ("tokenizer.json", "preprocessor_config.json")
PREFERRED = {"cuda": ("float16", "int8", "float32"), "cpu": ("int8", "float32")}
"""What `auto` takes of the arithmetic that a device has, the first that is there."""


class Means(NamedTuple):
    """On what a model is computed here."""

    device: str
    compute_type: str
    """CTranslate2's name of the arithmetic."""
    threads: int


def means(*, device: str, compute_type: str, threads: int) -> Means:
    """What a setting comes to on this machine; `auto` takes a graphics card that is there.

    Raises:
        ModelUnavailableError: there is no such device, or it has no such arithmetic.
    """
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    try:
        known = ctranslate2.get_supported_compute_types(device)
    except (RuntimeError, ValueError) as error:  # no card, or its driver is too old
        raise ModelUnavailableError("speech_no_card", reason=first_line(error)) from error
    if compute_type == "auto":
        compute_type = next(one for one in PREFERRED[device] if one in known)
    elif compute_type not in {*known, "default"}:
        named = ", ".join(["auto", *sorted(known)])
        raise ModelUnavailableError(
            "speech_compute", wanted=compute_type, device=device, known=named
        )
    return Means(device, compute_type, threads or _cores())


def load(folder: Path, *, device: str, compute_type: str, threads: int) -> WhisperModel:
    """Load the weights; on `auto` a graphics card is used when it really works.

    Raises:
        ModelUnavailableError: the weights cannot be loaded here.
    """
    chosen = means(device=device, compute_type=compute_type, threads=threads)
    try:
        whisper = _on(chosen, folder)
    except Exception as error:  # the tokenizer raises no narrower one
        if device == "auto" and chosen.device == "cuda":  # no libraries for it, or it is too small
            return load(folder, device="cpu", compute_type=compute_type, threads=threads)
        whole(folder, folder.name)
        if short_of_memory(error):
            raise too_large(folder.name, folder) from error
        raise ModelUnavailableError(
            "speech_model_broken", model=folder.name, reason=first_line(error)
        ) from error
    if whisper.feature_extractor.mel_filters.shape[0] != whisper.model.n_mels:
        raise ModelUnavailableError(
            "speech_model_file", model=folder.name, missing="preprocessor_config.json"
        )
    return whisper


def _on(chosen: Means, folder: Path) -> WhisperModel:
    options = {
        "device": chosen.device,
        "compute_type": chosen.compute_type,
        "cpu_threads": chosen.threads,
    }
    if os.name == "nt" and not str(folder).isascii():
        whisper = from_memory(folder, **options)
    else:
        whisper = WhisperModel(str(folder), **options)
    if chosen.device == "cuda":  # the libraries are only looked for when something is computed
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
