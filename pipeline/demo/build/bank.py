"""The training audio: every sentence in many voices and rates, some of it through Opus.

Two hours of speech; a few minutes to make, so it is kept in the work folder.
"""

import pickle
import random
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.demo.build.corpus import made_sentences
from pipeline.demo.build.opus import through_opus
from pipeline.demo.build.script import LANGUAGES, Language, load_script
from pipeline.demo.build.sound import SAMPLE_RATE, Samples
from pipeline.demo.build.synthesise import VOICES
from pipeline.demo.build.voice import Voice, speak

OPUS_BIT_RATES = (24_000, 16_000)
_OTHER_VOICES: dict[Language, tuple[str, ...]] = {
    "zh": ("cmn-latn-pinyin+m3", "cmn-latn-pinyin+f4"),
    "en": ("en-us+f2", "en+m3"),
}
_OWN_TAKES, _SWAPPED_TAKES, _OTHER_TAKES = 8, 3, 2
_GAP = np.zeros(int(0.3 * SAMPLE_RATE), np.float32)
_LEVEL = 0.7


class Utterance(NamedTuple):
    """One sentence as it was spoken once."""

    language: Language
    text: str
    line: int | None
    """Its place in the script, or None for a made sentence."""
    channel: int | None
    own: bool
    """Spoken by the voice that says it in the call."""
    times: npt.NDArray[np.float32]
    takes: tuple[npt.NDArray[np.int16], ...]
    """The clean take, then one after each Opus bit rate (none for a made sentence)."""


class Bank(NamedTuple):
    """All there is to hear."""

    lines: tuple[Utterance, ...]
    """Lines of the scripts, mostly by their own voices, with Opus takes."""
    wide: tuple[Utterance, ...]
    """Lines and made sentences in all voices, at all rates."""


def load_bank(work: Path) -> Bank:
    """The bank of the work folder, made first if it is not there."""
    path = work / "bank.pickle"
    if not path.exists():
        path.write_bytes(pickle.dumps(build_bank()))
    bank: Bank = pickle.loads(path.read_bytes())  # our own file
    return bank


def build_bank(*, seed: int = 1) -> Bank:
    """Speak everything."""
    chance = random.Random(seed)
    lines = [u for language in LANGUAGES for u in _script_takes(language, chance)]
    wide = [u for language in LANGUAGES for u in _wide_takes(language, chance)]
    return Bank(tuple(_with_opus(lines)), tuple(wide))


def _script_takes(language: Language, chance: random.Random) -> list[Utterance]:
    takes = []
    for line, turn in enumerate(load_script(language).turns):
        channel = turn.speaker.channel
        own, other = VOICES[language][channel], VOICES[language][1 - channel]
        voices = [own]
        voices += [_varied(own, chance, 15) for _ in range(_OWN_TAKES - 1)]
        voices += [_varied(other, chance, 12) for _ in range(_SWAPPED_TAKES)]
        voices += [
            Voice(chance.choice(_OTHER_VOICES[language]), chance.randint(145, 195))
            for _ in range(_OTHER_TAKES)
        ]
        for number, voice in enumerate(voices):
            spoken = _utterance(language, turn.text, voice)
            takes.append(spoken._replace(line=line, channel=channel, own=number < _OWN_TAKES))
    return takes


def _wide_takes(language: Language, chance: random.Random) -> list[Utterance]:
    names = [*(voice.name for voice in VOICES[language]), *_OTHER_VOICES[language]]
    lines = [turn.text for turn in load_script(language).turns]
    spoken = [(text, name, rate) for text in lines for name in names for rate in (140, 165, 190)]
    spoken += [
        (text, name, 165) for text in made_sentences(language) for name in chance.sample(names, 3)
    ]
    return [
        _utterance(language, text, _varied(Voice(name, rate), chance, 12))
        for text, name, rate in spoken
    ]


def _varied(voice: Voice, chance: random.Random, spread: int) -> Voice:
    rate = voice.rate + chance.randint(-spread, spread)
    return Voice(voice.name, rate, chance.choice((46, 50, 50, 54)))


def _utterance(language: Language, text: str, voice: Voice) -> Utterance:
    spoken = speak(text, voice)
    take = _integers(spoken.samples * _LEVEL)
    return Utterance(language, text, None, None, False, spoken.times, (take,))


def _with_opus(utterances: list[Utterance], *, together: int = 20) -> list[Utterance]:
    """Add the coded takes; several utterances are coded as one file, as they are in a call."""
    coded = []
    for first in range(0, len(utterances), together):
        group = utterances[first : first + together]
        copies = [_coded([u.takes[0] for u in group], rate) for rate in OPUS_BIT_RATES]
        coded += [
            utterance._replace(takes=(utterance.takes[0], *takes))
            for utterance, *takes in zip(group, *copies, strict=True)
        ]
    return coded


def _coded(takes: list[npt.NDArray[np.int16]], bit_rate: int) -> list[npt.NDArray[np.int16]]:
    joined = np.concatenate([part for take in takes for part in (_GAP, _floats(take))] + [_GAP])
    heard = through_opus(joined, bit_rate)
    copies, at = [], 0
    for take in takes:
        at += len(_GAP)
        copies.append(_integers(heard[at : at + len(take)]))
        at += len(take)
    return copies


def _integers(samples: Samples) -> npt.NDArray[np.int16]:
    return np.clip(samples * 32768, -32768, 32767).astype(np.int16)


def _floats(samples: npt.NDArray[np.int16]) -> Samples:
    return samples.astype(np.float32) / np.float32(32768)
