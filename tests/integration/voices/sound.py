"""Two small models that tell voices apart by their pitch, and recordings to try them on.

They have the shape of published ones: pyannote's segmentation and WeSpeaker's voice prints.
"""

import subprocess
import wave
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from scipy.optimize import linear_sum_assignment

from pipeline.engines.speech.sound import Reel
from pipeline.engines.voices.diarizer import SherpaDiarizer
from pipeline.models.voices import VoiceTurn

RATE = 16000
FIELD, SHIFT = 991, 270
"""Samples that one frame of pyannote's segmentation sees, and by which it moves on."""
BANDS = ((62, 114), (140, 290), (290, 420))
"""Hertz of the lowest tones of a low, a high and a tiny voice."""
MORE = (4.1, 0.0, -2.5)
"""What is added to the logarithm of each band's power: a low voice has overtones in all of them."""
SILENT = -12.0
"""The same for nobody, without any power."""
MELS = 80
USUAL = (-3.8, -3.4, -2.8, -2.2, -1.4, -0.8, 0.0, 0.5, 0.8, 1.0, 1.0, 1.0, 1.0, 1.3)
"""The lowest mel bands of all voices together, against the mean of the forty lowest."""


VOICES = {"low": ("en", 20), "high": ("en+f3", 80), "tiny": ("en+f5", 99)}
"""espeak-ng's name and pitch of each."""
SENTENCES = (
    "Reception copies every appointment into a spreadsheet by hand.",
    "The clinic wants a list of all refunds at the end of the month.",
    "We can send the list of fields tomorrow in the morning.",
    "Nobody may see the numbers of another branch.",
)


class Turn(NamedTuple):
    """Who speaks from when to when, in seconds."""

    start: float
    end: float
    voice: str


class Talk(NamedTuple):
    """A recording and the truth about it."""

    samples: NDArray[np.float32]
    turns: tuple[Turn, ...]


class Models(NamedTuple):
    """A pair of model files."""

    segmentation: Path
    embedding: Path


