"""Whatever FFmpeg opens is heard: the same speech from every kind of file, at the same times."""

from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.sound import RATE, Samples
from pipeline.service.media import kind_of, media_kind
from tests.integration.speech.recorders import record

KINDS = {
    "call.mp3": ("libmp3lame", 44_100, None),
    "call.m4a": ("aac", 44_100, "ipod"),
    "lossless.m4a": ("alac", 44_100, "ipod"),
    "call.mp4": ("aac", 48_000, None),
    "call.wav": ("pcm_s16le", 16_000, None),
    "telephone.wav": ("pcm_mulaw", 8000, "wav"),
    "exchange.wav": ("pcm_alaw", 8000, "wav"),
    "studio.wav": ("pcm_s24le", 48_000, "wav"),
    "float.wav": ("pcm_f32le", 48_000, "wav"),
    "dictation.wav": ("adpcm_ima_wav", 16_000, "wav"),
    "wideband.wav": ("g722", 16_000, "wav"),
    "long.w64": ("pcm_s16le", 16_000, "w64"),
    "call.flac": ("flac", 16_000, None),
    "call.ogg": ("vorbis", 44_100, None),
    "call.opus": ("libopus", 48_000, None),
    "call.wma": ("wmav2", 44_100, "asf"),
    "call.amr": ("libopencore_amrnb", 8000, "amr"),
    "call.3gp": ("libopencore_amrnb", 8000, "3gp"),
    "call.3g2": ("aac", 16_000, "3g2"),
    "call.mka": ("libopus", 48_000, "matroska"),
    "call.webm": ("libopus", 48_000, "webm"),
    "call.mov": ("pcm_s16le", 48_000, "mov"),
    "call.aac": ("aac", 44_100, "adts"),
    "call.caf": ("pcm_s16le", 16_000, "caf"),
    "lossless.caf": ("alac", 44_100, "caf"),
    "call.aiff": ("pcm_s16be", 44_100, "aiff"),
    "call.ac3": ("ac3", 48_000, "ac3"),
    "call.eac3": ("eac3", 48_000, "eac3"),
    "call.ts": ("aac", 48_000, "mpegts"),
    "call.mpg": ("mp2", 48_000, "mpeg"),
    "call.avi": ("libmp3lame", 44_100, "avi"),
    "call.au": ("pcm_mulaw", 8000, "au"),
    "call.flv": ("aac", 44_100, "flv"),
}
FILMS = ("call.mp4", "call.mov", "call.webm", "call.mkv", "call.avi", "call.ts", "call.3gp")
UNEVEN = [0.0, 0.04, 0.08, 1.52, 1.6, 4.0, 7.88, 8.0, 9.6]
CODER_DELAY = 0.05
"""Seconds by which coders without a mark for it begin late."""


@pytest.fixture(scope="module")
def speech(call: Samples) -> Samples:
    """Ten seconds of one line."""
    return call[:1, 4 * RATE : 14 * RATE]


def off(heard: Samples, said: Samples, at: float, seconds: float = 4.0) -> float:
    """Seconds by which what was heard at a time lags behind what was said; it must be the same."""
    part = slice(round(at * RATE), round((at + seconds) * RATE))
    one, other = heard[0, part], said[0, part]
    size = 2 * len(other)
    products = np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size))
    across = np.fft.irfft(products)
    most = int(across.argmax())
    alike = across[most] / np.sqrt((one @ one) * (other @ other))
    assert alike > 0.45, f"another sound ({alike:.2f})"
    return (most if most < len(other) else most - size) / RATE


