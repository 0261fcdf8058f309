"""One line heard through the other is not speech there: told by its loudness alone."""

import numpy as np

from pipeline.engines.speech.activity import CHUNK, Activity
from pipeline.engines.speech.bleed import Bleed

HUSH = (0.0, -70.0)


def line(*parts: tuple[int, tuple[float, float]]) -> Activity:
    """Chunks of (probability, decibels)."""
    speech = np.concatenate([np.full(count, one[0], np.float32) for count, one in parts])
    level = np.concatenate([np.full(count, one[1], np.float32) for count, one in parts])
    return Activity(speech, level)


def spoken(left: Activity, right: Activity) -> tuple[int, int]:
    """Chunks with speech on each line."""
    hush = np.zeros((2, len(left.speech) * CHUNK), np.float32)
    first, second = (one.activity for one in Bleed().without(hush, [left, right]))
    return int((first.speech > 0.5).sum()), int((second.speech > 0.5).sum())


def test_an_echo_34_decibels_down_is_taken_out():
    left = line((50, (0.9, -18)), (30, HUSH), (50, (0.9, -52)))
    right = line((50, (0.9, -52)), (30, HUSH), (50, (0.9, -18)))
    assert spoken(left, right) == (50, 50)


def test_both_may_speak_at_once():
    assert spoken(line((50, (0.9, -18))), line((50, (0.9, -26)))) == (50, 50)


def test_a_quiet_line_is_heard_when_the_other_is_silent():
    assert spoken(line((50, HUSH)), line((50, (0.9, -50)))) == (0, 50)


def test_a_quiet_line_known_to_be_quiet_is_heard_through_a_loud_one():
    left = line((50, HUSH), (50, (0.9, -15)))
    right = line((100, (0.9, -44)))
    assert spoken(left, right) == (50, 100)


def test_an_echo_that_comes_late_is_taken_out_too():
    left = line((50, (0.9, -15)), (20, HUSH))
    right = line((5, HUSH), (50, (0.9, -55)), (15, HUSH))
    assert spoken(left, right) == (50, 0)
