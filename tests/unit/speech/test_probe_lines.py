"""Left and right: two lines of a call, or one room in stereo."""

import numpy as np
import pytest

from pipeline.engines.speech.probe import lines
from pipeline.engines.speech.sound import RATE

RNG = np.random.default_rng(5)


def turns(*who: int, hush: float = 1e-4) -> np.ndarray:
    """A second for each turn: 0 speaks left, 1 right, 2 both."""
    stereo = RNG.normal(0, hush, (2, len(who) * RATE))
    for at, speaker in enumerate(who):
        lines = (0, 1) if speaker == 2 else (speaker,)
        for line in lines:
            stereo[line, at * RATE : (at + 1) * RATE] += RNG.normal(0, 0.1, RATE)
    return stereo.astype(np.float32)


def test_people_who_take_turns_are_two_lines():
    assert lines(turns(0, 1, 0, 1, 1, 0)) == "two"


def test_talking_at_once_now_and_then_is_still_two_lines():
    assert lines(turns(0, 1, 2, 0, 1, 2, 1)) == "two"


def test_the_same_voice_twice_is_one():
    voice = RNG.normal(0, 0.1, 10 * RATE)
    assert lines(np.stack([voice, voice]).astype(np.float32)) == "one"


def test_a_room_in_stereo_is_one():
    voice = RNG.normal(0, 0.1, 10 * RATE)
    room = np.stack([voice, 0.6 * np.roll(voice, 12)]) + RNG.normal(0, 0.005, (2, len(voice)))
    assert lines(room.astype(np.float32)) == "one"


def test_an_echo_of_the_other_line_does_not_make_them_one():
    call = turns(0, 1, 0, 1, 0, 1)
    assert lines((call + 0.05 * call[::-1]).astype(np.float32)) == "two"


@pytest.mark.parametrize("dead", [0, 1])
def test_a_channel_without_a_voice_is_no_line_yet(dead: int):
    assert lines(turns(*[1 - dead] * 10)) == "one side"


def test_silence_is_one_channel():
    assert lines(np.zeros((2, RATE), np.float32)) == "one"
    assert lines(np.zeros((2, 0), np.float32)) == "one"
