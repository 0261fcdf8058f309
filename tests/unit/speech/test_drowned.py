"""Loud sound without a voice is told; pauses, faint noise and short noises are not."""

import numpy as np
import pytest

from pipeline.engines.speech.activity import Activity
from pipeline.engines.speech.drowned import GROUP, SECONDS, Drowned, Loud

VOICE = (0.95, -24.0)
MUSIC = (0.02, -22.0)
FAN = (0.02, -40.0)
SILENT = (0.01, -90.0)


def line(*parts: tuple[int, tuple[float, float]]) -> Activity:
    """So many groups of a probability and a level, one part after the other."""
    speech = [np.full(groups * GROUP, kind[0], np.float32) for groups, kind in parts]
    level = [np.full(groups * GROUP, kind[1], np.float32) for groups, kind in parts]
    return Activity(np.concatenate(speech), np.concatenate(level))


def found(*lines: Activity) -> list[Loud]:
    drowned = Drowned(len(lines))
    drowned.add(lines)
    return drowned.stretches()


def test_music_as_loud_as_the_voice_is_told_with_its_times():
    (loud,) = found(line((20, VOICE), (30, MUSIC), (20, VOICE)))
    assert loud == (pytest.approx(20 * SECONDS, abs=0.1), pytest.approx(50 * SECONDS, abs=0.1))


@pytest.mark.parametrize("kind", [FAN, SILENT])
def test_a_long_pause_with_fainter_noise_is_no_matter(kind: tuple[float, float]):
    assert not found(line((20, VOICE), (300, kind), (20, VOICE)))


def test_a_short_noise_is_no_matter():
    assert not found(line((20, VOICE), (8, MUSIC), (20, VOICE)))


def test_a_recording_in_which_nobody_is_heard_is_told_only_where_it_is_loud():
    assert not found(line((60, SILENT)))
    assert len(found(line((60, MUSIC)))) == 1
    assert len(found(line((60, FAN)))) == 1


def test_music_on_both_lines_is_told_once():
    one = line((20, VOICE), (30, MUSIC), (20, VOICE))
    other = line((25, VOICE), (30, MUSIC), (15, VOICE))
    (loud,) = found(one, other)
    assert loud.end == pytest.approx(55 * SECONDS, abs=0.1)


def test_blocks_do_not_change_what_is_told():
    whole = line((20, VOICE), (30, MUSIC), (20, VOICE))
    parts = Drowned(1)
    for at in range(0, len(whole.level), 10 * GROUP):
        some = slice(at, at + 10 * GROUP)
        parts.add([Activity(whole.speech[some], whole.level[some])])
    assert parts.stretches() == found(whole)
