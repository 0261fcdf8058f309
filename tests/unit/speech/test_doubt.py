"""Words nobody said are left out with a reason; words people do say stay."""

import numpy as np
import pytest

from pipeline.engines.speech.doubt import sift
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.recogniser import Recognised
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.tokens import Stretch


def recognised(
    *texts: str,
    logprob: float = -0.3,
    no_speech: float = 0.05,
    silence: float = 0.5,
    seconds: float = 4.0,
) -> Recognised:
    """Stretches one after the other, with silence before the first and after the last."""
    length = round(seconds * len(texts) * RATE)
    piece = Piece(0, (Span(RATE, RATE + length),), silence, silence, np.zeros(length, np.float32))
    parts = tuple(
        Stretch(at * seconds, (at + 1) * seconds, text, (1,)) for at, text in enumerate(texts)
    )
    return Recognised(piece, parts, "zh", logprob, no_speech)


def reasons(one: Recognised) -> list[str]:
    return [drop.reason for drop in sift([one]).dropped]


TALK = [
    "我们希望订单列表可以一键导出。",
    "Could you send us the list by Friday?",
    "谢谢。",
    "好的，谢谢您。",
    "Thank you.",
]


@pytest.mark.parametrize("text", TALK)
def test_what_people_say_stays(text: str):
    assert not sift([recognised(text)]).dropped
    assert not sift([recognised(text, silence=10.0)]).dropped


STOCK = [
    "谢谢观看",
    "感谢收看，我们下期再见",
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
    "字幕由 Amara.org 社群提供",
    "字幕志愿者 杨茜茜",
    "Thanks for watching!",
    "Thank you so much for watching.",
    "Please subscribe to my channel.",
    "Subtitles by the Amara.org community",
]


@pytest.mark.parametrize("text", STOCK)
def test_the_end_of_a_video_in_silence_is_left_out(text: str):
    assert reasons(recognised(text, silence=8.0)) == ["stock phrase"]


@pytest.mark.parametrize("text", STOCK)
def test_the_end_of_a_video_said_with_little_certainty_is_left_out(text: str):
    assert reasons(recognised(text, logprob=-0.9)) == ["stock phrase"]


@pytest.mark.parametrize("text", STOCK)
def test_the_same_words_said_clearly_in_a_conversation_stay(text: str):
    assert not reasons(recognised("嗯。", text, "好。"))


@pytest.mark.parametrize(
    "text",
    [
        "培训视频最后那句谢谢观看要去掉，字幕也要能改",
        "The subtitles by our team should be editable in the export",
    ],
)
def test_a_sentence_about_such_words_stays_even_in_silence(text: str):
    assert not reasons(recognised(text, silence=8.0))


@pytest.mark.parametrize("text", ["谢谢大家", "Thank you.", "you", "Bye."])
def test_a_polite_word_needs_both_doubts_to_be_left_out(text: str):
    assert reasons(recognised(text, silence=8.0, logprob=-0.9)) == ["stock phrase"]
    assert not reasons(recognised(text, silence=8.0))
    assert not reasons(recognised(text, logprob=-0.9))


@pytest.mark.parametrize(
    "text", ["导出订单" * 12, "I don't know. " * 10, "哈" * 20, "对对对，" * 10]
)
def test_text_that_goes_in_circles_is_left_out(text: str):
    assert reasons(recognised(text)) == ["goes in circles"]


@pytest.mark.parametrize(
    "text", ["对对对对对", "好的好的好的", "No, no, no, no, no.", "哈哈哈哈哈哈"]
)
def test_emphasis_stays(text: str):
    assert not reasons(recognised(text))


def test_the_same_sentence_over_and_over_is_kept_once():
    sifted = sift([recognised(*["这个功能很重要，我们一定要做。"] * 8)])
    assert len(sifted.segments) == 1
    assert {drop.reason for drop in sifted.dropped} == {"goes in circles"}


def test_a_piece_that_is_likely_silent_is_left_out():
    assert reasons(recognised("嗯", no_speech=0.9, logprob=-1.4)) == ["no speech"]
    assert not reasons(recognised("嗯", no_speech=0.9, logprob=-0.4))


def test_more_words_than_anybody_can_say_are_left_out():
    assert reasons(recognised("我们希望订单列表可以一键导出" * 2, seconds=0.5)) == [
        "too fast to be said"
    ]


def test_what_is_left_out_keeps_its_text_and_place():
    (drop,) = sift([recognised("谢谢观看", silence=8.0)]).dropped
    assert (drop.start, drop.end, drop.text) == (1.0, 5.0, "谢谢观看")
