"""A sentence over a silence that was taken out is parted there."""

import numpy as np
import pytest

from pipeline.engines.speech.joints import parted
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.tokens import Stretch, Timed

SPANS = (Span(10 * RATE, 12 * RATE), Span(20 * RATE, 25 * RATE))
PIECE = Piece(0, SPANS, 5.0, 5.0, np.zeros(7 * RATE, np.float32))


def words(*timed: tuple[float, float, str]) -> list[Timed]:
    return [Timed(start, end, text, 1) for start, end, text in timed]


def test_words_stay_on_their_side():
    stretch = Stretch(0.2, 4.0, "yes but then", (1, 2, 3))
    said = words((0.2, 0.9, " yes"), (2.3, 2.8, " but"), (3, 4, " then"))
    first, second = parted(PIECE, [stretch], said)
    assert (first.text, second.text) == ("yes", "but then")
    assert (first.words, second.words) == (tuple(said[:1]), tuple(said[1:]))
    assert PIECE.time(first.end, of_end=True) <= 12.0
    assert PIECE.time(second.start) >= 20.0
    assert (first.start, second.end) == (0.2, 4.0)


def test_a_stretch_on_one_side_is_left_alone():
    stretch = Stretch(0.2, 1.9, "yes", (1,))
    said = words((0.2, 1.9, " yes"))
    assert parted(PIECE, [stretch], said) == (stretch._replace(words=tuple(said)),)


def test_without_word_times_nothing_is_parted_and_nothing_lost():
    stretch = Stretch(0.2, 4.0, "yes but", (1, 2))
    assert parted(PIECE, [stretch], []) == (stretch,)


def test_each_stretch_takes_its_own_words():
    stretches = [Stretch(0.1, 1.0, "one", (1,)), Stretch(1.2, 4.0, "two three", (2, 3))]
    said = words((0.1, 1.0, " one"), (1.2, 1.8, " two"), (2.5, 4.0, " three"))
    assert [one.text for one in parted(PIECE, stretches, said)] == ["one", "two", "three"]


@pytest.mark.parametrize("shift", [-9.0, 0.0, 9.0])
def test_bad_word_times_never_turn_a_stretch_round(shift: float):
    stretch = Stretch(0.2, 4.0, "a b", (1, 2))
    found = parted(PIECE, [stretch], words((0.3 + shift, 1.0, " a"), (2.5, 3.0 + shift, " b")))
    assert all(one.start <= one.end for one in found)
    assert " ".join(one.text for one in found) == "a b"


def test_no_word_is_lost_where_the_model_joins_two_stretches_in_one():
    """Without a blank between them the aligner takes "one." and "Two" for one word of two tokens."""
    stretches = [Stretch(0.1, 1.0, "one.", (1,)), Stretch(1.2, 4.0, "Two and three", (2, 3, 4))]
    stretches.append(Stretch(4.2, 5.0, "four", (5,)))
    said = [Timed(0.1, 1.4, " one.Two", 2)]
    said += words((2.3, 2.8, " and"), (3.0, 4.0, " three"), (4.2, 5.0, " four"))
    found = parted(PIECE, stretches, said)
    assert " ".join(one.text for one in found) == "one. Two and three four"
    assert found[-1].words == tuple(said[-1:])
