"""Script -> call.opus and call.json: the bundled recording and the truth about it."""

import json
from typing import NamedTuple

import numpy as np

from pipeline.demo.build.opus import encode_opus
from pipeline.demo.build.script import (
    Language,
    Script,
    load_script,
    recording_path,
    truth_path,
)
from pipeline.demo.build.sound import SAMPLE_RATE, Samples, seconds
from pipeline.demo.build.voice import Voice, speak

VOICES: dict[Language, tuple[Voice, Voice]] = {
    "zh": (Voice("cmn-latn-pinyin", 165), Voice("cmn-latn-pinyin+f2", 168)),
    "en": (Voice("en-us", 165), Voice("en+f4", 168)),
}
"""Who speaks on channel 0 (the engineer) and on channel 1 (the client)."""

BIT_RATE = 32_000
_LEVEL = 0.7
_LEAD, _TAIL = 0.6, 0.8
_ROOM = 1e-3
"""Standard deviation of the quiet noise on both channels: digital silence sounds broken."""


class SpokenTurn(NamedTuple):
    """What was said, by whom and when: one row of call.json."""

    id: str
    speaker: str
    start: float
    end: float
    text: str


class Recording(NamedTuple):
    """A call as it sounds, shape (2, samples) at 16 kHz, and as it was."""

    channels: Samples
    turns: tuple[SpokenTurn, ...]


def synthesise(language: Language) -> Recording:
    """Write call.opus and call.json of one bundled call."""
    script = load_script(language)
    recording = perform(script)
    recording_path(language).write_bytes(encode_opus(recording.channels, BIT_RATE))
    truth = {
        "title": script.title,
        "date": script.date,
        "language": script.language,
        "duration": round(recording.channels.shape[1] / SAMPLE_RATE, 3),
        "speakers": {s.name: {"channel": s.channel, "side": s.side} for s in script.speakers},
        "turns": [turn._asdict() for turn in recording.turns],
    }
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    truth_path(language).write_text(text + "\n", encoding="utf-8")
    return recording


def perform(script: Script, *, seed: int = 0) -> Recording:
    """Speak the whole script, each speaker on their own channel, without bleed."""
    placed: list[tuple[int, int, Samples]] = []
    turns: list[SpokenTurn] = []
    clock = _LEAD
    for number, turn in enumerate(script.turns, 1):
        start = clock + (turn.pause if turns else 0.0)
        samples = speak(turn.text, VOICES[script.language][turn.speaker.channel]).samples
        clock = start + seconds(samples)
        placed.append((turn.speaker.channel, round(start * SAMPLE_RATE), samples))
        turns.append(
            SpokenTurn(f"t{number}", turn.speaker.name, round(start, 3), round(clock, 3), turn.text)
        )
    noise = np.random.default_rng(seed).standard_normal((2, round((clock + _TAIL) * SAMPLE_RATE)))
    channels = (noise * _ROOM).astype(np.float32)
    for channel, at, samples in placed:
        channels[channel, at : at + len(samples)] += samples * _LEVEL
    return Recording(np.clip(channels, -1, 1), tuple(turns))