def segmentation(path: Path) -> Path:
    """Frame by frame: nobody, a low voice, a high one or a tiny one."""
    at = np.arange(FIELD) / RATE
    window = np.hanning(FIELD) / FIELD * 4
    tones = [(band, tone) for band, ends in enumerate(BANDS) for tone in np.arange(*ends, 12)]
    turns = [2 * np.pi * tone * at for _, tone in tones]
    waves = [window * wave(turn) for turn in turns for wave in (np.cos, np.sin)]
    sums = np.zeros((3, len(waves), 1), np.float32)
    for place, (band, _) in enumerate(tones):
        sums[band, 2 * place : 2 * place + 2] = 1
    even = 31  # frames: half a second
    logits = np.zeros((7, 3, 1), np.float32)
    logits[1:4, :, 0] = np.eye(3)
    given = {
        "waves": np.array(waves, np.float32)[:, None],
        "sums": sums,
        "smooth": np.full((3, 1, even), 1 / even, np.float32),
        "least": np.array(1e-9, np.float32),
        "logits": logits,
        "bias": np.array([SILENT, *MORE, -99, -99, -99], np.float32),
    }
    nodes = [
        helper.make_node("Conv", ["x", "waves"], ["tones"], strides=[SHIFT]),
        helper.make_node("Mul", ["tones", "tones"], ["powers"]),
        helper.make_node("Conv", ["powers", "sums"], ["bands"]),
        helper.make_node("Conv", ["bands", "smooth"], ["even"], pads=[even // 2] * 2, group=3),
        helper.make_node("Add", ["even", "least"], ["some"]),
        helper.make_node("Log", ["some"], ["loud"]),
        helper.make_node("Conv", ["loud", "logits", "bias"], ["classes"]),
        helper.make_node("Transpose", ["classes"], ["y"], perm=[0, 2, 1]),
    ]
    about = {
        "sample_rate": RATE,
        "window_size": 10 * RATE,
        "window_shift": RATE,
        "receptive_field_size": FIELD,
        "receptive_field_shift": SHIFT,
        "num_speakers": 3,
        "powerset_max_classes": 2,
        "num_classes": 7,
    }
    shapes = {"x": ["N", 1, "T"], "y": ["N", "frames", 7]}
    return saved(path, nodes, given, shapes, about)


def embedding(path: Path) -> Path:
    """How the lowest mel bands, over all frames, differ from those of other voices."""
    width = len(USUAL)
    shape = np.zeros((MELS, width), np.float32)
    shape[:width] = np.eye(width)
    shape[:40] -= 1 / 40
    given = {"shape": shape, "usual": np.array(USUAL, np.float32)}
    nodes = [
        helper.make_node("ReduceMean", ["feats"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("MatMul", ["mean", "shape"], ["bands"]),
        helper.make_node("Sub", ["bands", "usual"], ["print"]),
    ]
    about = {
        "framework": "wespeaker",
        "language": "any",
        "url": "",
        "comment": "made for a test",
        "sample_rate": RATE,
        "output_dim": width,
        "normalize_samples": 1,
    }
    shapes = {"feats": ["N", "T", MELS], "print": ["N", width]}
    return saved(path, nodes, given, shapes, about)


def saved(path: Path, nodes: list, given: dict, shapes: dict, about: dict) -> Path:
    """Write a model from the first of the shapes to the last."""
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in shapes.items()
    ]
    constants = [numpy_helper.from_array(value, name) for name, value in given.items()]
    graph = helper.make_graph(nodes, "voices", ends[:1], ends[1:], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    for key, value in about.items():
        model.metadata_props.add(key=key, value=str(value))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return path


@cache
def said(voice: str, sentence: int) -> NDArray[np.float32]:
    """A sentence as espeak-ng says it."""
    name, pitch = VOICES[voice]
    text = SENTENCES[sentence % len(SENTENCES)]
    command = ["espeak-ng", "-v", name, "-p", str(pitch), "--stdout", text]
    spoken = subprocess.run(command, capture_output=True, check=True).stdout
    samples = np.frombuffer(spoken[44:], np.int16).astype(np.float32) / 32768
    places = np.arange(int(len(samples) * RATE / 22050)) * 22050 / RATE
    return np.interp(places, np.arange(len(samples)), samples).astype(np.float32)


def talk(voices: Sequence[str], *, pause: float = 0.6) -> Talk:
    """One sentence of each voice after another."""
    rest = np.zeros(round(pause * RATE), np.float32)
    parts, turns, at = [rest], list[Turn](), pause
    for number, voice in enumerate(voices):
        spoken = said(voice, number)
        turns.append(Turn(at, at + len(spoken) / RATE, voice))
        parts += [spoken, rest]
        at = turns[-1].end + pause
    return Talk(np.concatenate(parts), tuple(turns))


def written(path: Path, samples: NDArray[np.float32]) -> Path:
    """A WAV file of one channel."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())
    return path


def wrong(talk: Talk, turns: Sequence[VoiceTurn]) -> float:
    """Part of what was said that is given to nobody or to another (as DER counts, no overlap).

    Voices are matched with people in the way that fits best.
    """
    people = sorted({one.voice for one in talk.turns})
    voices = sorted({one.voice for one in turns})
    table = np.zeros((len(people), max(len(voices), 1)))
    for one in talk.turns:
        for turn in turns:
            both = max(0.0, min(one.end, turn.end) - max(one.start, turn.start))
            table[people.index(one.voice), voices.index(turn.voice)] += both
    rows, columns = linear_sum_assignment(-table)
    total = sum(one.end - one.start for one in talk.turns)
    return 1 - float(table[rows, columns].sum()) / total


def diarizer(models: Models, **settings: object) -> SherpaDiarizer:
    """The real thing on the small models, hearing WAV files."""
    given = {
        "segmentation": str(models.segmentation),
        "embedding": str(models.embedding),
        "threshold": 0.5,
        "count": 0,
        "threads": 1,
        "blocks": lambda path: Reel(path, channels=1).blocks(),
    }
    return SherpaDiarizer(**(given | settings))
