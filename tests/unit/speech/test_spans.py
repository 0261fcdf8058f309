"""Probabilities -> spans: where silence cuts, and where it does not."""

from itertools import pairwise

import numpy as np
import pytest

from pipeline.engines.speech.activity import CHUNK, Activity
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import MARGIN, Span, SpanFinder

SECOND = RATE / CHUNK


def activity(*parts: tuple[float, float]) -> Activity:
    """Seconds of a probability, one part after the other."""
    speech = np.concatenate([np.full(round(s * SECOND), p, np.float32) for s, p in parts])
    return Activity(speech, np.where(speech > 0.5, -20, -60).astype(np.float32))


def found(heard: Activity, *, longest: float = 30.0, step: int = 10**6) -> list[Span]:
    finder = SpanFinder(round(longest * RATE))
    total = len(heard.speech)
    spans: list[Span] = []
    for at in range(0, total, step):
        spans += finder.push(Activity(heard.speech[at : at + step], heard.level[at : at + step]))
    return spans + finder.finish(total * CHUNK)


def test_a_pause_of_half_a_second_cuts_and_each_side_keeps_a_margin():
    first, second = found(activity((1, 0), (2, 0.9), (0.5, 0), (1, 0.9), (1, 0)))
    assert first.start == round(SECOND) * CHUNK - MARGIN
    assert first.end <= second.start
    assert second.end - second.start == pytest.approx(1.0 * RATE + 2 * MARGIN, abs=CHUNK)


def test_a_breath_does_not_cut():
    assert len(found(activity((1, 0), (2, 0.9), (0.3, 0), (1, 0.9), (1, 0)))) == 1


def test_doubtful_sound_goes_on_as_it_was():
    speaking = found(activity((1, 0.9), (1, 0.4), (1, 0.9), (1, 0)))
    silent = found(activity((1, 0), (1, 0.4), (1, 0)))
    assert len(speaking) == 1
    assert not silent


def test_a_click_is_not_speech():
    assert not found(activity((1, 0), (0.064, 0.9), (1, 0)))


def test_speech_up_to_the_end_is_kept_and_does_not_reach_beyond_it():
    heard = activity((1, 0), (1, 0.9))
    (span,) = found(heard)
    assert span.end == len(heard.speech) * CHUNK


def test_silence_has_no_spans():
    assert not found(activity((60, 0.1)))


def test_speech_without_a_pause_is_cut_where_it_is_quietest():
    heard = activity((20, 0.9), (1, 0))
    dip = round(9 * SECOND)
    heard.level[dip - 2 : dip + 3] = -45
    first, second, *_ = found(heard, longest=12.0)
    assert first.end == second.start
    assert first.end / CHUNK == pytest.approx(dip, abs=2)


def test_no_span_is_longer_than_allowed():
    spans = found(activity((100, 0.9), (0.5, 0), (37, 0.9)), longest=12.0)
    assert all(span.length <= 12 * RATE for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("step", [1, 7, 64, 500])
def test_blocks_do_not_change_what_is_found(step: int):
    rng = np.random.default_rng(3)
    speech = np.repeat(rng.random(400), 9).astype(np.float32)
    heard = Activity(speech, rng.normal(-30, 5, len(speech)).astype(np.float32))
    assert found(heard, step=step) == found(heard)


def test_a_span_tells_how_sure_its_voice_is_without_its_margins():
    (span,) = found(activity((1, 0), (2, 0.9), (2, 0.6), (1, 0)))
    assert span.voice == pytest.approx(0.75, abs=0.01)


def test_a_voice_that_is_cut_keeps_what_was_sure_in_each_part():
    first, *_, last = found(activity((1, 0), (20, 0.9), (20, 0.6), (1, 0)), longest=15.0)
    assert first.voice == pytest.approx(0.9, abs=0.01)
    assert last.voice == pytest.approx(0.6, abs=0.01)


def test_the_size_of_blocks_does_not_change_how_sure_a_voice_is():
    heard = activity((1, 0), (2, 0.9), (2, 0.6), (1, 0), (3, 0.8), (1, 0))
    assert found(heard, step=7) == found(heard)
