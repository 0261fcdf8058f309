import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.script import clauses, language_of, sentences, size_in_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("能导出就行", "zh"),
        ("Just export it", "en"),
        ("我 share 一下上次 workshop 的 open list", "zh"),
        ("大家好。I have until four, then the board call, so let's be quick.", "en"),
        ("Lars，我们现在是 day six，还是加班加出来的。", "zh"),
        ("", "en"),
        ("12:30", "en"),
        ("好", "zh"),
    ],
)
def test_a_text_is_in_the_language_of_most_of_its_words(text: str, language: str):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("六个窗口。只有两把枪！够吗？", ["六个窗口。", "只有两把枪！", "够吗？"]),
        ("It's fifty. We write off 3.5 feet.", ["It's fifty.", "We write off 3.5 feet."]),
        ("Ask Mr. Obi. He knows.", ["Ask Mr. Obi.", "He knows."]),
        ("他说“不行。”然后走了。", ["他说“不行。”", "然后走了。"]),
        ("Fine... then no.", ["Fine...", "then no."]),
        ("版本 3.2 做不了", ["版本 3.2 做不了"]),
        ("一行\n另一行", ["一行", "另一行"]),
        ("", []),
        ("  ", []),
    ],
)
def test_sentences_end_at_their_marks(text: str, expected: list[str]):
    assert [piece.text for piece in sentences(text)] == expected


def test_long_text_without_punctuation_falls_apart_at_its_pauses():
    text = (
        "线路嘛 同一个方向的勾在一起 勾完一次派给一个车 就这么简单 "
        "现在你们系统是一单一单点的 点一个弹一个框 每天早上都要点两百多次 手都酸了 真的受不了"
    )

    pieces = [piece.text for piece in sentences(text)]

    assert pieces[:2] == ["线路嘛", "同一个方向的勾在一起"]


def test_long_english_without_punctuation_stays_whole():
    text = "so we sell cable by the foot off big reels and " * 5

    assert [piece.text for piece in sentences(text)] == [text.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("冷藏的，开过封的：一律不退", ["冷藏的，", "开过封的：", "一律不退"]),
        ("打出来 签字就行", ["打出来", "签字就行"]),
        ("Stop or not, the limit, 50,000 rows", ["Stop or not,", "the limit,", "50,000 rows"]),
        ("用 Excel 导", ["用 Excel 导"]),
        ("批号、患者身份证、代办人", ["批号、患者身份证、代办人"]),
    ],
)
def test_clauses_end_at_commas_and_pauses_but_lists_stay_whole(text: str, expected: list[str]):
    assert [piece.text for piece in clauses(text)] == expected


@given(st.text(alphabet="好的 。，a b.1,？\n!五-…:"))
def test_pieces_keep_their_place_and_lose_nothing_but_blanks(text: str):
    for split in (sentences, clauses):
        pieces = split(text)
        assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
        assert "".join("".join(p.text.split()) for p in pieces) == "".join(text.split())


def test_size_counts_chinese_characters_and_words_apart():
    assert size_in_words("把 pack 导成 Excel 12 次") == (4, 3)
