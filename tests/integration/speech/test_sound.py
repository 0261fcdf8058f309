"""Decoding block by block gives what decoding the whole file gives, in the time of the file."""

from pathlib import Path

import numpy as np
import pytest
from faster_whisper.audio import decode_audio

from pipeline.engines.speech.sound import RATE, Reel, Samples, regrouped


@pytest.fixture(scope="module")
def voice(call: Samples) -> Samples:
    """A minute of one line."""
    return call[:1, : 60 * RATE]


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".opus", ".webm", ".m4a", ".mka"])
def test_blocks_are_the_whole_sample_for_sample(
    studio, tmp_path: Path, voice: Samples, suffix: str
):
    path = studio.sound(tmp_path / f"call{suffix}", voice)
    assert np.array_equal(studio.decoded(path, 1)[0], decode_audio(str(path)))


@pytest.mark.parametrize("rate", [8000, 44100, 48000])
def test_any_rate_becomes_ours(studio, tmp_path: Path, voice: Samples, rate: int):
    path = studio.sound(tmp_path / "call.flac", voice[:, : 10 * RATE], rate=rate)
    heard = studio.decoded(path, 1)
    assert heard.shape[1] == pytest.approx(10 * RATE * RATE / rate, abs=32)
    assert np.array_equal(heard[0], decode_audio(str(path)))


def test_the_two_lines_stay_apart(studio, tmp_path: Path, call: Samples):
    path = studio.sound(tmp_path / "call.flac", call[:, : 60 * RATE])
    heard = studio.decoded(path, 2)
    assert np.allclose(heard, call[:, : 60 * RATE], atol=1e-4)


def test_the_sound_of_a_video_is_heard(studio, tmp_path: Path, noise: Samples):
    path = studio.pictures(tmp_path / "call.mp4", samples=noise[:, : 2 * RATE])
    assert studio.decoded(path, 1).shape[1] == pytest.approx(2 * RATE, abs=2048)


@pytest.mark.parametrize("size", [1, 512, 99_991, 10**8])
def test_regrouping_changes_no_sample(voice: Samples, size: int):
    short = voice[:, :3000] if size == 1 else voice
    blocks = (short[:, at : at + 777] for at in range(0, short.shape[1], 777))
    parts = list(regrouped(blocks, size))
    assert all(part.shape[1] == size for part in parts[:-1])
    assert np.array_equal(np.concatenate(parts, axis=1), short)


def test_where_the_clock_jumps_silence_is_put_in(studio, tmp_path: Path, voice: Samples):
    """As in a recording of a call whose line was lost for five seconds."""
    path = studio.sound(tmp_path / "call.mka", voice[:, : 20 * RATE], hole_at=12.0)
    heard = studio.decoded(path, 1)[0]
    assert len(heard) == pytest.approx(25 * RATE, abs=RATE // 10)
    assert np.abs(heard[round(12.2 * RATE) : round(16.8 * RATE)]).max() == 0
    after = voice[0, 12 * RATE : 19 * RATE]
    lag = np.correlate(heard[16 * RATE :], after[: 6 * RATE], mode="valid").argmax() - RATE
    assert abs(lag) < 0.03 * RATE


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".opus", ".m4a"])
def test_damage_in_the_middle_does_not_end_the_recording(
    studio, tmp_path: Path, voice: Samples, suffix: str
):
    path = studio.sound(tmp_path / f"call{suffix}", voice)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 300] = bytes(300)
    path.write_bytes(data)
    heard = studio.decoded(path, 1)
    assert heard.shape[1] == pytest.approx(60 * RATE, rel=0.05)


def test_a_stream_that_changes_its_layout_is_heard_through(studio, tmp_path: Path, call: Samples):
    mono = studio.sound(tmp_path / "mono.mp3", call[:1, : 10 * RATE])
    stereo = studio.sound(tmp_path / "stereo.mp3", call[:, : 10 * RATE])
    both = tmp_path / "both.mp3"
    both.write_bytes(mono.read_bytes() + stereo.read_bytes())
    reel = Reel(both, channels=1)
    assert sum(block.shape[1] for block in reel.blocks()) == pytest.approx(20 * RATE, abs=RATE)
    assert reel.position == pytest.approx(20, abs=1)


def test_reading_may_begin_in_the_middle(studio, tmp_path: Path, voice: Samples):
    path = studio.sound(tmp_path / "call.flac", voice)
    rest = np.concatenate(list(Reel(path, channels=1).blocks(start=30.0)), axis=1)
    assert rest.shape[1] == pytest.approx(30 * RATE, abs=RATE)
    assert np.array_equal(rest[:, -20 * RATE :], studio.decoded(path, 1)[:, -20 * RATE :])
