"""Spans -> pieces: how they are packed, and how times in a piece lead back to the file."""

import numpy as np
import pytest

from pipeline.engines.speech.pieces import STRETCH, WAIT, Cut, Packer, Piece
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span


def span(start: float, end: float) -> Span:
    return Span(round(start * RATE), round(end * RATE))


def packed(*spans: Span, most: float = 30.0, keep_silence: bool = False) -> list[Cut]:
    packer = Packer(round(most * RATE), keep_silence=keep_silence)
    cuts = [cut for one in spans for cut in packer.add(one)]
    return cuts + packer.finish()


def piece(*spans: Span) -> Piece:
    return Piece(0, spans, 5.0, 5.0, np.zeros(sum(one.length for one in spans), np.float32))


def test_spans_are_packed_as_long_as_they_fit():
    cuts = packed(span(0, 10), span(12, 22), span(25, 34), span(36, 40))
    assert [len(cut.spans) for cut in cuts] == [3, 1]


def test_a_nearly_full_piece_is_closed_at_its_longest_pause():
    cuts = packed(span(0, 23), span(27, 30), span(31, 33), span(33.5, 40))
    assert [len(cut.spans) for cut in cuts] == [1, 3]


def test_pauses_count_when_they_are_kept():
    cuts = packed(span(0, 10), span(12, 22), span(25, 34), keep_silence=True)
    assert [cut.spans for cut in cuts] == [(span(0, 22),), (span(25, 34),)]


def test_no_piece_is_longer_than_allowed_and_nothing_is_lost():
    rng = np.random.default_rng(0)
    at, spans = 0.0, []
    for length, gap in zip(rng.uniform(0.2, 12, 200), rng.exponential(2, 200), strict=True):
        spans.append(span(at, at + length))
        at += length + gap
    for keep in (False, True):
        cuts = packed(*spans, most=12.0, keep_silence=keep)
        assert all(sum(one.length for one in cut.spans) <= 12 * RATE for cut in cuts)
        first = [cut.spans[0].start for cut in cuts]
        assert first == sorted(first)
        if not keep:
            assert [one for cut in cuts for one in cut.spans] == spans


def test_a_piece_knows_the_silence_around_it():
    first, second = packed(span(3, 33), span(34.5, 40))
    assert first.before == WAIT / RATE  # the file begins: nobody spoke before
    assert (first.after, second.before) == (1.5, 1.5)


def test_a_piece_does_not_wait_for_more_speech_for_ever():
    packer = Packer(30 * RATE, keep_silence=False)
    packer.add(span(0, 1))
    assert not packer.quiet_until(29 * RATE)
    assert len(packer.quiet_until(32 * RATE)) == 1
    assert packer.needed_from is None


def test_a_piece_reaches_over_a_bounded_stretch_of_the_file():
    cuts = packed(*(span(20 * at, 20 * at + 1) for at in range(20)))
    assert all(cut.spans[-1].end - cut.spans[0].start <= STRETCH for cut in cuts)


def test_times_lead_back_to_the_file():
    one = piece(span(10, 12), span(20, 25))
    assert one.time(0.0) == 10.0
    assert one.time(1.5) == 11.5
    assert one.time(3.0) == 21.0
    assert one.time(7.0, of_end=True) == 25.0
    assert one.time(99.0, of_end=True) == 25.0


def test_at_a_joint_an_end_stays_before_the_silence_and_a_start_comes_after_it():
    one = piece(span(10, 12), span(20, 25))
    for at in (1.95, 2.0, 2.05):
        assert one.time(at, of_end=True) <= 12.0
        assert one.time(at) >= 20.0


def test_no_time_falls_into_a_silence_that_was_taken_out():
    spans = [span(10 * at, 10 * at + 2) for at in range(1, 6)]
    one = piece(*spans)
    for at in np.arange(0, one.duration, 0.01):
        for of_end in (False, True):
            sample = one.time(float(at), of_end=of_end) * RATE
            assert any(each.start <= sample <= each.end for each in spans)


def test_joints_are_told_in_the_time_of_the_piece():
    assert piece(span(10, 12), span(20, 25), span(30, 31)).joints == (2.0, 7.0)


@pytest.mark.parametrize(("at", "start"), [(0.0, 10.0), (1.0, 11.0), (2.0, 20.0), (4.0, 22.0)])
def test_a_tail_begins_where_the_rest_was(at: float, start: float):
    rest = piece(span(10, 12), span(20, 25)).tail(at)
    assert rest.start == start
    assert rest.end == 25.0
    assert rest.duration == pytest.approx(7.0 - at)


def test_the_halves_of_a_piece_are_all_of_it_cut_in_its_silence():
    sound = np.ones(round(9 * RATE), np.float32)
    sound[round(4.2 * RATE) : round(4.6 * RATE)] = 0.0
    spans = (span(10, 12), span(20, 24), span(30, 33))
    first, second = Piece(0, spans, 5.0, 6.0, sound).halves()
    assert (first.before, first.after, second.before, second.after) == (5.0, 0.0, 0.0, 6.0)
    assert (first.start, second.end) == (10, 33)
    assert 22.2 < first.end == second.start < 22.6
    assert (len(first.spans), len(second.spans)) == (2, 2)
    for half in (first, second):
        assert sum(one.length for one in half.spans) == len(half.samples)
    assert len(first.samples) + len(second.samples) == len(sound)
