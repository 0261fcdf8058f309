"""Sounds that are no words, made from nothing: silence, noise, signals, music, wind and voices.

All are mono at 16 kHz and come out the same every time. Voices without words are what a speaking
programme said, turned round or laid over itself; the others are sums of sines and filtered noise.
"""

import subprocess
import wave
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.speech.sound import RATE

Sound = NDArray[np.float32]
Wave = NDArray[np.float64]
"""Samples while a sound is made."""
Chance = np.random.Generator
Made = Callable[[int, Chance], Wave]

SCALE = (0, 2, 4, 5, 7, 9, 11)
"""Semitones of a major scale."""
_SPOKEN = {
    "cmn-latn-pinyin": "我们希望订单列表可以一键导出金额和状态都要带上财务月底催得很急仓库那边也要看",
    "en": "we would like to export the filtered list of orders with the amount and the status by friday",
}
_VOICES = (("cmn-latn-pinyin", "m3"), ("en", "f3"), ("cmn-latn-pinyin", "f2"), ("en", "m7"))


def made(name: str, seconds: float) -> Sound:
    """One of SOUNDS, so long."""
    samples = SOUNDS[name](round(seconds * RATE), np.random.default_rng(len(name)))
    return samples.astype(np.float32)


def at_level(samples: NDArray[np.floating], decibels: float) -> Wave:
    """The same sound with this mean level below full scale."""
    power = float(np.sqrt(np.square(samples.astype(np.float64)).mean()))
    return samples.astype(np.float64) * (10 ** (decibels / 20) / max(power, 1e-9))


