"""Words nobody said are left out with a reason; words people do say stay."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.speech.doubt import Reason, sift
from pipeline.language.unsaid import bare
from tests.unit.speech.sifting import TERMS, reasons, recognised

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
