"""A file that cannot be read any further: what was heard is kept, and the rest is heard later."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engines.speech.sound import RATE, Samples
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import NotReadableError
from pipeline.models.speech import HeardBatch
from pipeline.words.loader import say
from tests.integration.speech.recorders import record


@pytest.fixture
def transcriber(mute_model: Path) -> WhisperTranscriber:
    return WhisperTranscriber(
        model=str(mute_model), demo_model=mute_model, threads=1, beam_size=1, batch_size=2
    )


@pytest.fixture
def recording(tmp_path: Path, call: Samples) -> Path:
    """Long enough that most of it is read only after the first words were heard."""
    return record(tmp_path / "call.wav", [call[:1]], codec="pcm_s16le", rate=RATE)


def hear_until(
    transcriber: WhisperTranscriber, path: Path, lose: Callable[[Path], None]
) -> tuple[list[HeardBatch], NotReadableError]:
    """What was heard before the file was lost after the first batch, and what was said of it."""
    hearing = transcriber.hear(path, languages=["zh"], hotwords=[], done={})
    kept = [next(hearing)]
    lose(path)
    with pytest.raises(NotReadableError) as caught:
        kept.extend(hearing)
    for language in ("zh", "en"):
        assert "call.wav" in say(f"error.{caught.value.code}", language, **caught.value.params)
    return kept, caught.value


def unplug(path: Path) -> None:
    """The disk goes: the kernel answers every later read of the open file with EIO."""
    nowhere = os.open("/proc/self/mem", os.O_RDONLY)
    for number in Path("/proc/self/fd").iterdir():
        if number.is_symlink() and number.readlink() == path:
            os.dup2(nowhere, int(number.name))
    os.close(nowhere)


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.skipif(sys.platform != "linux", reason="a disk is unplugged the Linux way")
def test_a_disk_that_goes_away_ends_the_hearing_and_it_goes_on_later(
    transcriber: WhisperTranscriber, recording: Path
):
    whole = list(transcriber.hear(recording, languages=["zh"], hotwords=[], done={}))
    kept, error = hear_until(transcriber, recording, unplug)
    assert error.code == "file_lost"
    assert error.params["reason"] == os.strerror(errno.EIO)
    assert 0 < len(kept) < len(whole)
    done = {one.key: one for one in kept}
    assert list(transcriber.hear(recording, languages=["zh"], hotwords=[], done=done)) == whole


def test_a_file_that_shrinks_while_it_is_read_is_not_taken_for_a_short_call(
    transcriber: WhisperTranscriber, recording: Path
):
    kept, error = hear_until(transcriber, recording, halve)
    assert error.code == "file_shrunk"
    assert kept


def test_a_file_that_is_deleted_meanwhile_is_missing_and_what_was_heard_is_kept(
    transcriber: WhisperTranscriber, recording: Path
):
    kept, error = hear_until(transcriber, recording, Path.unlink)
    assert error.code == "file_missing"
    assert kept


@pytest.mark.skipif(sys.platform != "linux", reason="a disk refuses the Linux way")
def test_a_disk_that_refuses_at_once_is_no_damage(transcriber: WhisperTranscriber, tmp_path: Path):
    (tmp_path / "call.wav").symlink_to("/proc/self/mem")
    with pytest.raises(NotReadableError) as caught:
        transcriber.probe(tmp_path / "call.wav")
    assert caught.value.code == "file_refused"
