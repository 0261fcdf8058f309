"""The whole way through the engine, with a model that says nothing of sense."""

from pathlib import Path

import pytest

from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.sound import RATE, Samples
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import ModelUnavailableError
from pipeline.models.speech import HeardBatch

DEMO = Path(__file__).parents[3] / "pipeline" / "demo"
CALL = DEMO / "en" / "call.opus"


class Counting(WhisperTranscriber):
    """Counts the batches that were really decoded."""

    decoded = 0

    def _heard(
        self, key: str, pieces: list[Piece], languages: list[str], hotwords: str | None
    ) -> HeardBatch:
        self.decoded += 1
        return super()._heard(key, pieces, languages, hotwords)


def made(model: Path, **settings: object) -> Counting:
    given = {"threads": 1, "beam_size": 1, "batch_size": 2, **settings}
    return Counting(model=str(model), demo_model=model, **given)


def hear(
    transcriber: WhisperTranscriber, path: Path = CALL, done: dict[str, HeardBatch] | None = None
) -> list[HeardBatch]:
    return list(
        transcriber.hear(path, languages=["zh", "en"], hotwords=["Harbour"], done=done or {})
    )


def test_a_second_run_decodes_only_what_is_missing(mute_model: Path):
    first = made(mute_model)
    batches = hear(first)
    *heard, end = batches
    assert first.decoded == len(heard) > 4
    assert end.key == "end"
    done = {one.key: one for one in heard[:3]}
    second = made(mute_model)
    assert hear(second, done=done) == batches
    assert second.decoded == first.decoded - 3


def test_nothing_is_decoded_when_all_was_heard_before(mute_model: Path):
    batches = hear(made(mute_model))
    again = made(mute_model)
    assert hear(again, done={one.key: one for one in batches}) == batches
    assert again.decoded == 0


def test_the_threads_do_not_change_the_words(mute_model: Path):
    assert hear(made(mute_model, threads=1)) == hear(made(mute_model, threads=2))


def test_a_batch_holds_pieces_of_one_channel_in_order(mute_model: Path):
    batches = hear(made(mute_model))
    assert {one.channel for one in batches} == {0, 1}
    for channel in (0, 1):
        starts = [one.start for one in batches if one.channel == channel and one.key != "end"]
        assert starts == sorted(starts)
    assert len({one.key for one in batches}) == len(batches)


def test_segments_lie_inside_their_batch(mute_model: Path):
    for batch in hear(made(mute_model)):
        for one in (*batch.segments, *batch.dropped):
            assert one.start is not None
            assert one.end is not None
            assert 0 <= batch.start <= one.start <= one.end <= batch.end


def test_a_recording_in_mono_has_one_channel(studio, tmp_path: Path, call, mute_model: Path):
    mixed: Samples = call[:, : 40 * RATE].mean(axis=0, keepdims=True)
    batches = hear(made(mute_model), studio.sound(tmp_path / "call.mp3", mixed))
    assert {one.channel for one in batches} == {0}


def test_the_languages_of_the_project_are_the_only_ones(mute_model: Path):
    only = made(mute_model).hear(CALL, languages=["zh"], hotwords=[], done={})
    assert {one.language for batch in only for one in batch.segments} <= {"zh"}


def test_a_language_may_be_found_out(mute_model: Path):
    found = made(mute_model).hear(CALL, languages=[], hotwords=[], done={})
    assert {one.language for batch in found for one in batch.segments} <= {"zh", "en"}


def test_settings_tell_a_replaced_model_and_fetch_nothing(mute_model: Path):
    local = made(mute_model).settings
    assert local["weights"]
    published = WhisperTranscriber(model="small", demo_model=mute_model)
    assert published.settings["weights"] == ""
    assert not published.available()


def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path):
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelUnavailableError) as caught:
        hear(made(tmp_path))
    assert caught.value.code == "speech_model_broken"
