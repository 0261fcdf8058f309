"""Windows of audio to train on: the kind VAD cuts, and the kind Whisper's own seek meets."""

import random
from typing import Literal, NamedTuple

import numpy as np

from pipeline.demo.build.bank import OPUS_BIT_RATES, Utterance
from pipeline.demo.build.model import FRAMES_PER_SECOND, MAX_PIECE_SECONDS, WINDOW_FRAMES
from pipeline.demo.build.script import LANGUAGES, Language
from pipeline.demo.build.sound import SAMPLE_RATE, Samples, seconds
from pipeline.demo.build.sources import LineUp, Sources, Take, Timed

WINDOW_SECONDS = 30.0
_SILENT = 0.02
_PIECE = 0.6
"""Share of windows that end where speech ends, as a piece cut by VAD does."""
_STAMPED = 0.65
_GAPS = ((0.05, 0.4), (0.4, 0.9), (0.25, 1.1), (0.5, 4.0), (0.5, 6.0))


class Said(NamedTuple):
    """One utterance in a window; without an end it runs past the window and is not written."""

    start: float
    end: float | None
    tokens: tuple[Timed, ...]


class Window(NamedTuple):
    """What the model hears, and what was really said in it."""

    samples: Samples
    heard: int
    """Samples that exist; the rest is padding."""
    offset: int
    """Encoder position of the first frame: short windows stand anywhere in the 30 seconds."""
    language: Language
    stamped: bool
    said: tuple[Said, ...]
    before: tuple[Utterance, ...]


class Windows:
    """Composes windows of one length."""

    def __init__(self, sources: Sources, chance: random.Random, noise: np.random.Generator) -> None:
        self._sources, self._chance, self._noise = sources, chance, noise

    def compose(self, length: float) -> Window:
        """A window of `length` seconds with some utterances, gaps and noise."""
        chance = self._chance
        language = chance.choice(LANGUAGES)
        whole = length >= WINDOW_SECONDS
        last_offset = WINDOW_FRAMES - int(length * FRAMES_PER_SECOND)
        offset = 0 if whole or chance.random() < 0.65 else chance.randint(0, last_offset)
        stamped = chance.random() < _STAMPED
        kind: Literal["piece", "seek"] = "piece" if chance.random() < _PIECE else "seek"
        samples = np.zeros(int(length * SAMPLE_RATE), np.float32)
        gain = chance.uniform(0.3, 1.7)
        line_up, said = LineUp(iter(()), ()), []
        if chance.random() >= _SILENT:
            line_up = self._sources.line_up(language)
            goal = self._goal(length) if kind == "piece" else length
            said = self._fill(
                samples, line_up, goal=goal, gain=gain, run_over=kind == "seek" and stamped
            )
        heard = self._heard(said, length, kind)
        self._add_noise(samples[:heard], gain)
        return Window(samples, heard, offset, language, stamped, tuple(said), line_up.before)

    def _goal(self, length: float) -> float:
        """How long a piece wants to be: mostly up to the cap, else up to the window."""
        longest = length - 0.3
        if length < MAX_PIECE_SECONDS + 2 or self._chance.random() < 0.7:
            return self._chance.uniform(2, min(MAX_PIECE_SECONDS + 0.5, longest))
        return self._chance.uniform(8, longest)

    def _fill(
        self, samples: Samples, line_up: LineUp, *, goal: float, gain: float, run_over: bool
    ) -> list[Said]:
        """Lay utterances into the window until one does not fit."""
        chance, length = self._chance, seconds(samples)
        said: list[Said] = []
        clock = self._first_start()
        gap = chance.choice(_GAPS)
        copy = chance.choices(range(1 + len(OPUS_BIT_RATES)), (0.5, 0.3, 0.2))[0]
        for utterance in line_up.coming:
            take = self._stretched(self._some_take(utterance, copy))
            voice = take.samples.astype(np.float32) / 32768 * gain * chance.uniform(0.8, 1.25)
            at = int(clock * SAMPLE_RATE)
            if at + len(voice) > (goal if said else length) * SAMPLE_RATE:
                if run_over and length - clock > 0.4:
                    samples[at:] += voice[: len(samples) - at]
                    said.append(Said(clock, None, ()))
                break
            samples[at : at + len(voice)] += voice
            tokens = tuple(Timed(t.token, clock + t.start, clock + t.end) for t in take.tokens)
            said.append(Said(clock, clock + seconds(voice), tokens))
            clock += seconds(voice) + chance.uniform(*gap)
            if chance.random() < 0.02:
                break
        return said

    def _first_start(self) -> float:
        kind = self._chance.random()
        if kind < 0.2:
            return 0.0
        return self._chance.uniform(0, 0.5) if kind < 0.88 else self._chance.uniform(0.5, 2)

    def _some_take(self, utterance: Utterance, copy: int) -> Take:
        if self._chance.random() < 0.1:
            cut = self._sources.cut_take(utterance, copy)
            if cut is not None:
                return cut
        return self._sources.take(utterance, copy)

    def _stretched(self, take: Take) -> Take:
        """A third of the takes are played up to 4 % faster or slower, pitch and all."""
        if self._chance.random() >= 0.35:
            return take
        speed = self._chance.uniform(0.96, 1.04)
        places = np.arange(0, len(take.samples) - 1, speed)
        samples = np.interp(places, np.arange(len(take.samples)), take.samples).astype(np.int16)
        tokens = tuple(Timed(t.token, t.start / speed, t.end / speed) for t in take.tokens)
        return Take(samples, tokens)

    def _heard(self, said: list[Said], length: float, kind: Literal["piece", "seek"]) -> int:
        """Where the audio stops: soon after the last word of a piece or of a file."""
        stops = bool(said) and (
            kind == "piece" or (said[-1].end is not None and self._chance.random() < 0.3)
        )
        if not stops:
            return int(length * SAMPLE_RATE)
        chance = self._chance
        rest = chance.choice((chance.uniform(0.05, 0.6), 0.4, chance.uniform(0, 2)))
        return int(min(length, (said[-1].end or length) + rest) * SAMPLE_RATE)

    def _add_noise(self, samples: Samples, gain: float) -> None:
        kind = self._chance.random()
        white = self._noise.standard_normal(len(samples)).astype(np.float32)
        if kind < 0.25:
            noise = _brown(white) if self._chance.random() < 0.5 else white
            samples += noise * gain * 10 ** self._chance.uniform(-3.3, -1.8)
        elif kind < 0.7:
            samples += white * 10 ** self._chance.uniform(-4.3, -2.8)


def _brown(white: Samples) -> Samples:
    """Low rumbling noise of unit strength."""
    walk = np.cumsum(white)
    walk -= np.convolve(walk, np.ones(400) / 400, "same")
    rumble: Samples = (walk / (walk.std() + 1e-6)).astype(np.float32)
    return rumble
