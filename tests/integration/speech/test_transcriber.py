"""The whole way through the engine, with a model that says nothing of sense."""

import json
import re
import shutil
from pathlib import Path

import pytest
from ctranslate2 import get_cuda_device_count

from evals.bench.mute_model import SIZES, build
from pipeline.engines.speech.loading import from_memory, load, means
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.queues import Queues
from pipeline.engines.speech.sound import RATE, Samples
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import ModelUnavailableError
from pipeline.models.speech import HeardBatch
from pipeline.words.loader import say


@pytest.fixture(scope="module")
def minute(studio, call: Samples, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of both lines."""
    folder = tmp_path_factory.mktemp("call")
    return studio.sound(folder / "call.flac", call[:, 4 * RATE : 64 * RATE])


class Counting(WhisperTranscriber):
    """Counts the batches that were really decoded."""

    decoded = 0

    def _heard(
        self, key: str, pieces: list[Piece], languages: list[str], hotwords: tuple[str, ...]
    ) -> HeardBatch:
        self.decoded += 1
        return super()._heard(key, pieces, languages, hotwords)


def made(model: Path, **settings: object) -> Counting:
    given = {"threads": 1, "beam_size": 1, "batch_size": 2, **settings}
    return Counting(model=str(model), demo_model=model, **given)


def hear(
    transcriber: WhisperTranscriber, path: Path, done: dict[str, HeardBatch] | None = None
) -> list[HeardBatch]:
    return list(
        transcriber.hear(path, languages=["zh", "en"], hotwords=["Harbour"], done=done or {})
    )


def test_a_second_run_decodes_only_what_is_missing(mute_model: Path, minute: Path):
    first = made(mute_model)
    batches = hear(first, minute)
    *heard, end = batches
    assert first.decoded == len(heard) > 4
    assert end.key == "end"
    done = {one.key: one for one in heard[:3]}
    second = made(mute_model)
    assert hear(second, minute, done=done) == batches
    assert second.decoded == first.decoded - 3


def test_nothing_is_decoded_when_all_was_heard_before(mute_model: Path, minute: Path):
    batches = hear(made(mute_model), minute)
    again = made(mute_model)
    assert hear(again, minute, done={one.key: one for one in batches}) == batches
    assert again.decoded == 0


def test_the_threads_do_not_change_the_words(mute_model: Path, minute: Path):
    assert hear(made(mute_model, threads=1), minute) == hear(made(mute_model, threads=2), minute)


def test_a_batch_holds_pieces_of_one_channel_in_order(mute_model: Path, minute: Path):
    batches = hear(made(mute_model), minute)
    assert {one.channel for one in batches} == {0, 1}
    for channel in (0, 1):
        starts = [one.start for one in batches if one.channel == channel and one.key != "end"]
        assert starts == sorted(starts)
    assert len({one.key for one in batches}) == len(batches)


def test_segments_lie_inside_their_batch(mute_model: Path, minute: Path):
    for batch in hear(made(mute_model), minute):
        for one in (*batch.segments, *batch.dropped):
            assert one.start is not None
            assert one.end is not None
            assert 0 <= batch.start <= one.start <= one.end <= batch.end


def test_nothing_comes_later_that_begins_before_what_is_heard_to(mute_model: Path, minute: Path):
    batches = hear(made(mute_model), minute)
    reached = [one.heard_to for one in batches]
    assert reached == sorted(reached)
    assert 0 < reached[len(reached) // 2] < reached[-1] == batches[-1].end
    for at, one in enumerate(batches[:-1]):
        assert all(later.start >= one.heard_to for later in batches[at + 1 :])


def test_a_line_on_which_nobody_speaks_holds_back_only_so_much():
    spoken = [
        Piece(0, (Span(at * 10 * RATE, (at * 10 + 9) * RATE),), 0, 0, None) for at in range(60)
    ]
    queues = Queues(2, 4, 12.0)
    ready = [one for piece in spoken for one in queues.add(piece)]
    assert [one.heard_to for one in ready][-1] == pytest.approx(599 - 178.584)
    last = Queues(2, 8, 12.0)
    assert not list(last.add(spoken[0]))
    assert [one.heard_to for one in last.rest()] == [9]


def test_a_recording_in_mono_has_one_channel(studio, tmp_path: Path, call, mute_model: Path):
    mixed: Samples = call[:, : 40 * RATE].mean(axis=0, keepdims=True)
    batches = hear(made(mute_model), studio.sound(tmp_path / "call.mp3", mixed))
    assert {one.channel for one in batches} == {0}


def test_the_languages_of_the_project_are_the_only_ones(mute_model: Path, minute: Path):
    only = made(mute_model).hear(minute, languages=["zh"], hotwords=[], done={})
    assert {one.language for batch in only for one in batch.segments} <= {"zh"}


def test_a_language_may_be_found_out(mute_model: Path, minute: Path):
    found = made(mute_model).hear(minute, languages=[], hotwords=[], done={})
    assert {one.language for batch in found for one in batch.segments} <= {"zh", "en"}


def test_a_language_that_the_model_does_not_know_is_named(mute_model: Path, minute: Path):
    """Heard all the same, it would come out as words of another one."""
    with pytest.raises(ModelUnavailableError) as caught:
        list(made(mute_model).hear(minute, languages=["zh", "xx"], hotwords=[], done={}))
    assert (caught.value.code, caught.value.params["spoken"]) == ("speech_language", "xx")


def test_a_model_for_english_says_so(mute_model: Path, minute: Path, tmp_path: Path):
    folder = tmp_path / "small.en"
    shutil.copytree(mute_model, folder)
    (folder / "dragoman.json").write_text('{"languages": ["en"]}', encoding="utf-8")
    with pytest.raises(ModelUnavailableError) as caught:
        list(made(folder).hear(minute, languages=["zh"], hotwords=[], done={}))
    assert caught.value.params["spoken"] == "zh"
    assert "zh" in say("error.speech_language", "en", **caught.value.params)


def test_word_times_change_no_word(mute_model: Path, minute: Path):
    plain, timed = (hear(made(mute_model, word_times=wanted), minute) for wanted in (False, True))
    segments = [one for batch in timed for one in batch.segments]
    assert segments
    for one in segments:
        assert "".join(word.text for word in one.words) == one.text
        times = [time for word in one.words for time in (word.start, word.end)]
        assert times == sorted(times)
        assert one.start <= times[0] <= times[-1] <= one.end
    without = [
        batch.with_(segments=tuple(one.with_(words=()) for one in batch.segments))
        for batch in timed
    ]
    assert without == plain


def test_word_times_are_told_by_the_settings(mute_model: Path):
    assert made(mute_model).settings != made(mute_model, word_times=True).settings


def test_settings_tell_a_replaced_model_and_fetch_nothing(mute_model: Path):
    local = made(mute_model).settings
    assert local["weights"]
    published = WhisperTranscriber(model="small", demo_model=mute_model)
    assert published.settings["weights"] == ""
    assert not published.available()


def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path, minute: Path):
    folder = build(tmp_path / "whisper", SIZES["test"])
    with (folder / "model.bin").open("r+b") as weights:
        weights.write(b"\x07")  # the next version of the form, which CTranslate2 does not know yet
    with pytest.raises(ModelUnavailableError) as caught:
        hear(made(folder), minute)
    assert caught.value.code == "speech_model_broken"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_precision_that_is_not_here_is_refused_with_those_that_are(
    mute_model: Path, language: str
):
    with pytest.raises(ModelUnavailableError) as caught:
        load(mute_model, device="cpu", compute_type="int4", threads=1)
    said = say(f"error.{caught.value.code}", language, **caught.value.params)
    assert {"int4", "cpu", "auto", "int8", "float32"} <= set(re.findall(r"\w+", said))


@pytest.mark.skipif(get_cuda_device_count() > 0, reason="there is a graphics card here")
def test_a_graphics_card_that_is_not_here_is_refused_with_the_way_out(mute_model: Path):
    with pytest.raises(ModelUnavailableError) as caught:
        load(mute_model, device="cuda", compute_type="auto", threads=1)
    assert caught.value.code == "speech_no_card"


def test_auto_comes_to_what_is_here(mute_model: Path):
    chosen = means(device="auto", compute_type="auto", threads=0)
    whisper = load(mute_model, device="auto", compute_type="auto", threads=0)
    assert whisper.model.device == chosen.device
    assert whisper.model.compute_type.startswith(chosen.compute_type)


def test_a_model_can_be_loaded_without_its_path(mute_model: Path):
    """For folders whose names CTranslate2 cannot read on Windows."""
    whisper = from_memory(mute_model, device="cpu", compute_type="int8", cpu_threads=1)
    assert whisper.model.is_multilingual
    assert whisper.hf_tokenizer.token_to_id("<|zh|>")


def test_a_model_with_other_features_needs_the_file_that_says_so(tmp_path: Path):
    """Such as large-v3 copied without it: it would fail in the middle of a call."""
    folder = build(tmp_path, SIZES["test"])
    settings = {"feature_size": 128}
    (folder / "preprocessor_config.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(ModelUnavailableError) as caught:
        load(folder, device="cpu", compute_type="int8", threads=1)
    assert caught.value.params["missing"] == "preprocessor_config.json"
