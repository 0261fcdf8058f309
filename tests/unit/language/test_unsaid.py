"""Lists of what nobody says, and texts that go in circles."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.rounds import over_and_over
from pipeline.language.unsaid import (
    circle,
    is_agreeing,
    is_credit,
    is_foreign,
    is_polite,
    letters,
    names_a_sound,
)


def test_a_chinese_character_takes_as_long_to_say_as_two_letters():
    assert letters("一键导出") == letters("yes, okay!") + 1 == 8


def test_several_polite_words_are_polite_and_more_is_not():
    assert is_polite("好的，谢谢，再见！")
    assert is_polite("Thank you. Bye-bye.")
    assert not is_polite("谢谢王总")
    assert not is_polite("再见面谈")


def test_a_hundred_yeses_and_a_no_are_judged_at_once():
    before = time.process_time()
    assert not is_agreeing("嗯嗯" * 500 + "不")
    assert not is_polite("谢谢" * 500 + "不")
    assert not is_credit("订阅转发" * 500 + "按钮要放在右上角" * 500)
    assert time.process_time() - before < 5  # it took for ever


@pytest.mark.parametrize("text", ["Привет, как дела", "시청해주셔서", "สวัสดี", "مرحبا"])
def test_letters_of_other_scripts_are_foreign(text: str):
    assert is_foreign(text)
    assert not is_foreign(f"客户那边叫它{text[:2]}，要能搜到，结果要能导出")


@pytest.mark.parametrize("text", ["", "123", "…", "ＥＲＰ系统", "Müller & Söhne", "μ是多少"])
def test_latin_and_chinese_letters_are_not_foreign(text: str):
    assert not is_foreign(text)


def test_words_between_brackets_name_a_sound_only_where_they_do():
    assert names_a_sound("（轻音乐）")
    assert names_a_sound("[Keyboard clicking]")
    assert not names_a_sound("(optional)")
    assert not names_a_sound("音乐")


def test_a_circle_is_found_whatever_marks_stand_in_it():
    found = circle("Well. I don't know, I DON'T KNOW... I don't know! I don't know? I don")
    assert found is not None
    assert (found.unit, found.times) == ("idontknow", 4)
    assert found.begins == 6
    assert found.again == 20


def test_what_follows_a_circle_is_no_part_of_it():
    text = "导出" * 6 + "导入"
    found = circle(text)
    assert found is not None
    assert text[found.ends :] == "导入"


@settings(deadline=None)
@given(st.text("ab。 ", max_size=60))
def test_a_circle_says_its_phrase_as_often_as_it_tells(text: str):
    found = circle(text)
    if found is None:
        return
    assert found.times >= 4
    assert (
        text[found.begins : found.ends]
        .replace("。", "")
        .replace(" ", "")
        .startswith(found.unit * found.times)
    )
    assert found.begins < found.again < found.ends


@settings(deadline=None)
@given(st.lists(st.sampled_from(["This is a sentence.", "这是第二句话啊", "嗯"]), max_size=30))
def test_the_first_time_of_every_turn_stays(texts: list[str]):
    again = over_and_over(texts)
    left = [text for at, text in enumerate(texts) if at not in again]
    assert set(left) == set(texts)
    assert left.count("嗯") == texts.count("嗯")
