"""Text comes out of its bytes as it was written, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import NotReadableError
from pipeline.readers.encoding import decode

HONEST = {
    "Chinese": "能不能给我们来个一键导出？财务催得很。订单号、金额、状态都要有——导成《表格》就行。",
    "Chinese in old letters": "能不能給我們來個一鍵匯出？財務催得很。訂單號、金額、狀態都要有，這樣才好對帳。",
    "English with two letters of Chinese": "Ruth: we need 导出 next week, nothing else. " * 40,
    "English with one name": "周: yes\n" + "Ruth: no, not before Friday\n" * 30,
    "a short line": "张工：好的",
    "an emoji": "周敏：好的 🙂👍🏽 收到",
    "a note": "♪ 片头音乐 ♪",
    "a rare name": "陶喆: hello\n陶喆: bye",
    "names of few people": "㛃: yes\n张喆：好的，朱镕基，𠮷野家",
    "a name in Cyrillic": "Иван Петров: да, хорошо\n王丽：好",
    "Cyrillic alone": "Иван Петров: да, нам нужен отчёт по заказам.",
    "accents": "Zoë Müller: très bien, déjà vu à Málaga — naïve café",
    "kana": "田中：はい、エクスポートをお願いします。",
    "signs": "①②③ ㎡ 25℃ ± 3‰ → ￥5,000 § №12 “好” ‘是’ …… ·",
    "box": "┌──┐\n│好│\n└──┘",
}
WITHOUT_MARK = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
MARKS = {
    "utf-8-sig": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\x00\x00",
    "utf-32-be": b"\x00\x00\xfe\xff",
}


@pytest.mark.parametrize("encoding", WITHOUT_MARK)
@pytest.mark.parametrize("what", HONEST)
def test_what_people_write_is_read_without_a_mark_of_byte_order(what: str, encoding: str):
    text = HONEST[what] + "\n"
    assert decode(text.encode(encoding), name="x") == text


@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("what", HONEST)
def test_a_mark_of_byte_order_decides(what: str, encoding: str):
    text = HONEST[what]
    assert decode(MARKS[encoding] + text.encode(encoding), name="x") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("張工：我們每個星期都需要統計客戶的訂單資料，可是系統非常緩慢。", "big5"),
        ("張工：好的\n陳總：什麼時候可以給我們", "big5"),
        ("田中：はい、エクスポートをお願いします。", "shift_jis"),
        ("Иван Петров: да, нам нужен отчёт", "cp1251"),
        ("Müller: ja\nMüller: nein, danke\n", "latin-1"),
        ("Éléonore: ça marche, c'est déjà créé", "latin-1"),
    ],
)
def test_text_of_another_encoding_is_refused_and_never_shown_as_a_muddle(text: str, encoding: str):
    with pytest.raises(NotReadableError) as caught:
        decode(text.encode(encoding), name="x")
    assert caught.value.code == "unknown_encoding"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0\0\0\0", b"\xef\xbb\xbf"])
def test_nothing_is_said_to_be_nothing(data: bytes):
    try:
        assert decode(data, name="x") == ""
    except NotReadableError as error:
        assert error.code == "empty_file"  # noqa: PT017 - either will do


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\r\n"])
def test_all_ends_of_lines_are_one(ends: str):
    assert decode(ends.join(["一", "b", "三"]).encode(), name="x") == "一\nb\n三"


def test_ends_of_lines_may_be_mixed():
    assert decode("一\r\nb\rc\nd\r\n\r\ne".encode(), name="x") == "一\nb\nc\nd\n\ne"


def test_a_mark_of_byte_order_within_the_text_goes():
    assert decode("\ufeff甲\n\ufeff乙\n".encode(), name="x") == "甲\n乙\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_file_that_was_cut_within_a_character_keeps_the_rest(encoding: str):
    text = "周敏：先看库存报表，再看导出\n" * 30 + "好"
    found = decode(text.encode(encoding)[:-1], name="x")
    assert found.startswith(text[:-1])


def test_one_damaged_character_costs_that_character_only():
    data = ("周敏：先看库存报表，再看导出\n" * 30).encode()
    found = decode(data[:400] + b"\xff" + data[400:], name="x")
    assert found.count("\ufffd") <= 4
    assert found.count("周敏") >= 29


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\r\0"), max_size=60),
    encoding=st.sampled_from(["utf-8", *MARKS]),
)
def test_every_text_comes_back_from_the_encodings_that_say_what_they_are(text: str, encoding: str):
    if text.strip(" \t\r\n\x0b\x0c"):
        assert decode(MARKS.get(encoding, b"") + text.encode(encoding), name="x") == text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_worse_than_refused(data: bytes):
    try:
        decode(data, name="x")
    except NotReadableError as error:
        assert error.code in ("empty_file", "unknown_encoding")  # noqa: PT017 - one of the two
