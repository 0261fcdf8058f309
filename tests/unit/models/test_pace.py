"""How far and how fast a recording is heard: reckoned piece by piece, and never more than is sure."""

import pytest

from pipeline.models.pace import ABSURD, Course, Pace
from pipeline.models.speech import AudioFacts, HeardBatch

FACTS = AudioFacts(duration=600, channels=2, codec="opus", container="ogg")


def after(*steps: tuple[float, float], pace: Pace | None = None) -> Pace:
    """Pieces heard, each as seconds heard by then and the time of the clock."""
    made = pace or Pace()
    for heard, at in steps:
        made = made.plus(heard, at)
    return made


def piece(channel: int, end: float, heard_to: float | None = None) -> HeardBatch:
    return HeardBatch(key=f"{channel}:{end}", channel=channel, start=0, end=end, heard_to=heard_to)


def test_two_pieces_tell_nothing_yet():
    two = after((60, 100), (120, 110))
    assert (two.speed, two.left(600)) == (None, None)


def test_time_before_the_end_of_the_first_piece_is_not_counted():
    """A model that takes minutes to load makes nothing slow."""
    assert after((60, 500), (120, 510), (180, 520)).speed == pytest.approx(6)


def test_what_was_kept_counts_neither_as_speed_nor_as_time():
    resumed = Pace().kept(1800, 40)
    assert resumed.speed is None
    pace = after((1860, 100), (1920, 110), (1980, 120), pace=resumed)
    assert pace.speed == pytest.approx(6)
    assert pace.left(2580) == pytest.approx(100)


def test_a_kept_piece_between_new_ones_is_no_leap():
    pace = after((60, 10), (120, 20)).kept(400, 21)
    assert after((460, 31), pace=pace).speed == pytest.approx(6)


def test_one_slow_piece_changes_the_time_left_by_little():
    steady = after(*((60 * at, 10.0 * at) for at in range(1, 20)))
    slower = steady.plus(steady.heard + 60, steady.at + 20)
    before, later = steady.left(7200), slower.left(7200)
    assert before
    assert later
    assert 0 < later - before < 0.15 * before


def test_a_machine_that_becomes_slow_is_noticed_within_some_pieces():
    pace = after(*((60 * at, 10.0 * at) for at in range(1, 20)))
    for _ in range(15):
        pace = pace.plus(pace.heard + 60, pace.at + 60)
    assert pace.speed == pytest.approx(1, abs=0.5)


@pytest.mark.parametrize("total", [None, 0, 100])
def test_without_a_length_that_can_be_true_no_time_left_is_told(total):
    assert after((60, 10), (120, 20), (180, 30)).left(total) is None


def test_a_time_left_that_nobody_can_believe_is_not_told():
    asleep = after((60, 10), (60.001, 10_000), (60.002, 20_000))
    assert asleep.left(6000) is None
    busy = after((60, 10), (61, 20), (62, 30))
    assert 0 < (busy.left(6000) or 0) < ABSURD


def test_a_clock_that_stands_still_or_runs_back_gives_no_speed():
    assert after((60, 10), (120, 10), (180, 10)).speed is None
    assert after((60, 10), (120, 5), (180, 1)).speed is None


def test_one_line_ahead_of_the_other_is_not_claimed_as_done():
    course = Course.begun(FACTS, 0, ()).plus(piece(0, 300, 12.0), fresh=True, at=1)
    assert course.done == 12
    assert course.progress.hearing is not None
    assert course.progress.hearing.heard == pytest.approx(156)


def test_done_never_runs_back():
    course = Course.begun(FACTS, 0, ())
    reached = []
    for one in (piece(0, 300, 120.0), piece(1, 130, 110.0), piece(1, 310)):
        course = course.plus(one, fresh=True, at=1)
        reached.append(course.done)
    assert reached == [120, 120, 300]


def test_the_last_piece_ends_all_lines():
    course = Course.begun(FACTS, 0, ()).plus(piece(0, 598, 598.0), fresh=True, at=1)
    end = HeardBatch(key="end", channel=0, start=599, end=599, heard_to=599.0)
    assert course.plus(end, fresh=True, at=2).ends == (599, 599)
