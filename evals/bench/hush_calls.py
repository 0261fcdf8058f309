"""The bundled calls with noise in them: how much of what is said the gate for voices keeps."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.bench.hush import Sound, at_level, made
from pipeline.engines.speech.drowned import Drowned
from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.sound import RATE, Reel

FRAME = RATE // 100
AUDIBLE = 30.0
"""Decibels below the loudest of a turn up to which somebody speaks: fainter is a pause in it."""
BESIDE = 60
"""Frames around a turn that count neither as speech nor as quiet."""
EDGE = round(0.3 * RATE)
"""Samples around a turn without noise, where noise stands between turns."""

Mask = NDArray[np.bool_]


class Mix(NamedTuple):
    """A noise, and how much louder the voice is than it; without one, the voice at that level."""

    noise: str
    decibels: float
    place: Literal["under", "between"] = "under"

    @property
    def name(self) -> str:
        """What it is called in the table."""
        return self.noise or "clean"

    @property
    def how(self) -> str:
        """Where the noise is and how loud."""
        if not self.noise:
            return f"at {self.decibels:.0f} dB"
        return f"{self.place} {self.decibels:+.0f} dB"


_NOISES = (
    "white noise -30 dB",
    "pink noise -30 dB",
    "mains hum",
    "typing",
    "traffic",
    "music: chords, piano",
    "music: strings and drums",
    "music: choir, chords",
    "babble of 12",
    "babble of 40",
)
MIXES = (
    *(Mix("", level) for level in (-20, -30, -45, -60)),
    *(Mix(noise, ratio) for noise in _NOISES for ratio in (20, 10, 5, 0, -5, -10)),
    *(Mix(noise, ratio, "between") for noise in _NOISES for ratio in (10, -10)),
)


class Found(NamedTuple):
    """What the gate did to both lines of both calls."""

    kept: float
    """Share of the time somebody speaks."""
    lost: int
    """Turns of which less than half was kept."""
    told: int
    """Of those, in loud sound without a voice, which people are told of."""
    turns: int
    through: float
    """Seconds in which nobody speaks and that were let through."""
    quiet: float
    """Seconds in which nobody speaks."""


class _Turn(NamedTuple):
    start: int
    end: int
    spoken: Mask
    """For each hundredth of a second, whether somebody speaks."""


class _Line(NamedTuple):
    samples: Sound
    turns: tuple[_Turn, ...]


def mixed(mix: Mix) -> Found:
    """Mix both lines of both calls and listen to them."""
    kept = spoken = lost = told = turns = through = quiet = 0
    for line in _lines():
        heard, loud = _let_through(_with_noise(line, mix))
        outside = np.ones(len(heard), bool)
        for turn in line.turns:
            mine = heard[turn.start : turn.end][turn.spoken]
            kept, spoken = kept + int(mine.sum()), spoken + len(mine)
            if mine.mean() < 0.5:
                lost += 1
                told += int(loud[turn.start : turn.end].mean() > 0.5)
            turns += 1
            outside[max(0, turn.start - BESIDE) : turn.end + BESIDE] = False
        through, quiet = through + int((heard & outside).sum()), quiet + int(outside.sum())
    return Found(kept / spoken, lost, told, turns, through / 100, quiet / 100)


@cache
def _lines() -> tuple[_Line, ...]:
    found: list[_Line] = []
    for language in ("zh", "en"):
        folder = Path(str(files("pipeline.demo"))) / language
        blocks = list(Reel(folder / "call.opus", channels=2).blocks())
        told = json.loads((folder / "call.json").read_text(encoding="utf-8"))
        for channel, samples in enumerate(np.concatenate(blocks, axis=1)):
            own = [
                turn
                for turn in told["turns"]
                if told["speakers"][turn["speaker"]]["channel"] == channel
            ]
            found.append(_Line(samples, tuple(_turn(samples, turn) for turn in own)))
    return tuple(found)


def _turn(samples: Sound, told: dict[str, Any]) -> _Turn:
    start, end = round(told["start"] * 100), round(told["end"] * 100)
    frames = samples[start * FRAME : end * FRAME]
    frames = frames[: len(frames) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.convolve(np.square(frames).mean(axis=1), np.ones(5) / 5, "same")
    level = 10 * np.log10(power + 1e-12)
    return _Turn(start, start + len(level), level > level.max() - AUDIBLE)


def _with_noise(line: _Line, mix: Mix) -> Sound:
    samples = line.samples
    spoken = np.zeros(len(samples), bool)
    for turn in line.turns:
        spoken[turn.start * FRAME : turn.end * FRAME] = np.repeat(turn.spoken, FRAME)
    level = 10 * float(np.log10(np.square(samples[spoken]).mean()))
    if not mix.noise:
        return (samples * 10 ** ((mix.decibels - level) / 20)).astype(np.float32)
    noise = at_level(np.resize(made(mix.noise, 60), len(samples)), level - mix.decibels)
    if mix.place == "between":
        open_ = np.ones(len(samples))
        for turn in line.turns:
            open_[max(0, turn.start * FRAME - EDGE) : turn.end * FRAME + EDGE] = 0
        noise = noise * np.convolve(open_, np.ones(RATE // 20) * 20 / RATE, "same")
    return (samples + noise).astype(np.float32)


def _let_through(samples: Sound) -> tuple[Mask, Mask]:
    """For each hundredth of a second, whether it is let through, and told of as loud."""
    heard, loud = np.zeros((2, len(samples) // FRAME), bool)
    drowned = Drowned(1)
    blocks = iter([samples[None]])
    for piece in listen(blocks, channels=1, longest=30.0, keep_silence=False, drowned=drowned):
        for span in piece.spans:
            heard[span.start // FRAME : span.end // FRAME] = True
    for one in drowned.stretches():
        loud[round(one.start * 100) : round(one.end * 100)] = True
    return heard, loud