def coloured(n: int, rng: Chance, *, slope: float, low: float = 20, high: float = 8000) -> Wave:
    """Noise whose power falls with frequency to the power of `slope`, inside a band."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    hertz = np.fft.rfftfreq(n, 1 / RATE)
    shape = np.maximum(hertz, 1.0) ** (-slope / 2) * ((hertz >= low) & (hertz <= high))
    return np.fft.irfft(spectrum * shape, n)


def tone(n: int, hertz: float, harmonics: Sequence[float] = (1.0,)) -> Wave:
    """A sine with overtones of the given strengths."""
    time = np.arange(n) / RATE
    total: Wave = np.zeros(n)
    for at, strength in enumerate(harmonics):
        if hertz * (at + 1) < RATE / 2:
            total += strength * np.sin(2 * np.pi * hertz * (at + 1) * time)
    return total


def pulsed(sound: Wave, on: float, off: float) -> Wave:
    """A tone that comes and goes."""
    time = np.arange(len(sound)) / RATE
    return sound * (time % (on + off) < on)


def _level(decibels: float, of: Made) -> Made:
    return lambda n, rng: at_level(of(n, rng), decibels)


def _noise(slope: float, low: float = 20, high: float = 8000) -> Made:
    return lambda n, rng: coloured(n, rng, slope=slope, low=low, high=high)


def _hum(n: int, rng: Chance) -> Wave:
    return tone(n, 50, (1, 0.1, 0.7, 0.1, 0.5, 0.05, 0.3)) + 0.02 * rng.standard_normal(n)


def _keypad(n: int, rng: Chance) -> Wave:
    sound, step = np.zeros(n), RATE // 4
    for at in range(0, n - step, step):
        low, high = rng.choice([697, 770, 852, 941]), rng.choice([1209, 1336, 1477])
        sound[at : at + step // 2] = tone(step // 2, low) + tone(step // 2, high)
    return sound


def _fax(n: int, rng: Chance) -> Wave:
    """Calling tones, then bits on two carriers."""
    bits = np.repeat(rng.integers(0, 2, n * 300 // RATE + 1), RATE // 300 + 1)[:n]
    carrier = np.sin(2 * np.pi * np.cumsum(np.where(bits, 1650, 1850)) / RATE)
    calling = pulsed(tone(n, 1100), 0.5, 3.0)
    return np.where(np.arange(n) < n // 3, calling, carrier)


def note(n: int, hertz: float, timbre: str) -> Wave:
    """One note of an instrument; a pad is a choir that sings ah."""
    time = np.arange(n) / RATE
    if timbre == "pad":
        partials = np.arange(1, 30) * hertz
        ah: Wave = np.zeros(len(partials))
        for formant in (730, 1090, 2440):
            ah += np.exp(-(((partials - formant) / 120) ** 2))
        vibrato = 0.012 * hertz * np.sin(2 * np.pi * 5.5 * time)
        sound = _with_vibrato(hertz, vibrato, ah + 0.05 / np.arange(1, 30))
        swell: Wave = np.minimum(1, time / 0.15) * np.minimum(1, (time[-1] - time) / 0.1)
        return sound * swell
    if timbre == "organ":
        return tone(n, hertz, (1, 0.6, 0.4, 0.3, 0.2)) * np.minimum(1, time / 0.02)
    if timbre == "strings":
        vibrato = 0.008 * hertz * np.sin(2 * np.pi * 6 * time)
        return _with_vibrato(hertz, vibrato, 1 / np.arange(1, 16)) * np.minimum(1, time / 0.1)
    return tone(n, hertz, (1, 0.5, 0.25, 0.12)) * np.exp(-3 * time)


def _with_vibrato(hertz: float, vibrato: Wave, strengths: Wave) -> Wave:
    phase = 2 * np.pi * np.cumsum(hertz + vibrato) / RATE
    total: Wave = np.zeros(len(vibrato))
    for at, strength in enumerate(strengths.tolist()):
        if hertz * (at + 1) < RATE / 2:
            total += strength * np.sin((at + 1) * phase)
    return total


def _melody(timbre: str, *, beat: float = 0.4, drums: bool = False, chords: bool = False) -> Made:
    """A tune that wanders over the scale, held two beats now and then."""

    def sound(n: int, rng: Chance) -> Wave:
        total, at, degree = np.zeros(n + 4 * RATE), 0, 0
        while at < n:
            length = round(beat * RATE * rng.choice([1, 1, 2]))
            degree = int(np.clip(degree + rng.integers(-2, 3), -5, 9))
            for step in (0, 2, 4) if chords else (0,):
                octave, place = divmod(degree + step, len(SCALE))
                hertz = 220 * 2 ** (octave + SCALE[place] / 12)
                total[at : at + length] += note(length, hertz, timbre)
            if drums:
                total[at : at + RATE // 8] += 2 * _drum(rng)
            at += length
        return total[:n]

    return sound


def _drum(rng: Chance) -> Wave:
    n = RATE // 8
    fading = np.exp(-40 * np.arange(n) / RATE)
    return fading * (tone(n, 80) + 0.3 * rng.standard_normal(n))


_GREEN = "A2 C4 D2 E3 F1 E2 D4 B2 G3 A1 B2 C4 A2 A3 g1 A2 B4 g2 E4"
_PITCHES = {"E": 329.6, "F": 349.2, "G": 392.0, "g": 415.3, "A": 440.0, "B": 493.9, "C": 523.3}


def _greensleeves(n: int, rng: Chance) -> Wave:
    """What telephone systems play: an old tune, monophonic and square."""
    del rng
    parts = []
    for one in _GREEN.split():
        length = round(int(one[1]) * 0.16 * RATE)
        hertz = _PITCHES.get(one[0], 587.3)
        parts.append(np.sign(tone(length, hertz)) * np.exp(-np.arange(length) / RATE))
    return np.resize(np.concatenate(parts), n)


def _clicks(gap: float) -> Made:
    """Keys: short bursts with a body, at irregular times."""

    def sound(n: int, rng: Chance) -> Wave:
        total: Wave = 0.002 * rng.standard_normal(n + RATE)
        at = 0
        while at < n:
            size = int(rng.integers(200, 700))
            shape: Wave = np.exp(-np.arange(size) / (size / 5))
            burst = rng.standard_normal(size) + tone(size, rng.uniform(200, 900))
            total[at : at + size] += rng.uniform(0.3, 1) * shape * burst
            at += round(RATE * rng.exponential(gap))
        return total[:n]

    return sound


def _swelling(of: Made, hertz: float) -> Made:
    """A noise that comes and goes irregularly, so many times a second: wind, cars that pass."""

    def sound(n: int, rng: Chance) -> Wave:
        slow = coloured(max(n, 20 * RATE), rng, slope=0, low=0.05, high=hertz)[:n]
        swell: Wave = np.exp(1.2 * slow / max(float(slow.std()), 1e-9))
        return of(n, rng) * swell

    return sound


def _bursts(n: int, rng: Chance) -> Wave:
    """A line that crackles and overloads."""
    loud = pulsed(rng.standard_normal(n), 0.3, 1.4)
    return np.clip(20 * loud, -1, 1) + 0.01 * rng.standard_normal(n)


@cache
def spoken(voice: str, variant: str, text: str = "") -> Sound:
    """What espeak-ng says, at 16 kHz."""
    command = ["espeak-ng", "-v", f"{voice}+{variant}", "--stdout", text or _SPOKEN[voice]]
    done = subprocess.run(command, check=True, capture_output=True)
    with wave.open(BytesIO(done.stdout)) as file:
        rate, data = file.getframerate(), file.readframes(file.getnframes())
    samples = np.frombuffer(data, np.int16) / 32768
    places = np.arange(0, len(samples) - 1, rate / RATE)
    return np.interp(places, np.arange(len(samples)), samples).astype(np.float32)


def _reversed(n: int, rng: Chance) -> Wave:
    del rng
    both = np.concatenate([spoken(*voice) for voice in _VOICES[:2]])
    return np.resize(both[::-1], n).astype(np.float64)


def babble(voices: int) -> Made:
    """So many people at once, each at another place of what they say."""

    def sound(n: int, rng: Chance) -> Wave:
        total = np.zeros(n)
        for at in range(voices):
            voice = spoken(*_VOICES[at % len(_VOICES)])
            total += np.roll(np.resize(voice, n), int(rng.integers(n)))
        return total

    return sound


SOUNDS: dict[str, Made] = {
    "digital silence": lambda n, _: np.zeros(n),
    "room tone": _level(-66, _noise(1.5)),
    "white noise -50 dB": _level(-50, _noise(0)),
    "white noise -30 dB": _level(-30, _noise(0)),
    "white noise -15 dB": _level(-15, _noise(0)),
    "pink noise -30 dB": _level(-30, _noise(1)),
    "brown noise -25 dB": _level(-25, _noise(2)),
    "mains hum": _level(-35, _hum),
    "keypad tones": _level(-20, _keypad),
    "ring-back, China": _level(-20, lambda n, _: pulsed(tone(n, 450), 1, 4)),
    "busy tone, China": _level(-20, lambda n, _: pulsed(tone(n, 450), 0.35, 0.35)),
    "ring-back, America": _level(-20, lambda n, _: pulsed(tone(n, 440) + tone(n, 480), 2, 4)),
    "fax": _level(-20, _fax),
    "music: chords, piano": _level(-22, _melody("piano", chords=True)),
    "music: chords, organ": _level(-22, _melody("organ", beat=0.8, chords=True)),
    "music: strings and drums": _level(-20, _melody("strings", drums=True)),
    "music: old tune, square": _level(-22, _greensleeves),
    "music: choir, chords": _level(-22, _melody("pad", beat=0.9, chords=True)),
    "music: voice that sings ah": _level(-22, _melody("pad", beat=0.35)),
    "typing": _level(-35, _clicks(0.15)),
    "key clicks, loud": _level(-20, _clicks(0.6)),
    "fan": _level(-35, lambda n, rng: _noise(1.2, 60, 2500)(n, rng) / 9 + tone(n, 120, (1, 0.5))),
    "traffic": _level(-28, _swelling(_noise(1.6, 30, 2000), 0.3)),
    "wind": _level(-22, _swelling(_noise(2, 30, 800), 3.0)),
    "clipping bursts": _level(-12, _bursts),
    "speech reversed": _level(-22, _reversed),
    "babble of 4": _level(-22, babble(4)),
    "babble of 12": _level(-22, babble(12)),
    "babble of 40": _level(-25, babble(40)),
}
