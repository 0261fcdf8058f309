"""Words nobody said are left out with a reason; words people do say stay."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.speech.doubt import Reason, sift
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.recogniser import REPETITIVE, Recognised
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.tokens import Stretch, Timed
from pipeline.language.unsaid import bare


def recognised(
    *texts: str,
    logprob: float = -0.3,
    no_speech: float = 0.05,
    silence: float = 0.5,
    seconds: float = 4.0,
    voice: float = 0.9,
) -> Recognised:
    """Stretches one after the other, with silence before the first and after the last."""
    length = round(seconds * len(texts) * RATE)
    span = Span(RATE, RATE + length, voice)
    piece = Piece(0, (span,), silence, silence, np.zeros(length, np.float32))
    parts = tuple(
        Stretch(at * seconds, (at + 1) * seconds, text, (1,)) for at, text in enumerate(texts)
    )
    return Recognised(piece, parts, "zh", logprob, no_speech)


def reasons(one: Recognised, **call: Any) -> list[str]:
    return [drop.reason for drop in sift([one], **call).dropped]


TALK = [
    "我们希望订单列表可以一键导出。",
    "Could you send us the list by Friday?",
    "谢谢。",
    "好的，谢谢您。",
    "Thank you.",
    "谢谢大家，再见。",
    "Okay, okay, okay.",
    "对对对对对",
    "好的好的好的",
    "No, no, no, no, no, no.",
    "哈" * 20,
    "一二三四五六七八九十",
    "1, 2, 3, 4, 5, 6.",
    "6222 0000 0000 0000 017",
    "H, A, R, B, O, U, R.",
]
IN_PRODUCT = [
    "培训视频最后那句谢谢观看要去掉，字幕也要能改",
    "The subtitles by our team should be editable in the export",
    "我们还要订阅报表，然后转发给财务",
    "欢迎订阅的那个邮件模板要能改",
    "We want like and share buttons under every order.",
    "音乐播放要能关掉",
    "Thank you for watching our demo.",
    "Thanks for watching the demo!",
]
LIST = ["收藏、分享、转发。", "点赞，收藏，关注，分享。", "關注、收藏、轉發"]
"""What a client wants under an article, in answer to a question."""


@pytest.mark.parametrize("text", TALK)
def test_what_people_say_stays(text: str):
    assert not reasons(recognised(text))
    assert not reasons(recognised(text, silence=10.0))
    assert not reasons(recognised(text, logprob=-0.9))


@pytest.mark.parametrize("text", IN_PRODUCT)
def test_a_sentence_about_such_words_stays_however_it_was_heard(text: str):
    assert not reasons(recognised(text, silence=8.0))
    assert not reasons(recognised(text, silence=8.0, logprob=-0.9))


@pytest.mark.parametrize("text", LIST)
def test_buttons_that_are_listed_need_both_doubts_to_be_left_out(text: str):
    assert not reasons(recognised(text, silence=8.0))
    assert not reasons(recognised(text, logprob=-0.9))
    assert reasons(recognised(text, silence=8.0, logprob=-0.9)) == ["stock phrase"]


CREDITS = [
    "谢谢观看",
    "謝謝觀看！",
    "感谢收看，我们下期再见",
    "多謝您收睇",
    "点赞订阅转发",
    "记得点赞、收藏、订阅！",
    "詞曲 李宗盛",
    "小編字幕由李宗盛製作",
    "Thanks for watching!",
    "Thank you so much for watching.",
    "Please subscribe to my channel.",
    "I'll see you in the next video.",
    "ご視聴ありがとうございました",
    "시청해주셔서 감사합니다",
]
SIGNATURES = [
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
    "請不吝點贊訂閱轉發打賞支持明鏡與點點欄目",
    "字幕由 Amara.org 社群提供",
    "字幕志愿者 杨茜茜",
    "字幕by索兰娅",
    "MING PAO CANADA // MING PAO TORONTO",
    "Subtitles by the Amara.org community",
    "Subs by www.zeoranger.co.uk",
    "Transcription by CastingWords",
    "MBC 뉴스 이덕영입니다.",
]


@pytest.mark.parametrize("text", [*CREDITS, *SIGNATURES])
def test_the_end_of_a_video_in_silence_is_left_out(text: str):
    assert reasons(recognised(text, silence=8.0)) == ["stock phrase"]


@pytest.mark.parametrize("text", [*CREDITS, *SIGNATURES])
def test_the_end_of_a_video_said_with_little_certainty_is_left_out(text: str):
    assert reasons(recognised(text, logprob=-0.9)) == ["stock phrase"]


@pytest.mark.parametrize("text", CREDITS)
def test_the_same_words_said_clearly_in_a_conversation_stay(text: str):
    assert not reasons(recognised("嗯。", text, "好。"))


@pytest.mark.parametrize("text", SIGNATURES)
def test_who_made_some_subtitles_is_never_said_in_a_call(text: str):
    assert reasons(recognised("嗯。", text, "好。")) == ["stock phrase"]


def test_several_endings_in_a_row_do_not_keep_each_other_company():
    found = sift([recognised("谢谢观看", "下期再见", "Bye-bye.", silence=8.0, logprob=-0.9)])
    assert [drop.reason for drop in found.dropped] == ["stock phrase"] * 3


@pytest.mark.parametrize(
    "text", ["谢谢大家", "谢谢大家。再见", "Thank you.", "you", "Bye.", "www.harbour.com"]
)
def test_a_polite_word_needs_both_doubts_to_be_left_out(text: str):
    assert reasons(recognised(text, silence=8.0, logprob=-0.9)) == ["stock phrase"]
    assert not reasons(recognised(text, silence=8.0))
    assert not reasons(recognised(text, logprob=-0.9))


@pytest.mark.parametrize("text", ["嗯", "好的。", "Okay.", "对", "Yes."])
def test_a_yes_is_left_out_only_where_it_hardly_sounds_like_a_voice(text: str):
    assert not reasons(recognised(text, silence=8.0, logprob=-0.9))
    assert reasons(recognised(text, silence=8.0, voice=0.3)) == ["stock phrase"]
    assert not reasons(recognised(text, voice=0.3))


def test_an_uncertain_text_over_what_is_hardly_a_voice_is_left_out():
    assert reasons(recognised("订单列表要导出", voice=0.3, logprob=-0.7)) == ["no speech"]
    assert not reasons(recognised("订单列表要导出", voice=0.3))
    assert not reasons(recognised("订单列表要导出", logprob=-0.7))


@pytest.mark.parametrize(
    "text", ["♪", "♪♪♪", "[Music]", "(音乐)", "【音樂】", "*laughs*", "[BLANK_AUDIO]"]
)
def test_the_name_of_a_sound_is_no_word(text: str):
    assert reasons(recognised(text)) == ["name of a sound"]


@pytest.mark.parametrize("text", [". . . .", "…", "？"])
def test_marks_alone_are_no_words(text: str):
    assert reasons(recognised(text)) == ["marks alone"]


@pytest.mark.parametrize("text", ["(这个很重要)", "[1] 导出", "*重点*"])
def test_words_between_brackets_stay(text: str):
    assert not reasons(recognised(text))


def test_a_script_of_no_language_of_the_call_is_left_out_where_doubtful():
    doubtful = recognised("ありがとう、またね", logprob=-0.9)
    assert reasons(doubtful, languages=["zh", "en"]) == ["foreign script"]
    assert not reasons(doubtful, languages=["zh", "ja"])
    assert not reasons(doubtful)
    assert not reasons(recognised("ありがとう、またね"), languages=["zh", "en"])
    assert not reasons(recognised("Größe ändern 改尺寸", logprob=-0.9), languages=["zh", "en"])


@pytest.mark.parametrize("answer", ["β。", "のり", "Ω"])
def test_a_short_name_said_clearly_by_itself_stays_in_any_script(answer: str):
    assert not reasons(recognised(answer, silence=8.0), languages=["zh", "en"])
    assert reasons(recognised(answer, silence=8.0, voice=0.4), languages=["zh", "en"])
    long = recognised("ありがとう、またね", silence=8.0)
    assert reasons(long, languages=["zh", "en"]) == ["foreign script"]


def test_a_name_of_the_project_is_no_foreign_script():
    told = ("Яндекс", "のりたま", "Harbour")
    for text in ("Яндекс.", "のりたま、Яндекс"):
        alone = recognised(text, silence=8.0, logprob=-0.7)
        assert not reasons(alone, languages=["zh", "en"], told=told)
        assert reasons(alone, languages=["zh", "en"]) == ["foreign script"]
    other = recognised("Яндекс это поиск", silence=8.0)
    assert reasons(other, languages=["zh", "en"], told=told) == ["foreign script"]


GIVEN = "云订货，订单号，金额，审批状态，客户名称，发货仓库，税率，对账单，退货原因，应收余额，信用额度。"
TERMS = tuple(GIVEN.strip("。").split("，"))


def test_our_own_words_said_after_us_are_left_out_where_doubtful():
    few = "订单号，金额，审批状态"
    assert reasons(recognised(few, logprob=-1.1), told=TERMS) == ["said after us"]
    assert reasons(recognised(few, voice=0.3), told=TERMS) == ["said after us"]
    assert not reasons(recognised(few, silence=8.0), told=TERMS)
    assert not reasons(recognised("金额，订单号，税率", logprob=-0.9), told=TERMS)
    assert not reasons(recognised("订单号", logprob=-0.9), told=TERMS)


def test_a_client_who_lists_our_words_on_a_bad_line_is_heard():
    assert not reasons(recognised("订单号、金额、审批状态", logprob=-0.9), told=TERMS)


@pytest.mark.parametrize("answer", ["Purchase order number.", "Susan Grant", "应收账款余额表。"])
def test_one_name_of_ours_is_an_answer(answer: str):
    told = ("Susan Grant", "Purchase order number", "应收账款余额表", "税率")
    for one in (recognised(answer, logprob=-0.8), recognised(answer, voice=0.4)):
        assert not reasons(one, told=told)


@pytest.mark.parametrize(
    "said", ["版权所有。", "Subscribe to our channel", "We print Ming Pao Daily, you know."]
)
def test_what_the_project_itself_is_called_is_no_end_of_a_video(said: str):
    told = ("版权所有", "Subscribe to our channel", "Ming Pao Daily")
    for one in (recognised(said, silence=8.0), recognised("嗯。", said, "好。")):
        assert not reasons(one, told=told)
    assert reasons(recognised(said, silence=8.0)) == ["stock phrase"]


def test_our_words_are_known_in_the_order_of_either_language():
    """Those in the script of what is spoken come first in what the model is shown."""
    told = ("Susan", "订单号", "Harbour", "审批状态", "SLA", "信用额度")
    for said in ("订单号，审批状态，信用额度，Susan", "Susan, Harbour, SLA, 订单号."):
        assert reasons(recognised(said, voice=0.3), told=told) == ["said after us"]


def test_all_of_our_own_words_in_our_order_are_never_said():
    assert reasons(recognised(GIVEN, seconds=8), told=TERMS) == ["said after us"]
    assert not reasons(recognised(GIVEN, seconds=8))


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


BITS = ["谢谢观看", "导出订单", "嗯。", "no ", "对", "Okay. ", "♪", "…", "0 ", "ありがとう"]
BITS += ["字幕由", "Amara.org ", "订单号，金额，"]
SAYING = st.lists(
    st.lists(st.tuples(st.sampled_from(BITS), st.integers(1, 50)), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(
    SAYING,
    st.floats(-2, 0),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from([0.1, 4.0, 30.0]),
    st.sampled_from([0.0, 8.0]),
)
def test_every_letter_ends_among_what_was_said_or_what_was_left_out(
    parts: list[list[tuple[str, int]]],
    logprob: float,
    no_speech: float,
    voice: float,
    seconds: float,
    silence: float,
):
    texts = ["".join(bit * times for bit, times in part).strip() for part in parts]
    heard = recognised(
        *texts, logprob=logprob, no_speech=no_speech, voice=voice, seconds=seconds, silence=silence
    )
    found = sift([heard], languages=["zh", "en"], told=TERMS)
    ends = [(one.start, one.end) for one in (*found.segments, *found.dropped)]
    assert all(1.0 <= start <= end <= heard.piece.end for start, end in ends)
    left = [one.text for one in (*found.segments, *found.dropped)]
    assert sorted(bare("".join(left))) == sorted(bare("".join(texts)))
    assert len(left) >= len(texts)
    for some in (found.segments, found.dropped):
        assert [one.start for one in some] == sorted(one.start for one in some)
    assert {drop.reason for drop in found.dropped} <= set(get_args(Reason))
