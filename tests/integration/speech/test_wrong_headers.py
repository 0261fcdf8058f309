"""Headers that lie: what is there is heard, and no length is shown that cannot be."""

import struct
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.sound import RATE, Reel, Samples
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import NotReadableError
from pipeline.models.speech import HeardBatch
from pipeline.words.loader import say
from tests.integration.speech.recorders import record

HOURS = 300 * 3600


@pytest.fixture(scope="module")
def speech(call: Samples) -> Samples:
    """Twenty seconds of one line."""
    return call[:1, 4 * RATE : 24 * RATE]


@pytest.fixture
def transcriber(mute_model: Path) -> WhisperTranscriber:
    return WhisperTranscriber(model=str(mute_model), demo_model=mute_model, threads=1, beam_size=1)


def hear(transcriber: WhisperTranscriber, path: Path) -> list[HeardBatch]:
    return list(transcriber.hear(path, languages=["zh"], hotwords=[], done={}))


def seconds(path: Path) -> float:
    facts = probe(path)
    reel = Reel(path, channels=facts.channels, heard=facts.heard)
    return sum(block.shape[1] for block in reel.blocks()) / RATE


def wav(
    path: Path,
    sound: bytes,
    *,
    rate: int = RATE,
    channels: int = 1,
    data: int | None = None,
    riff: int | None = None,
    after: bytes = b"",
) -> Path:
    """A WAV file whose header says what it is told to; by default the truth."""
    form = struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * channels * 2, channels * 2, 16)
    size = len(sound) if data is None else data
    whole = b"WAVEfmt " + form + b"data" + struct.pack("<I", size) + sound + after
    path.write_bytes(b"RIFF" + struct.pack("<I", len(whole) if riff is None else riff) + whole)
    return path


def pcm(samples: Samples) -> bytes:
    return np.round(samples.T * 32767).astype("<i2").tobytes()


@pytest.mark.parametrize("says", [0, 0xFFFFFFFF, 0x7FFFFFFF, 50_000_000, 1000, 160_000])
def test_a_wav_is_heard_to_its_end_whatever_length_its_header_says(
    tmp_path: Path, speech: Samples, transcriber: WhisperTranscriber, says: int
):
    """As left behind by a recorder that crashed, wrote into a pipe, or was copied half-way."""
    riff = says + 36 if says < 0x7FFFFFFF else says
    path = wav(tmp_path / "call.wav", pcm(speech), data=says, riff=riff)
    assert seconds(path) == pytest.approx(20, abs=0.1)
    assert (probe(path).duration or 20) == pytest.approx(20, abs=0.1)
    reasons = [drop.reason for drop in hear(transcriber, path)[-1].dropped]
    assert reasons == (["breaks off"] if says == 50_000_000 else [])


@pytest.mark.parametrize("size", [9000, 9001])
def test_what_a_wav_holds_besides_sound_is_not_heard(tmp_path: Path, speech: Samples, size: int):
    note = b"LIST" + struct.pack("<I", size) + bytes(range(256)) * 36
    after = note[: 8 + size] + b"\0" * (size % 2)
    assert seconds(wav(tmp_path / "call.wav", pcm(speech), after=after)) == pytest.approx(
        20, abs=0.01
    )


def claims_300_hours(path: Path) -> None:
    """Write the length into the header of a file that has 20 seconds."""
    data = bytearray(path.read_bytes())
    if path.suffix == ".flac":
        at = data.index(b"fLaC") + 8 + 13
        data[at] = data[at] & 0xF0 | (HOURS * RATE >> 32)
        data[at + 1 : at + 5] = struct.pack(">I", HOURS * RATE & 0xFFFFFFFF)
    elif path.suffix == ".mka":
        at = data.index(b"\x44\x89\x88") + 3
        data[at : at + 8] = struct.pack(">d", HOURS * 1000.0)
    elif path.suffix == ".mp3":
        at = data.index(b"Info" if b"Info" in data else b"Xing") + 8
        data[at : at + 4] = struct.pack(">I", HOURS * RATE // 576)
    else:
        for box in (b"mdhd", b"mvhd"):
            at = data.index(box) + 4
            (scale,) = struct.unpack(">I", data[at + 12 : at + 16])
            data[at + 16 : at + 20] = struct.pack(">I", min(HOURS * scale, 0xFFFFFFF0))
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["call.flac", "call.mka", "call.mp3", "call.m4a"])
def test_a_header_that_says_300_hours_is_not_believed(
    tmp_path: Path, speech: Samples, transcriber: WhisperTranscriber, name: str
):
    codec = {"call.flac": "flac", "call.mka": "aac", "call.mp3": "libmp3lame", "call.m4a": "aac"}
    form = "matroska" if name.endswith("mka") else None
    path = record(tmp_path / name, [speech], codec=codec[name], rate=RATE, form=form)
    honest = probe(path).duration
    claims_300_hours(path)
    assert honest == pytest.approx(20, abs=0.2)
    assert probe(path).duration in (None, pytest.approx(20, abs=0.2))
    assert seconds(path) == pytest.approx(20, abs=0.2)
    assert hear(transcriber, path)[-1].dropped == ()


@pytest.mark.parametrize(
    ("channels", "rate", "code"),
    [(64, 48_000, "too_many_channels"), (1, 1, "not_media"), (1, 400_000_000, "not_media")],
)
def test_sound_that_no_recorder_makes_is_refused_in_words(
    tmp_path: Path, speech: Samples, channels: int, rate: int, code: str
):
    path = wav(tmp_path / "call.wav", pcm(speech), channels=channels, rate=rate)
    with pytest.raises(NotReadableError) as caught:
        probe(path)
    assert caught.value.code == code
    for language in ("zh", "en"):
        assert "call.wav" in say(f"error.{code}", language, **caught.value.params)


def test_eight_channels_of_a_meeting_room_are_heard_as_one(tmp_path: Path, speech: Samples):
    around = np.zeros((8, speech.shape[1]), np.float32)
    around[5] = speech[0]
    path = wav(tmp_path / "call.wav", pcm(around), channels=8)
    assert probe(path).channels == 1
    assert seconds(path) == pytest.approx(20, abs=0.01)


@pytest.mark.slow
def test_the_sides_are_told_where_no_length_is_and_one_begins_late(tmp_path: Path, call: Samples):
    """As a browser records: the header was written before anybody knew the length."""
    late = np.concatenate([call * [[1], [0]], call[:, : 60 * RATE]], axis=1).astype(np.float32)
    path = record(tmp_path / "call.webm", [late], codec="libopus", form="webm", flags="1")
    assert probe(path).duration is None
    assert probe(path).channels == 2


def test_clipped_speech_is_heard_at_its_times(tmp_path: Path, speech: Samples):
    loud = np.clip(speech * 40, -1, 1)
    path = wav(tmp_path / "call.wav", pcm(loud))
    (heard,) = np.concatenate(list(Reel(path, channels=1).blocks()), axis=1)
    assert np.allclose(heard, loud[0], atol=1e-4)
