"""The bundled calls are what their scripts say, and pleasant to work on."""

import itertools
import json

import av
import pytest

from pipeline.demo.build.script import LANGUAGES, load_script, recording_path, truth_path

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def truth(language):
    return json.loads(truth_path(language).read_text(encoding="utf-8"))


def test_a_script_is_a_whole_conversation_of_two_sides(language):
    script = load_script(language)
    assert script.language == language
    assert len(script.turns) >= 40
    assert {speaker.channel for speaker in script.speakers} == {0, 1}
    assert {speaker.side for speaker in script.speakers} == {"us", "client"}
    assert {turn.speaker for turn in script.turns} == set(script.speakers)


def test_every_turn_says_something_and_is_said_once(language):
    texts = [turn.text for turn in load_script(language).turns]
    assert all(text.strip() == text and text for text in texts)
    assert len(set(texts)) == len(texts)


def test_the_truth_repeats_the_script(language):
    script, true = load_script(language), truth(language)
    assert (true["title"], true["date"]) == (script.title, script.date)
    assert true["speakers"] == {
        speaker.name: {"channel": speaker.channel, "side": speaker.side}
        for speaker in script.speakers
    }
    assert [(turn["speaker"], turn["text"]) for turn in true["turns"]] == [
        (turn.speaker.name, turn.text) for turn in script.turns
    ]
    assert [turn["id"] for turn in true["turns"]] == [
        f"t{number}" for number in range(1, len(script.turns) + 1)
    ]


def test_turns_do_not_overlap_and_pause_as_the_script_says(language):
    turns = truth(language)["turns"]
    assert all(turn["start"] < turn["end"] for turn in turns)
    pauses = [later["start"] - turn["end"] for turn, later in itertools.pairwise(turns)]
    wanted = [turn.pause for turn in load_script(language).turns[1:]]
    assert pauses == pytest.approx(wanted, abs=0.002)


def test_some_pauses_are_long_enough_for_voice_activity_detection(language):
    assert sum(turn.pause >= 2 for turn in load_script(language).turns) >= 3


def test_a_call_lasts_a_few_minutes(language):
    true = truth(language)
    assert 150 <= true["duration"] <= 260
    assert true["turns"][-1]["end"] < true["duration"]


def test_the_recording_is_small_stereo_and_as_long_as_the_truth_says(language):
    path = recording_path(language)
    assert path.stat().st_size < 1_500_000
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.channels == 2
        assert container.duration / av.time_base == pytest.approx(
            truth(language)["duration"], abs=0.1
        )
