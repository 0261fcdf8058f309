"""How far a recording is heard, in words: what is not known is not said."""

from functools import partial

import pytest

from pipeline.models.job import Hearing
from ui.how_far import how_far, left, so_far
from ui.words.loader import tin

ZH, EN = partial(tin, "zh"), partial(tin, "en")
GOING = Hearing(pieces=5, speed=6.21, left=480.0)


def test_all_that_is_known_is_one_line():
    assert how_far(760, 3600, GOING, EN) == (
        "hearing 12:40 of 1:00:00 · 6.2× real time · about 8 min left"
    )
    assert how_far(760, 3600, GOING, ZH) == "正在听 12:40 / 1:00:00 · 6.2 倍速 · 约剩 8 分钟"


@pytest.mark.parametrize("hearing", [None, Hearing()])
def test_before_the_first_piece_the_model_is_loaded_and_no_speed_is_told(hearing):
    assert how_far(0, 3600, hearing, EN) == "loading the speech model, hearing the first minutes"
    assert how_far(760, 3600, hearing, EN) == (
        "hearing 12:40 of 1:00:00 · loading the speech model, hearing the next minutes"
    )


def test_before_a_speed_is_known_only_the_way_is_told():
    assert how_far(60, 3600, Hearing(pieces=1), EN) == "hearing 01:00 of 1:00:00"
    assert how_far(0, 3600, Hearing(pieces=1), EN) == "hearing 00:00 of 1:00:00"


@pytest.mark.parametrize("total", [None, 700])
def test_a_length_that_is_unknown_or_wrong_is_left_out(total):
    assert so_far(760, total, EN) == "12:40"
    told = how_far(760, total, GOING.with_(left=None), EN)
    assert told == "hearing 12:40 · 6.2× real time"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.0, "a few seconds left"),
        (9.9, "a few seconds left"),
        (14, "about 10 seconds left"),
        (54, "about 50 seconds left"),
        (55, "about 1 min left"),
        (89.6 * 60, "about 90 min left"),
        (100 * 60, "about 1 h 45 min left"),
        (7210, "about 2 hours left"),
    ],
)
def test_a_time_left_is_as_exact_as_it_can_be_meant(seconds, told):
    assert left(seconds, EN) == told
