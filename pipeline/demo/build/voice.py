"""Text -> speech with espeak-ng, and when each character of it is spoken.

The library is called through ctypes because only there it reports its word events:
the trainer needs to know where in the audio each token lies.
Chinese needs the voice `cmn-latn-pinyin`: plain `cmn` of espeak-ng 1.51 reads hanzi as pinyin
letters in English.
"""

import ctypes
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from pipeline.demo.build.sound import SAMPLE_RATE, Samples, seconds

_ESPEAK_RATE = 22_050
_SYNCHRONOUS, _PHONEME_EVENTS, _UTF8 = 2, 1, 1
_WORD_EVENT, _END_OF_EVENTS = 1, 0
_RATE, _PITCH, _RANGE = 1, 3, 4
_AUDIBLE = 0.004
"""Quieter samples at either end are silence and are cut off."""


class Voice(NamedTuple):
    """How somebody speaks: an espeak-ng voice, words a minute, pitch 0-99."""

    name: str
    rate: int
    pitch: int = 50


class Spoken(NamedTuple):
    """One spoken sentence, without silence around it."""

    samples: Samples
    times: npt.NDArray[np.float32]
    """When each character begins, and at the end when the last one stops: len(text) + 1 values."""


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("uid", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


class _Mark(NamedTuple):
    """A word event: a character position (from 0) and the second it is spoken at."""

    position: int
    second: float


class _Espeak:
    """The loaded library; it keeps global state, so there is one, and it speaks one at a time."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _PHONEME_EVENTS)
        if rate != _ESPEAK_RATE:
            msg = f"espeak-ng answered sample rate {rate!r}, not {_ESPEAK_RATE}; is its data installed?"
            raise RuntimeError(msg)
        callback = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
        )
        self._callback = callback(self._receive)  # kept: the library holds only a bare pointer
        self._library.espeak_SetSynthCallback(self._callback)
        self._audio: list[npt.NDArray[np.int16]] = []
        self._marks: list[_Mark] = []

    def _receive(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._audio.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while events[index].type != _END_OF_EVENTS:
            event = events[index]
            if event.type == _WORD_EVENT:
                self._marks.append(_Mark(event.text_position - 1, event.sample / _ESPEAK_RATE))
            index += 1
        return 0

    def say(self, text: str, voice: Voice) -> tuple[Samples, list[_Mark]]:
        self._audio.clear()
        self._marks.clear()
        if self._library.espeak_SetVoiceByName(voice.name.encode()) != 0:
            msg = f"espeak-ng has no voice {voice.name!r}"
            raise ValueError(msg)
        for parameter, value in ((_RATE, voice.rate), (_PITCH, voice.pitch), (_RANGE, 50)):
            self._library.espeak_SetParameter(parameter, value, 0)
        raw = text.encode()
        self._library.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return np.concatenate(self._audio).astype(np.float32) / np.float32(32768), list(self._marks)


@cache
def _espeak() -> _Espeak:
    return _Espeak()


def speak(text: str, voice: Voice) -> Spoken:
    """Say one sentence at 16 kHz."""
    native, marks = _espeak().say(text, voice)
    samples = resample_poly(native, 320, 441).astype(np.float32)
    audible = np.flatnonzero(np.abs(samples) > _AUDIBLE)
    first, last = int(audible[0]), int(audible[-1]) + 1
    samples = samples[first:last]
    return Spoken(samples, _character_times(text, marks, first / SAMPLE_RATE, seconds(samples)))


def _character_times(
    text: str, marks: list[_Mark], offset: float, duration: float
) -> npt.NDArray[np.float32]:
    """Spread the word events evenly over the characters between them."""
    inner = [_Mark(mark.position, mark.second - offset) for mark in marks if mark.position > 0]
    known = [_Mark(0, 0.0), *inner, _Mark(len(text), duration)]
    times = np.interp(
        np.arange(len(text) + 1),
        [mark.position for mark in known],
        np.clip([mark.second for mark in known], 0, duration),
    )
    return times.astype(np.float32)
