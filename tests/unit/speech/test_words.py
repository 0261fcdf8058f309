"""Times of words: numbers have theirs, joined they are the text, and none leaves its segment."""

import numpy as np
import pytest

from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.tokens import Stretch, Timed
from pipeline.engines.speech.words import in_file, spoken

SPANS = (Span(10 * RATE, 12 * RATE), Span(20 * RATE, 25 * RATE))
PACKED = Piece(0, SPANS, 5.0, 5.0, np.zeros(7 * RATE, np.float32))
WHOLE = Piece(0, (Span(0, 30 * RATE),), 5.0, 5.0, np.zeros(30 * RATE, np.float32))


def stretch(*parts: str, text: str | None = None) -> Stretch:
    """Each part takes a second and is a token."""
    timed = [Timed(float(at), at + 1.0, part, 1, 0.5) for at, part in enumerate(parts)]
    said = "".join(parts).strip() if text is None else text
    return Stretch(0.0, float(len(parts)), said, (1,) * len(parts), tuple(timed))


def texts(*parts: str) -> list[str]:
    return [one.text for one in spoken(stretch(*parts))]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((" 8", ",", "500", " yuan"), ["8,500", " yuan"]),
        (("共", "8", ",", "500", "元"), ["共", "8,500", "元"]),
        ((" on", " 2026", "-", "11", "-", "26", "."), ["on", " 2026-11-26."]),
        (("到", "2026", "-11", "-", "26", "，", "好"), ["到", "2026-11-26，", "好"]),
        (("单号", "A", "-", "10", "24"), ["单号", "A-1024"]),
        (("三", "百", "五十"), ["三", "百", "五十"]),
        (("导出", "Ex", "cel", "表"), ["导出", "Excel", "表"]),
        (("他说", "“", "好", "”", "。"), ["他说", "“好”。"]),
        (("好", "，", "500"), ["好，", "500"]),
        (("好", " ", "Ex", "cel"), ["好", " Excel"]),
        ((" don", "'t", " (", "please", ")", " 3", ".", "5", "%"),
         ["don't", " (please)", " 3.5%"]),
        (("カ", "タ", "カナ"), ["カ", "タ", "カナ"]),
    ],
)  # fmt: skip
def test_words_are_as_they_are_written(parts, words):
    assert texts(*parts) == words


def test_a_number_lasts_from_its_first_token_to_its_last():
    (number, _) = spoken(stretch(" 8", ",", "500", " yuan"))
    assert (number.start, number.end, number.probability) == (0.0, 3.0, 0.5)


def test_marks_take_no_time_of_their_own():
    first, second = spoken(stretch(" yes", ",", " “", "no", "”"))
    assert (first.text, first.start, first.end) == ("yes,", 0.0, 1.0)
    assert (second.text, second.start, second.end) == (" “no”", 3.0, 4.0)


def test_half_a_character_is_no_word():
    one = stretch("好", "\ufffd", "吧", text="好吧")
    assert [word.text for word in spoken(one)] == ["好", "吧"]


@pytest.mark.parametrize("parts", [(), ("other",)])
def test_without_an_alignment_the_time_is_shared_and_says_so(parts):
    one = stretch(*parts, text="共 8,500 元")._replace(end=9.0)
    words = spoken(one)
    assert [word.text for word in words] == ["共", " 8,500", " 元"]
    assert [word.probability for word in words] == [None] * 3
    assert (words[0].start, words[-1].end) == (0.0, 9.0)
    assert words[1].end - words[1].start == pytest.approx(5.0)


def test_words_lie_in_order_inside_their_segment():
    wild = [(5.0, 2.0), (-1.0, 1.0), (0.5, 9.0), (3.0, 3.0), (20.0, 40.0)]
    timed = tuple(
        Timed(*times, letter, 1, 0.5) for times, letter in zip(wild, "abcde", strict=True)
    )
    found = in_file(WHOLE, Stretch(1.0, 4.0, "abcde", (), timed), 1.0, 4.0)
    reached = 1.0
    for word in found:
        assert reached <= word.start <= word.end <= 4.0
        reached = word.end


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [((0.5, 1.0), 10.5, 11.0), ((2.5, 3.0), 20.5, 21.0), ((1.5, 2.2), 11.5, 12.0),
     ((1.9, 2.6), 20.0, 20.6)],
)  # fmt: skip
def test_no_word_lasts_over_a_silence_that_was_taken_out(times, start, end):
    one = Stretch(0.0, 7.0, "a", (), (Timed(*times, "a", 1, 0.5),))
    (word,) = in_file(PACKED, one, 10.0, 25.0)
    assert (word.start, word.end) == (start, end)
