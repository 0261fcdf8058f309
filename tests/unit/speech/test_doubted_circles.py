"""What goes in circles is kept once; what somebody repeats stays."""

import pytest

from pipeline.engines.speech.doubt import sift
from pipeline.engines.speech.recogniser import REPETITIVE
from pipeline.engines.speech.tokens import Timed
from tests.unit.speech.sifting import reasons, recognised


@pytest.mark.parametrize(
    ("said", "times"), [("导出订单", 12), ("I don't know.", 10), ("谢谢大家。", 13)]
)
def test_text_that_goes_in_circles_is_kept_once(said: str, times: int):
    (kept,), (drop,) = sift([recognised(" ".join([said] * times))])
    assert (kept.text, kept.start) == (said, 1.0)
    assert (drop.reason, drop.text) == ("goes in circles", " ".join([said] * (times - 1)))
    assert (drop.start, drop.end) == (kept.end, 5.0)


def test_what_was_said_before_and_after_a_circle_stays():
    text = "好的，我们周五发。" + "订单列表" * 40 + "，再见。"
    (said,), (drop,) = sift([recognised(text, seconds=20)])
    assert said.text == "好的，我们周五发。订单列表 ，再见。"
    assert drop.text == "订单列表" * 39


@pytest.mark.parametrize("after", ["", "，再见。", "。 Bye bye."])
def test_what_is_kept_of_a_circle_keeps_its_word_times(after: str):
    text = "好的，" + "订单列表" * 40 + after
    one = recognised(text, seconds=20)
    step = 20 / len(text)
    timed = tuple(
        Timed(at * step, (at + 1) * step, letter, 1, 0.9) for at, letter in enumerate(text)
    )
    one = one._replace(stretches=(one.stretches[0]._replace(words=timed),))
    (kept,), (drop,) = sift([one])
    assert "".join(word.text for word in kept.words) == kept.text
    assert kept.words[0].start == kept.start
    assert kept.words[-1].end == kept.end
    assert kept.words[6].end <= drop.start <= drop.end


@pytest.mark.parametrize("text", ["导出订单" * 12, "谢谢大家。" * 13, "哈" * 40])
def test_text_that_goes_in_circles_over_no_voice_is_left_out_whole(text: str):
    assert not sift([recognised(text, voice=0.3)]).segments


@pytest.mark.parametrize(
    ("text", "times"), [("订单号，", 10), ("Purchase order. ", 10), ("这个字段也要导出。", 6)]
)
def test_what_somebody_really_repeats_is_not_decoded_again_without_repeats(text: str, times: int):
    said = recognised(text * times, seconds=12)
    assert said.compression > REPETITIVE
    assert not said.circles
    assert recognised(text * times, seconds=12, logprob=-0.9).circles
    assert recognised(text * times, seconds=12, voice=0.3).circles
    assert recognised(text * times, seconds=2).circles
    assert recognised(text * 13, seconds=30).circles


@pytest.mark.parametrize("text", ["订单号 " * 10, "Purchase order. " * 10, "听得到吗？" * 6])
def test_a_term_said_ten_times_at_the_pace_of_speech_stays(text: str):
    assert not reasons(recognised(text, seconds=12))


def test_the_same_sentence_over_and_over_is_kept_once():
    sifted = sift([recognised(*["这个功能很重要，我们一定要做。"] * 8)])
    assert len(sifted.segments) == 1
    assert {drop.reason for drop in sifted.dropped} == {"goes in circles"}


@pytest.mark.parametrize("answer", ["这个字段也要导出。", "Yes, that's correct.", "下一条，谢谢。"])
def test_one_answer_to_six_questions_in_a_piece_stays(answer: str):
    """The other side asks in the pauses, which are taken out of the piece."""
    assert not reasons(recognised(*[answer] * 6, seconds=2.0))
    assert reasons(recognised(*[answer] * 6, seconds=2.0, logprob=-0.8))
    assert reasons(recognised(*[answer] * 13, seconds=2.0))


def test_who_nods_ten_times_is_heard_ten_times():
    assert len(sift([recognised(*["嗯。"] * 24)]).segments) == 24
