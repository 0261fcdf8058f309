"""Words heard a second time on the other line are told from two people who say the same."""

import pytest

from pipeline.language.echoed import echoed
from pipeline.models.speech import HeardSegment


def on(line: int, start: float, end: float, text: str, louder: float) -> HeardSegment:
    return HeardSegment(start=start, end=end, text=text, channel=line, louder=louder)


SAID = on(0, 10, 13, "Can we export the orders with one click?", 30.0)


def echoes(*heard: HeardSegment) -> list[str]:
    return [one.text for one in echoed([SAID, *heard])]


def test_the_same_words_later_and_fainter_are_an_echo():
    assert echoes(on(1, 10.3, 13.4, "can we export the order with one click", -14.0)) != []
    assert echoes(on(1, 11.5, 13.4, "orders with one click", -14.0)) != []


def test_the_echo_may_come_in_other_pieces_than_the_words():
    more = on(0, 13.2, 15, "The accountant keeps asking for it.", 28.0)
    echo = on(
        1, 10.4, 15.4, "Can we export the orders with one click the accountant keeps ask", -9.0
    )
    assert echoes(more, echo) == [echo.text]


def test_whoever_says_them_as_loud_says_them():
    assert echoes(on(1, 10.3, 13.4, "Can we export the orders with one click?", -3.0)) == []


def test_whoever_reads_them_back_says_them():
    assert echoes(on(1, 13.5, 16.5, "Can we export the orders with one click?", -8.0)) == []


def test_other_words_are_no_echo_however_faint():
    assert echoes(on(1, 10.3, 13.4, "I would rather have a report of it", -20.0)) == []


def test_words_of_ones_own_after_an_echo_stay():
    both = "Can we export the orders with one click? Yes we can do that"
    assert echoes(on(1, 10.3, 14.4, both, -9.0)) == []


def test_two_people_may_say_ok_at_once():
    said = on(0, 5, 5.4, "好的，好的。", 12.0)
    assert echoed([said, on(1, 5.1, 5.5, "好的，好的。", -30.0)]) == []


def test_one_line_has_no_echo():
    alone = SAID.with_(louder=None)
    assert echoed([alone, alone.with_(start=10.2)]) == []


@pytest.mark.parametrize(
    "then",
    [
        [(10.1, 11.2, "对，没错。")],
        [(5.3, 6.0, "嗯。"), (7.0, 8.0, "对。"), (9.0, 10.5, "嗯，对。")],
        [(10.0, 12.0, "对，就是这个，客户等着发货呢。")],
    ],
)
def test_a_number_that_is_read_back_softly_while_the_other_side_nods_stays(
    then: list[tuple[float, float, str]],
):
    """A quieter headset repeats an order number to confirm it; the client says yes meanwhile."""
    number = "订单号是二零二六一一二六，后面是四五零七。"
    heard = [on(0, 0.0, 5.2, number, 20.0), on(1, 5.1, 10.2, number, -9.0)]
    heard += [on(0, start, end, text, 15.0) for start, end, text in then]
    assert echoed(heard) == []


def test_a_short_sentence_that_is_said_again_at_once_stays():
    heard = [
        on(0, 0.0, 2.0, "周五之前要上线吗？", 18.0),
        on(1, 1.9, 3.6, "周五之前要上线。", -8.0),
        on(0, 3.3, 4.0, "好。", 18.0),
    ]
    assert echoed(heard) == []


@pytest.mark.parametrize(
    ("said", "put_right"),
    [
        ("金额小于五千的订单直接通过。", "金额小于三千的订单直接通过。"),
        ("这个字段不要导出给财务看。", "这个字段要导出给财务看。"),
        ("这个字段要导出给财务看。", "这个字段不要导出给财务看。"),
        ("Orders below five thousand pass.", "Orders below nine thousand pass."),
        ("We deliver to the client on Friday.", "We deliver to the client on Monday."),
    ],
)
def test_who_puts_a_number_or_a_no_right_at_once_and_softly_is_heard(said: str, put_right: str):
    loud = on(0, 10, 13, said, 20.0)
    assert echoed([loud, on(1, 10.4, 13.2, put_right, -12.0)]) == []
    assert echoed([loud, on(1, 10.4, 13.2, said, -12.0)]) != []
