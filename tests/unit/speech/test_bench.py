"""The bench of hearing compares like with like, round by round."""

import pytest

from evals.bench.hearing import Work
from evals.bench.speech import Cost, decisive, ratio


def costs(wall: float, windows: int) -> list[Cost]:
    """Three rounds, the last one disturbed."""
    work = Work(windows=windows, decoded=windows, tokens=40 * windows)
    return [Cost(wall * busy, wall, work) for busy in (1.0, 1.2, 3.0)]


def test_a_ratio_is_the_median_of_the_rounds_and_not_of_all_times():
    theirs = [one._replace(wall=one.wall / 2) for one in costs(10.0, 20)]
    over = ratio({"ours": costs(10.0, 20), "batched": theirs}, "batched")
    assert over.wall == pytest.approx(2.0)
    assert over.processor == pytest.approx(1.0)


def test_the_ratio_of_a_window_tells_who_cut_more_finely():
    over = ratio({"ours": costs(10.0, 40), "batched": costs(10.0, 20)}, "batched")
    assert over.wall == pytest.approx(1.0)
    assert over.per_window == pytest.approx(0.5)


def test_the_mark_is_taken_where_both_decode_as_much():
    assert decisive({"ours": costs(1, 40), "batched": costs(1, 41)}) == "batched"
    assert (
        decisive({"ours": costs(1, 40), "batched": costs(1, 20), "our pieces": costs(1, 40)})
        == "our pieces"
    )
    assert decisive({"ours": costs(1, 40), "batched": costs(1, 20)}) is None
