"""How well a model hears the bundled calls: CER (zh), WER (en), silence, language.

The settings are those of the product: one channel at a time, pieces cut at silences and
packed up to the model's own cap, faster-whisper's batched pipeline with time stamps.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps
from rapidfuzz.distance import Levenshtein

from pipeline.demo.build.opus import decode_audio
from pipeline.demo.build.script import LANGUAGES, Language, load_script, recording_path
from pipeline.demo.build.sound import SAMPLE_RATE, Samples

_PUNCTUATION = re.compile(r"[^\w\s]")


class Ear(NamedTuple):
    """A loaded model and the longest piece it is to be given."""

    model: WhisperModel
    max_piece_seconds: float


Hearing = Callable[[Ear, Samples, Language], str]
"""One way to decode one channel."""


class Score(NamedTuple):
    """The error of one channel, heard one way."""

    language: Language
    channel: int
    setting: str
    error: float
    seconds: float


def pieces(samples: Samples, *, cap: float) -> list[dict[str, float]]:
    """Cut at silences, then pack neighbours as long as a piece stays within the cap."""
    options = VadOptions(
        min_silence_duration_ms=400, speech_pad_ms=200, max_speech_duration_s=cap - 0.5
    )
    packed: list[dict[str, float]] = []
    for speech in get_speech_timestamps(samples, options):
        start, end = speech["start"] / SAMPLE_RATE, speech["end"] / SAMPLE_RATE
        if packed and end - packed[-1]["start"] <= cap:
            packed[-1]["end"] = end
        else:
            packed.append({"start": start, "end": end})
    return packed


def hear_pieces(ear: Ear, samples: Samples, language: Language) -> str:
    """The product's way: every piece a window, eight windows a batch."""
    segments, _ = BatchedInferencePipeline(ear.model).transcribe(
        samples,
        language=language,
        beam_size=5,
        batch_size=8,
        vad_filter=False,
        clip_timestamps=pieces(samples, cap=ear.max_piece_seconds),
        without_timestamps=False,
    )
    return _joined([segment.text for segment in segments], language)


def hear_whole(ear: Ear, samples: Samples, language: Language) -> str:
    """The plain way: faster-whisper seeks through the file by itself."""
    segments, _ = ear.model.transcribe(
        samples, language=language, beam_size=5, condition_on_previous_text=False
    )
    return _joined([segment.text for segment in segments], language)


SETTINGS: dict[str, Hearing] = {"pieces": hear_pieces, "sequential": hear_whole}


def measure(ear: Ear) -> Iterator[Score]:
    """Decode both channels of both calls in every setting."""
    for language in LANGUAGES:
        channels = decode_audio(recording_path(language))
        for channel, samples in enumerate(channels):
            truth = spoken_on(language, channel)
            for setting, hear in SETTINGS.items():
                began = time.perf_counter()
                error = error_rate(truth, hear(ear, samples, language), language)
                yield Score(language, channel, setting, error, time.perf_counter() - began)


def spoken_on(language: Language, channel: int) -> str:
    """All that is said on one channel."""
    turns = load_script(language).turns
    return _joined([turn.text for turn in turns if turn.speaker.channel == channel], language)


def error_rate(truth: str, heard: str, language: Language) -> float:
    """CER for zh, WER for en; without punctuation and case, for zh without spaces too."""
    wanted, got = _units(truth, language), _units(heard, language)
    return Levenshtein.distance(wanted, got) / len(wanted)


def said_into_silence(ear: Ear, *, seconds: int = 20) -> list[str]:
    """Texts heard in digital silence and in low noise: there should be none."""
    silence = np.zeros(seconds * SAMPLE_RATE, np.float32)
    noise = np.random.default_rng(0).standard_normal(len(silence)).astype(np.float32)
    return [
        text
        for level in (0.0, 0.001, 0.01)
        for language in LANGUAGES
        if (text := hear_whole(ear, silence + level * noise, language))
    ]


def detected(ear: Ear) -> dict[tuple[Language, int], tuple[str, float]]:
    """The language heard at the beginning of each channel, with its probability."""
    found = {}
    for language in LANGUAGES:
        for channel, samples in enumerate(decode_audio(recording_path(language))):
            name, probability, _ = ear.model.detect_language(samples)
            found[language, channel] = (name, round(probability, 3))
    return found


def load(folder: Path, *, threads: int) -> Ear:
    """The model as the application loads it."""
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
    about = json.loads((folder / "dragoman.json").read_text(encoding="utf-8"))
    return Ear(model, about["max_piece_seconds"])


def _units(text: str, language: Language) -> list[str]:
    bare = _PUNCTUATION.sub("" if language == "zh" else " ", text.casefold())
    return list("".join(bare.split())) if language == "zh" else bare.split()


def _joined(texts: list[str], language: Language) -> str:
    return ("" if language == "zh" else " ").join(text.strip() for text in texts)
