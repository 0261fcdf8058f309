"""Words of ours and of other scripts: said after us, or said by somebody."""

import pytest

from tests.unit.speech.sifting import GIVEN, TERMS, reasons, recognised


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
