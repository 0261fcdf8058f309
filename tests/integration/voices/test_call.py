"""A call on one line, the whole way: the words are heard once, the voices told apart beside them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from evals.bench.lines import DEMO, demo_lines
from pipeline import bootstrap
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import StoppedError
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.models.speech import HeardBatch
from pipeline.models.transcript import Segment, Transcript
from pipeline.ports.jobs import Watch
from pipeline.service import meetings
from pipeline.service.intake import Intake
from tests.integration.voices.sound import RATE, Models, said, written

ME = Actor(id="u1", name="陈立", via="test")

pytestmark = [pytest.mark.asr, pytest.mark.slow]


class Counting(WhisperTranscriber):
    """Counts the batches that are really heard."""

    heard = 0

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        for batch in super().hear(path, languages=languages, hotwords=hotwords, done=done):
            self.heard += batch.key not in done
            yield batch


@pytest.fixture
def counting() -> Counting:
    return Counting(model="demo", demo_model=DEMO / "model", device="cpu", threads=2, beam_size=1)


@pytest.fixture(scope="module")
def mono(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 75 seconds of the bundled English call, both sides on one line."""
    path = tmp_path_factory.mktemp("mono") / "call.wav"
    return written(path, demo_lines("en")[:, : 75 * RATE].sum(axis=0))


def transcribed(
    home: Path,
    recording: Path,
    counting: Counting,
    watch: Watch = lambda progress: None,
    **settings: object,
) -> Transcript:
    house = bootstrap.house(bootstrap.settings(home=home, **settings))
    tools = house.tools._replace(transcriber=lambda: counting)
    object.__setattr__(house, "tools", tools)
    meeting = meetings.add(ME, house, recording, Intake(languages=("en",)))
    try:
        return meetings.transcribe(ME, house, meeting.uid, watch)
    finally:
        house.tools.store.close()


def chosen(models: Models) -> dict[str, str]:
    return {
        "voices_segmentation": str(models.segmentation),
        "voices_embedding": str(models.embedding),
    }


def speaks(one: Segment) -> str:
    """Who really says a segment."""
    turns = json.loads((DEMO / "en" / "call.json").read_text(encoding="utf-8"))["turns"]
    both = [min(turn["end"], one.end) - max(turn["start"], one.start) for turn in turns]
    return str(turns[int(np.argmax(both))]["speaker"])


def test_a_call_on_one_line_has_two_speakers_without_a_side(
    models: Models, mono: Path, counting: Counting, tmp_path: Path
):
    transcript = transcribed(tmp_path, mono, counting, **chosen(models))
    pairs = [(one.speaker, speaks(one)) for one in transcript.segments]
    assert len(pairs) > 10
    right = {"Speaker 1": "Alex Reed", "Speaker 2": "Susan Grant"}
    assert sum(right.get(label or "") == who for label, who in pairs) >= 0.9 * len(pairs)
    assert {one.side for one in transcript.segments} == {"unknown"}
    assert transcript.dropped == ()


def test_other_voices_settings_hear_no_word_again(
    models: Models, mono: Path, counting: Counting, tmp_path: Path
):
    plain = transcribed(tmp_path, mono, counting)
    assert {one.speaker for one in plain.segments} == {None}
    assert counting.heard > 1
    counting.heard = 0
    told = transcribed(tmp_path, mono, counting, **chosen(models))
    assert {one.speaker for one in told.segments} == {"Speaker 1", "Speaker 2"}
    one = transcribed(tmp_path, mono, counting, voices_count=1, **chosen(models))
    assert {each.speaker for each in one.segments} == {"Speaker 1"}
    assert counting.heard == 0
    assert [each.text for each in told.segments] == [each.text for each in plain.segments]


def test_what_fails_with_the_voices_costs_no_word(
    models: Models, mono: Path, counting: Counting, tmp_path: Path
):
    plain = transcribed(tmp_path / "plain", mono, counting)
    broken = chosen(models) | {"voices_segmentation": str(models.embedding)}
    transcript = transcribed(tmp_path / "broken", mono, counting, **broken)
    assert transcript.segments == tuple(
        one.with_(id=two.id) for one, two in zip(plain.segments, transcript.segments, strict=True)
    )
    (drop,) = transcript.dropped
    assert drop.reason == "voices not told apart"
    assert "window_size" in drop.text
    counting.heard = 0
    mended = transcribed(tmp_path / "broken", mono, counting, **chosen(models))
    assert {one.speaker for one in mended.segments} == {"Speaker 1", "Speaker 2"}
    assert counting.heard == 0


def test_the_work_can_be_cancelled_while_voices_are_told(
    models: Models, mono: Path, counting: Counting, tmp_path: Path
):
    def watch(progress: Progress) -> None:
        if progress.done >= 70 and progress.done == watched.get("done"):
            raise StoppedError("cancelled")
        watched["done"] = progress.done

    watched: dict[str, float] = {}
    with pytest.raises(StoppedError):
        transcribed(tmp_path, mono, counting, watch=watch, **chosen(models))
    counting.heard = 0
    transcript = transcribed(tmp_path, mono, counting, **chosen(models))
    assert counting.heard == 0
    assert {one.speaker for one in transcript.segments} == {"Speaker 1", "Speaker 2"}


def test_a_call_on_two_lines_asks_no_voices(models: Models, counting: Counting, tmp_path: Path):
    broken = chosen(models) | {"voices_segmentation": str(models.embedding)}
    transcript = transcribed(tmp_path, DEMO / "en" / "call.opus", counting, **broken)
    assert transcript.dropped == ()
    assert {one.speaker for one in transcript.segments} == {"Speaker 1", "Speaker 2"}


def test_nobody_is_made_up_where_nobody_speaks(models: Models, counting: Counting, tmp_path: Path):
    words = np.concatenate([said("low", 0), np.zeros(20 * RATE, np.float32)])
    transcript = transcribed(
        tmp_path, written(tmp_path / "talk.wav", words), counting, **chosen(models)
    )
    assert {one.speaker for one in transcript.segments} == {"Speaker 1"}
