"""Real speech -> pieces: the same however the sound arrives, and nothing said is left out."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model

from pipeline.engines.speech.activity import CHUNK, Ear
from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.sound import RATE, Samples

DEMO = Path(__file__).parents[3] / "pipeline" / "demo"


def blocks(samples: Samples, size: int) -> Iterator[Samples]:
    return (samples[:, at : at + size] for at in range(0, samples.shape[1], size))


def pieces(samples: Samples, *, size: int = 10**9, longest: float = 30.0, keep: bool = False):
    return list(
        listen(blocks(samples, size), channels=len(samples), longest=longest, keep_silence=keep)
    )


def test_listening_in_blocks_judges_as_faster_whisper_does_on_the_whole(call: Samples):
    line = call[0, : call.shape[1] // CHUNK * CHUNK]
    whole = get_vad_model()(line).reshape(-1)
    ear = Ear()
    parts = [ear.listen(line[at : at + 100 * CHUNK]) for at in range(0, len(line), 100 * CHUNK)]
    assert np.allclose(np.concatenate([part.speech for part in parts]), whole, atol=1e-6)


@pytest.mark.parametrize("size", [4_801, 160_000, 1_000_000])
def test_the_size_of_blocks_changes_no_cut_and_no_sample(call: Samples, size: int):
    whole, parts = pieces(call), pieces(call, size=size)
    assert [one[:4] for one in whole] == [one[:4] for one in parts]
    for one, other in zip(whole, parts, strict=True):
        assert np.array_equal(one.samples, other.samples)


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("longest", [12.0, 30.0])
def test_a_piece_holds_the_samples_of_its_place_and_no_more_than_fit(
    call: Samples, longest: float, keep: bool
):
    for one in pieces(call, longest=longest, keep=keep):
        assert one.duration <= longest
        place = [call[one.channel, span.start : span.end] for span in one.spans]
        assert np.array_equal(one.samples, np.concatenate(place))


def _covered(found: list[Piece], channel: int, start: float, end: float) -> float:
    heard = sum(
        max(0.0, min(end, span.end / RATE) - max(start, span.start / RATE))
        for one in found
        if one.channel == channel
        for span in one.spans
    )
    return heard / (end - start)


def test_every_turn_of_the_call_is_in_a_piece_of_its_line(call: Samples):
    truth = json.loads((DEMO / "zh" / "call.json").read_text(encoding="utf-8"))
    found = pieces(call)
    for turn in truth["turns"]:
        channel = truth["speakers"][turn["speaker"]]["channel"]
        assert _covered(found, channel, turn["start"], turn["end"]) > 0.9, turn["text"]


def test_one_line_heard_through_the_other_is_not_speech_there(call: Samples):
    """34 decibels down, as on a telephone line: loud enough to be written down as said."""
    truth = json.loads((DEMO / "zh" / "call.json").read_text(encoding="utf-8"))
    found = pieces(call + 0.02 * call[::-1])
    for turn in truth["turns"]:
        channel = truth["speakers"][turn["speaker"]]["channel"]
        assert _covered(found, channel, turn["start"], turn["end"]) > 0.9, turn["text"]
        assert _covered(found, 1 - channel, turn["start"] + 1, turn["end"] - 1) < 0.2, turn["text"]


def test_who_stops_taking_pieces_does_not_wait_for_the_end_of_a_silence(call: Samples):
    """After the first pieces nobody speaks, for ever."""
    silent = Event()

    def endless() -> Iterator[Samples]:
        yield call[:, : 60 * RATE]
        for at in count():
            yield np.zeros((2, 10 * RATE), np.float32)
            if at == 10:  # the last words are given out by then
                silent.set()

    found = listen(endless(), channels=2, longest=12.0, keep_silence=True)
    assert next(found).duration > 1
    assert silent.wait(60)
    found.close()


def test_packing_leaves_out_the_silence_of_a_line(call: Samples):
    packed = sum(one.duration for one in pieces(call))
    kept = sum(one.duration for one in pieces(call, keep=True))
    assert packed < 0.8 * kept


def test_the_bundled_calls_are_two_lines_of_three_minutes():
    for language in ("zh", "en"):
        facts = probe(DEMO / language / "call.opus")
        assert facts.channels == 2
        assert facts.container == "ogg"
        assert 120 < (facts.duration or 0) < 300


def test_the_same_voice_on_both_channels_is_heard_once(studio, tmp_path: Path, call: Samples):
    voice = call[:1, : 60 * RATE]
    path = studio.sound(tmp_path / "call.flac", np.concatenate([voice, 0.8 * voice]))
    assert probe(path).channels == 1


def test_two_lines_are_recognised_in_a_long_call_that_begins_with_one(
    studio, tmp_path: Path, call: Samples
):
    """Somebody presents for four minutes before the other side says anything."""
    hush = np.zeros((2, 240 * RATE), np.float32)
    hush[0] = np.resize(call[0], hush.shape[1])
    path = studio.sound(tmp_path / "call.flac", np.concatenate([hush, call, call], axis=1))
    assert probe(path).channels == 2
