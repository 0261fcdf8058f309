"""Known answers of what measures the reader."""

import math

import numpy as np
import pytest

from evals.training.measuring import (
    average_precision,
    calibration,
    calibration_error,
    f1_difference,
    found,
    probabilities,
    threshold,
)


def test_found_counts_hits_misses_and_false_finds():
    said = np.array([True, True, True, False, False])
    target = np.array([True, True, False, True, False])
    assert found(said, target) == (3, 2 / 3, 2 / 3, pytest.approx(2 / 3))
    nothing = np.zeros(5, bool)
    assert found(nothing, target) == (3, 0.0, 0.0, 0.0)
    assert found(nothing, nothing) == (0, 0.0, 0.0, 0.0)


def test_a_threshold_lies_between_what_it_parts():
    likely = np.array([0.9, 0.8, 0.3, 0.2, 0.1], np.float32)
    assert threshold(likely, np.array([1, 1, 0, 0, 0], bool)) == pytest.approx(0.55, abs=1e-3)
    assert threshold(likely, np.zeros(5, bool)) == 0.5
    assert threshold(likely, np.ones(5, bool)) == pytest.approx(0.1, abs=1e-3)


def test_average_precision_of_a_perfect_and_of_a_turned_round_ranking():
    target = np.array([True, False, False, False])
    assert average_precision(np.array([4, 3, 2, 1.0]), target) == 1.0
    assert average_precision(np.array([1, 2, 3, 4.0]), target) == 0.25
    assert math.isnan(average_precision(np.array([1.0]), np.array([False])))


def test_calibration_finds_the_rate_behind_the_scores():
    random = np.random.default_rng(1)
    scores = random.normal(0, 2, 4_000).astype(np.float32)
    target = random.random(4_000) < 1 / (1 + np.exp(-(0.5 * scores - 1)))
    slope, shift = calibration(scores, target)
    assert slope == pytest.approx(0.5, abs=0.08)
    assert shift == pytest.approx(-1, abs=0.15)
    likely = probabilities(scores[:, None], [slope], [shift])[:, 0]
    assert calibration_error(likely, target) < 0.03
    assert calibration_error(np.full(4_000, 0.9, np.float32), target) > 0.3


def test_too_few_examples_and_scores_that_mislead_are_left_as_they_are():
    scores = np.linspace(-1, 1, 40).astype(np.float32)
    assert calibration(scores, np.arange(40) < 3) == (1.0, 0.0)
    assert calibration(scores, np.arange(40) < 20) == (1.0, 0.0)


def test_the_lead_of_one_over_the_other_and_its_interval():
    target = [np.array([True, True, False, False])] * 30
    all_right = target
    half = [np.array([True, False, True, False])] * 30
    ahead = f1_difference(all_right, half, target)
    assert ahead == pytest.approx((0.5, 0.5, 0.5))
    same = f1_difference(half, half, target)
    assert same == (0.0, 0.0, 0.0)


def test_an_interval_is_wide_where_meetings_differ():
    target = [np.array([True, False])] * 10
    right, wrong = np.array([True, False]), np.array([False, True])
    ours = [right] * 5 + [wrong] * 5
    theirs = [wrong] * 5 + [right] * 5
    ahead = f1_difference(ours, theirs, target)
    assert ahead.difference == 0
    assert ahead.low < -0.3
    assert ahead.high > 0.3
