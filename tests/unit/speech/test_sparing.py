"""Where memory is short, fewer pieces are heard at a time, and none is left out."""

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.engines.speech.memory import Sparing, guarded, short_of_memory, too_large
from pipeline.errors import ModelUnavailableError, NotReadableError
from pipeline.words.loader import say

DEMO_MODEL = Path(__file__).parents[3] / "pipeline" / "demo" / "model"


class Small:
    """Takes so many pieces at a time and no more."""

    def __init__(self, most: int, error: Exception) -> None:
        self.most = most
        self.error = error
        self.asked: list[int] = []

    def recognise(self, pieces: Sequence[int]) -> list[str]:
        self.asked.append(len(pieces))
        if len(pieces) > self.most:
            raise self.error
        return [f"{piece}{part}" for piece in pieces for part in "ab"]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("mkl_malloc: failed to allocate memory"),
        RuntimeError("CUDA failed with error out of memory"),
        RuntimeError("cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED"),
        RuntimeError("std::bad_alloc"),
        RuntimeError("could not create a memory object"),
    ],
    ids=str,
)
def test_what_is_too_much_together_is_heard_in_parts_and_in_order(error: Exception):
    small = Small(3, error)
    sparing = Sparing()
    found = sparing(small.recognise, range(8))
    assert found == [f"{piece}{part}" for piece in range(8) for part in "ab"]
    assert small.asked == [8, 4, *[1] * 8]
    assert sparing(small.recognise, range(2)) == ["0a", "0b", "1a", "1b"]
    assert small.asked[-2:] == [1, 1]


def test_half_as_many_may_be_enough_and_it_is_told(caplog: pytest.LogCaptureFixture):
    small = Small(4, MemoryError())
    with caplog.at_level(logging.WARNING):
        Sparing()(small.recognise, range(10))
    assert small.asked == [10, 5, *[1] * 10]
    assert "10 pieces at a time were too many; now 5" in caplog.text


def test_one_piece_that_is_too_much_is_an_error():
    with pytest.raises(MemoryError):
        Sparing()(Small(0, MemoryError()).recognise, range(4))


def test_another_error_is_not_tried_again():
    small = Small(0, RuntimeError("invalid token"))
    with pytest.raises(RuntimeError, match="invalid"):
        Sparing()(small.recognise, range(4))
    assert small.asked == [4]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_smaller_models_are_named_where_there_are_any(tmp_path: Path, language: str):
    none = too_large("demo", DEMO_MODEL)
    assert none.code == "speech_memory_small"
    assert "demo" in say(f"error.{none.code}", language, **none.params)
    assert too_large("gone", tmp_path).code == "speech_memory_small"


def test_memory_that_ends_between_two_batches_is_said_too():
    def batches():
        yield 1
        raise Exception("[ONNXRuntimeError] : 1 : FAIL : std::bad_alloc")

    found = guarded(batches(), "demo", DEMO_MODEL)
    assert next(found) == 1
    with pytest.raises(ModelUnavailableError):
        next(found)


def test_a_recording_that_cannot_be_read_stays_what_it_is():
    def batches():
        yield 1
        raise NotReadableError("not_media", reason="out of memory card.wav")

    with pytest.raises(NotReadableError):
        list(guarded(batches(), "demo", DEMO_MODEL))


def test_a_full_disk_is_no_lack_of_memory():
    assert not short_of_memory(OSError(28, "No space left on device"))
