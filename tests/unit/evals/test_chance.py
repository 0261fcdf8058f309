"""Intervals and paired differences: known answers, and the same each time."""

import pytest

from evals.chance import difference, interval
from evals.scorers.share import Share

SOME = [{"x": Share(1, 2)}, {"x": Share(0, 1)}, {"x": Share(3, 3)}, {}]


def test_the_interval_holds_the_figure_and_is_the_same_each_time():
    found = interval("x", SOME, 500)
    assert found is not None
    assert 0 <= found.low <= 4 / 6 <= found.high <= 1
    assert found == interval("x", SOME, 500)


def test_a_draw_in_which_nothing_was_counted_is_left_out():
    calls = [{"x": Share(1, 1)}] * 3 + [{}] * 30
    assert interval("x", calls, 200) == (1, 1)


def test_calls_that_are_all_alike_leave_nothing_to_chance():
    assert interval("x", [{"x": Share(1, 2)}] * 5, 200) == (0.5, 0.5)


def test_with_two_calls_no_interval_is_given():
    assert interval("x", SOME[:2]) is None
    assert interval("y", SOME) is None


def test_the_interval_of_f1_is_made_of_both_its_parts():
    calls = [{"ask.recall": Share(1, 2), "ask.precision": Share(1, 1)}] * 3
    assert interval("ask.f1", calls, 50) == pytest.approx((2 / 3, 2 / 3))


def test_a_gain_on_every_call_is_clear_though_the_calls_differ_widely():
    first = [{"x": Share(hit, 10)} for hit in (1, 5, 8, 3)]
    second = [{"x": Share(hit + 1, 10)} for hit in (1, 5, 8, 3)]
    found = difference("x", first, second, 500)
    assert found is not None
    assert found.by == pytest.approx(0.1)
    assert found.interval == pytest.approx((0.1, 0.1))
    assert found.clear


def test_a_gain_on_one_call_and_a_loss_on_another_is_not():
    first = [{"x": Share(5, 10)}] * 4
    second = [{"x": Share(hit, 10)} for hit in (9, 1, 6, 4)]
    found = difference("x", first, second, 500)
    assert found is not None
    assert not found.clear


def test_what_one_of_them_does_not_measure_has_no_difference():
    assert difference("x", SOME, [{}] * 4) is None
    few = difference("x", SOME[:2], SOME[:2])
    assert few is not None
    assert few.interval is None
    assert not few.clear
