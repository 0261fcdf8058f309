import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.normalise import folded, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("能不能给我们来个“一键导出”？", "能不能给我们来个一键导出"),
        ("Export to Excel, please!", "exporttoexcelplease"),
        ("ＡＢＣ１２３　全角", "abc123全角"),
        ("50,000 条", "50000条"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("ﬁle ½", "file12"),
        ("Straße", "strasse"),
        ("……！？", ""),
        ("", ""),
    ],
)
def test_only_folded_letters_and_digits_remain(text: str, expected: str):
    assert normalise(text).text == expected
    assert folded(text) == expected


def test_a_span_leads_back_to_the_words_in_the_original():
    text = "呃，能不能 给我们 “一键导出”？"
    whole = normalise(text)
    at = whole.text.index("一键导出")

    start, end = whole.original(at, at + 4)

    assert text[start:end] == "一键导出"


@given(st.text())
def test_every_offset_points_at_the_character_it_came_from(text: str):
    whole = normalise(text)

    assert len(whole.text) == len(whole.offsets)
    assert list(whole.offsets) == sorted(whole.offsets)
    assert all(char in normalise(text[at]).text for char, at in zip(*whole, strict=True))


@given(st.text(), st.text())
def test_the_folded_whole_is_its_folded_parts_joined(left: str, right: str):
    assert normalise(left + right).text == normalise(left).text + normalise(right).text


@given(st.text(min_size=1), st.data())
def test_any_part_of_a_text_is_found_in_it_after_folding(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))

    assert folded(text[start:end]) in normalise(text).text


@given(st.text())
def test_both_ways_of_folding_agree(text: str):
    assert folded(text) == normalise(text).text


def test_ten_thousand_turns_are_folded_quickly():
    turns = ["超吨位红一下就行，别拦死。One more thing: fifty feet." * 3] * 10_000

    started = time.perf_counter()
    for turn in turns:
        normalise(turn)

    assert time.perf_counter() - started < 5