def check(heard: Samples, said: Samples) -> None:
    """The same speech, as long, and at the same times at both ends."""
    assert heard.shape[1] == pytest.approx(said.shape[1], abs=0.1 * RATE)
    assert np.sqrt(np.square(heard).mean()) == pytest.approx(
        np.sqrt(np.square(said).mean()), rel=0.15
    )
    for at in (0.0, 5.5):
        assert abs(off(heard, said, at)) < CODER_DELAY


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_is_heard_as_it_was_said(
    studio, tmp_path: Path, speech: Samples, name: str
):
    codec, rate, form = KINDS[name]
    said = np.repeat(speech, 2, axis=0) if codec == "vorbis" else speech
    path = record(tmp_path / name, [said], codec=codec, rate=rate, form=form)
    facts = probe(path)
    assert (facts.channels, facts.tracks) == (1, 1)
    assert media_kind(path.read_bytes()[:4096], "") == kind_of(path) == "recording"
    check(studio.decoded(path, 1), speech)


@pytest.mark.parametrize("name", FILMS)
def test_the_sound_of_a_film_is_heard_however_uneven_its_pictures_come(
    studio, tmp_path: Path, speech: Samples, name: str
):
    webm = name.endswith("webm")
    codec = "libopencore_amrnb" if name.endswith("3gp") else "libopus" if webm else "aac"
    rate = 8000 if name.endswith("3gp") else 48_000
    pictures = [] if webm else UNEVEN
    path = record(tmp_path / name, [speech], codec=codec, rate=rate, video=pictures)
    assert probe(path).duration == pytest.approx(10, abs=0.2)
    check(studio.decoded(path, 1), speech)


@pytest.mark.parametrize(
    ("name", "codec", "form"),
    [("song.mp3", "libmp3lame", None), ("song.m4a", "aac", "mp4"), ("song.flac", "flac", None)],
)
def test_a_picture_on_the_cover_makes_no_film(
    studio, tmp_path: Path, speech: Samples, name: str, codec: str, form: str | None
):
    path = record(tmp_path / name, [speech], codec=codec, rate=44_100, form=form, cover=True)
    with av.open(str(path)) as container:
        assert container.streams.video, "no cover was written"
    assert probe(path).duration == pytest.approx(10, abs=0.1)
    check(studio.decoded(path, 1), speech)


def test_subtitles_chapters_and_a_track_of_time_codes_are_passed_over(
    studio, tmp_path: Path, speech: Samples
):
    words = tmp_path / "call.srt"
    words.write_text("1\n00:00:01,000 --> 00:00:02,000\nhello\n\n", encoding="utf-8")
    film = record(tmp_path / "call.mkv", [speech], subtitles=words, chapters=True)
    coded = record(tmp_path / "call.mov", [speech], video=UNEVEN)
    with av.open(str(film)) as one, av.open(str(coded)) as other:
        assert one.streams.subtitles
        assert one.chapters()
        assert [stream.type for stream in other.streams] == ["video", "audio", "data"]
    for path in (film, coded):
        check(studio.decoded(path, 1), speech)


@pytest.mark.parametrize("name", ["call.mkv", "call.mp4", "call.ts", "call.mov"])
def test_sound_that_begins_after_the_pictures_keeps_the_time_a_player_shows(
    studio, tmp_path: Path, speech: Samples, name: str
):
    path = record(tmp_path / name, [speech], begins=[0.3], video=UNEVEN)
    heard = studio.decoded(path, 1)
    assert off(heard[:, round(0.3 * RATE) :], speech, 0.0) == pytest.approx(0, abs=0.03)


def test_a_clock_that_begins_at_an_hour_is_set_to_zero(studio, tmp_path: Path, speech: Samples):
    """As in a part of a longer recording."""
    path = record(tmp_path / "call.mka", [speech], form="matroska", begins=[3600.0])
    with av.open(str(path)) as container:
        assert (container.start_time or 0) / av.time_base > 3000
    check(studio.decoded(path, 1), speech)


@pytest.mark.parametrize("words", ["caffeine first", "riff on it", "FORM of order", "ID and name"])
def test_notes_that_begin_like_a_recording_are_notes(words: str):
    assert media_kind((words + "\nGood morning\n" * 400).encode()[:4096], ".txt") == "text"
