"""What is no recording is said in words; what breaks off is kept up to there."""

import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.sound import RATE, Samples
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import NotReadableError
from pipeline.models.speech import HeardBatch
from pipeline.words.loader import say
from tests.integration.speech.recorders import record

SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\nhello\n\n"
FAKES = {
    "text.mp3": ("The client wants an export.\n" * 200).encode(),
    "chinese.m4a": ("客户：能不能一键导出？\n" * 200).encode(),
    "short.wav": b"hi\n",
    "page.opus": b"<html><body>Sign in to download</body></html>",
    "picture.mp3": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "document.mp3": b"%PDF-1.4\n" + bytes(range(256)) * 20,
    "drawing.txt": ("hello there\n" * 100).encode(),
    "subtitles.srt": SUBTITLES.encode(),
    "zeros.mp3": bytes(300_000),
    "zeros.m4a": bytes(300_000),
    "zeros.wav": bytes(300_000),
    "line.mp3": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    b"m=audio 40000 RTP/AVP 0\n",
}


def code_of(path: Path) -> str:
    with pytest.raises(NotReadableError) as caught:
        probe(path)
    assert caught.value.params["file"] == path.name
    for language in ("zh", "en"):
        assert path.name in say(f"error.{caught.value.code}", language, **caught.value.params)
    return caught.value.code


