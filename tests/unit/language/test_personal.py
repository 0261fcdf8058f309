"""Numbers that point to somebody: found with their check digits, and nothing else taken for one."""

import pytest

from pipeline.language.personal import is_card, is_company, is_identity_card, personal


@pytest.mark.parametrize(
    ("text", "sort", "words"),
    [
        ("电话13812345678发我", "PHONE", "13812345678"),
        ("打 +86 138-1234-5678 吧", "PHONE", "+86 138-1234-5678"),
        ("座机021-62345678", "PHONE", "021-62345678"),
        ("call +44 20 7946 0958 please", "PHONE", "+44 20 7946 0958"),
        ("身份证11010519491231002X。", "ID", "11010519491231002X"),
        ("卡号4111 1111 1111 1111付", "CARD", "4111 1111 1111 1111"),
        ("发我wang.min@example.com谢谢", "MAIL", "wang.min@example.com"),
        ("车牌沪A12345的", "PLATE", "沪A12345"),
        ("新能源粤B·D12345", "PLATE", "粤B·D12345"),
        ("信用代码91350100M000100Y43", "COMPANY", "91350100M000100Y43"),
    ],
)
def test_what_points_to_somebody_is_found(text, sort, words):
    assert [(one.sort, one.text) for one in personal(text)] == [(sort, words)]
    found = personal(text)[0]
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "最多五万行，金额小于3000的直接通过",
        "订单号 2026031800012345 不能重复",
        "2026-03-18 到 2026-06-30",
        "版本 3.1.2，端口 8080，物料编码 100000000001",
        "11010519491231002A",
        "4111 1111 1111 1112",
        "so_order.order_no @ 页面",
        "1381234567 少一位",
        "京都A的客户",
    ],
)
def test_ordinary_numbers_stay(text):
    assert personal(text) == ()


def test_two_in_one_sentence_are_told_apart():
    found = personal("电话13812345678发我wang@example.com")
    assert [one.sort for one in found] == ["PHONE", "MAIL"]


def test_check_digits_decide():
    assert is_identity_card("11010519491231002X")
    assert not is_identity_card("110105194912310021")
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")
    assert not is_card("0000000000000000")
    assert is_company("91350100M000100Y43")
    assert not is_company("91350100M000100Y44")


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Call 415-555-0132 tomorrow", "PHONE"),
        ("Call (415) 555-0133.", "PHONE"),
        ("Call 415.555.0132 please", "PHONE"),
        ("My line is 020 7946 0958", "PHONE"),
        ("From abroad 0044 20 7946 0958", "PHONE"),
        ("SSN 078-05-1120 on file", "ID"),
        ("IBAN DE89 3704 0044 0532 0130 00 please", "CARD"),
        ("IBAN GB82WEST12345698765432.", "CARD"),
    ],
)
def test_forms_of_other_countries(text, sort):
    assert [one.sort for one in personal(text)] == [sort]


@pytest.mark.parametrize(
    "text",
    [
        "IBAN GB00WEST12345698765432",
        "order 2026-11-26 and 10.50",
        "part 555-0134",
        "078-00-1120",
    ],
)
def test_what_only_looks_like_one_of_them(text):
    assert personal(text) == ()