@pytest.mark.parametrize("name", FAKES)
def test_a_file_that_is_no_recording_is_called_so(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(FAKES[name])
    assert code_of(path) == "not_media"


@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile secret.wav\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.wav\n#EXT-X-ENDLIST\n",
    ],
)
def test_a_list_that_names_other_files_opens_none(
    studio, tmp_path: Path, noise: Samples, text: str
):
    studio.sound(tmp_path / "secret.wav", noise)
    for name in ("call.mp3", "call.m3u8"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert code_of(tmp_path / name) == "not_media"


@pytest.mark.parametrize("name", ["call:1.flac", "http:call.flac", "-i.flac", "通话 %d.flac"])
def test_a_name_is_a_name_and_no_address(
    studio, tmp_path: Path, noise: Samples, monkeypatch: pytest.MonkeyPatch, name: str
):
    studio.sound(tmp_path / "call.flac", noise).rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert probe(Path(name)).duration == pytest.approx(10)


def test_an_archive_is_called_one(studio, tmp_path: Path, noise: Samples):
    inside = studio.sound(tmp_path / "call.wav", noise)
    with zipfile.ZipFile(tmp_path / "call.mp3", "w") as archive:
        archive.write(inside, "call.wav")
    assert code_of(tmp_path / "call.mp3") == "packed_unknown"


@pytest.mark.parametrize("tag", [b"drms", b"enca"])
def test_a_file_that_is_locked_is_called_so(studio, tmp_path: Path, noise: Samples, tag: bytes):
    path = studio.sound(tmp_path / "call.m4a", noise)
    path.write_bytes(path.read_bytes().replace(b"mp4a", tag))
    assert code_of(path) == "media_locked"


def test_a_locked_book_and_a_locked_wma_are_called_so(tmp_path: Path):
    book, song = tmp_path / "book.m4a", tmp_path / "song.wma"
    book.write_bytes(b"\0\0\0\x20ftypaax \0\0\0\0aax M4B mp42isom\0\0\0\0" + bytes(4000))
    header = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
    lock = bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e")
    song.write_bytes(header + bytes(14) + lock + bytes(4000))
    assert (code_of(book), code_of(song)) == ("media_locked", "media_locked")


@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_no_recording(tmp_path: Path, seed: int):
    path = tmp_path / "random.mp3"
    path.write_bytes(np.random.default_rng(seed).bytes(50_000))
    assert code_of(path) == "not_media"


def test_an_empty_file_is_called_empty(tmp_path: Path):
    path = tmp_path / "call.mp3"
    path.touch()
    assert code_of(path) == "empty_file"


def test_a_missing_file_is_called_missing(tmp_path: Path):
    assert code_of(tmp_path / "call.mp3") == "file_missing"


def test_a_folder_is_called_a_folder(tmp_path: Path):
    assert code_of(tmp_path) == "is_folder"


def test_a_video_without_sound_is_called_so(studio, tmp_path: Path):
    assert code_of(studio.pictures(tmp_path / "call.mp4")) == "no_audio"


def test_a_recording_whose_index_is_missing_is_called_cut(studio, tmp_path: Path, noise: Samples):
    path = studio.sound(tmp_path / "call.m4a", noise)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert code_of(path) == "cut_media"


@pytest.fixture
def transcriber(mute_model: Path) -> WhisperTranscriber:
    return WhisperTranscriber(model=str(mute_model), demo_model=mute_model, threads=1, beam_size=1)


def hear(transcriber: WhisperTranscriber, path: Path) -> list[HeardBatch]:
    return list(transcriber.hear(path, languages=["zh"], hotwords=[], done={}))


@pytest.mark.parametrize("suffix", [".mp3", ".wav", ".flac", ".opus", ".webm"])
def test_a_recording_that_breaks_off_is_heard_up_to_there(
    studio, tmp_path: Path, call: Samples, transcriber: WhisperTranscriber, suffix: str
):
    whole = studio.sound(tmp_path / f"whole{suffix}", call[:1, : 60 * RATE])
    cut = tmp_path / f"cut{suffix}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    *heard, last = hear(transcriber, cut)
    assert heard
    assert heard[-1].end > 20
    (drop,) = last.dropped
    assert drop.reason == "breaks off"
    assert drop.start == pytest.approx(30, abs=3)
    assert not hear(transcriber, whole)[-1].dropped


@pytest.mark.parametrize(
    ("name", "codec", "flags"),
    [
        ("film.mkv", "aac", ""),
        ("film.mp4", "aac", "faststart"),
        ("film.mp4", "aac", "frag_keyframe+empty_moov"),
        ("film.avi", "libmp3lame", ""),
        ("call.aiff", "pcm_s16be", ""),
        ("call.caf", "pcm_s16le", ""),
        ("call.w64", "pcm_s16le", ""),
        ("call.wma", "wmav2", ""),
    ],
)
def test_a_film_that_breaks_off_is_heard_up_to_there(
    tmp_path: Path,
    call: Samples,
    transcriber: WhisperTranscriber,
    name: str,
    codec: str,
    flags: str,
):
    video = [at / 25 for at in range(0, 20 * 25, 5)] if name.startswith("film") else []
    form = "asf" if name.endswith("wma") else None
    sound = call[:1, 4 * RATE : 24 * RATE]
    whole = record(
        tmp_path / name, [sound], codec=codec, rate=44_100, form=form, video=video, flags=flags
    )
    cut = tmp_path / f"cut-{name}"
    cut.write_bytes(whole.read_bytes()[: round(whole.stat().st_size * 0.6)])
    (drop,) = hear(transcriber, cut)[-1].dropped
    assert drop.reason == "breaks off"
    assert drop.start == pytest.approx(12, abs=2)
    assert not hear(transcriber, whole)[-1].dropped


def test_what_was_heard_before_the_break_is_what_the_whole_file_gives(
    studio, tmp_path: Path, call: Samples, transcriber: WhisperTranscriber
):
    whole = studio.sound(tmp_path / "whole.mp3", call[:1, : 150 * RATE])
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(whole.read_bytes()[: round(whole.stat().st_size * 0.9)])
    assert hear(transcriber, cut)[0] == hear(transcriber, whole)[0]


def test_sound_without_speech_is_an_answer_not_an_error(
    studio, tmp_path: Path, noise: Samples, transcriber: WhisperTranscriber
):
    (last,) = hear(transcriber, studio.sound(tmp_path / "hum.flac", noise))
    assert [drop.reason for drop in last.dropped] == ["nobody speaks"]


def test_digital_silence_is_an_answer_too(
    studio, tmp_path: Path, noise: Samples, transcriber: WhisperTranscriber
):
    (last,) = hear(transcriber, studio.sound(tmp_path / "hush.flac", 0 * noise))
    assert [drop.reason for drop in last.dropped] == ["nobody speaks"]


def test_a_file_without_a_name_is_read_by_its_content(studio, tmp_path: Path, noise: Samples):
    """As the store keeps them: under their hash."""
    shutil.copy(studio.sound(tmp_path / "call.mp3", noise), tmp_path / "abcdef")
    facts = probe(tmp_path / "abcdef")
    assert (facts.codec, facts.channels, round(facts.duration or 0)) == ("mp3float", 1, 10)
