"""What would leave and what it took, in words: of every step, every input, every size."""

import pytest

from pipeline.engines.llm.estimating import ORDER
from pipeline.models.answer import Usage
from pipeline.models.model_use import Cost, ModelUse
from pipeline.models.sending import Later, Sending
from prompts.loader import prompt
from ui import amounts
from ui import sending as words
from ui.words.loader import tin

LANGUAGES = ("zh", "en")
ONE = ModelUse(
    site="asks", model="m", requests=2, usage=Usage(tokens_in=10), seconds=1.0, money=0.5
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("site", ORDER)
def test_every_step_and_all_that_it_carries_has_a_name(site, language):
    assert words.site(site, language) != site
    later = Later(site=site, questions=1, carries=prompt(site, language).inputs)
    told = words.carries(later, language)
    assert told
    assert not set(told.replace("、", ", ").split(", ")) & set(prompt(site, language).inputs)


def test_a_step_that_nobody_named_keeps_its_own_name():
    assert words.site("song", "zh") == "song"
    assert (
        words.carries(Later(site="song", questions=1, carries=("notes", "schema")), "en") == "notes"
    )


def test_what_came_on_top_is_the_difference_by_step_and_model():
    other = ONE.with_(model="n", money=None, unpriced=2)
    now = Cost(uses=(ONE.plus(ONE), other, ONE.with_(site="rest")))
    since = now.since(Cost(uses=(ONE, ONE.with_(site="rest"))))
    assert since.uses == (ONE, other)
    assert (since.total.model, since.total.money, since.total.unpriced) == ("m + n", 0.5, 2)
    assert [one.site for one in words.in_order(now)] == ["asks", "rest"]


def test_money_of_a_difference_is_unknown_where_none_of_its_requests_had_prices():
    unpriced = ONE.with_(money=None, unpriced=2)
    now = ONE.plus(unpriced)
    assert now.minus(ONE) == unpriced
    assert now.plus(ONE).minus(ONE).money == 0.5
    assert ONE.with_(kept=1).minus(ONE).money == 0.0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "0.500"),
        ({"money": None, "unpriced": 2}, "not known"),
        ({"money": None, "requests": 0, "kept": 1}, "0.00"),
        ({"unpriced": 1}, "at least 0.500"),
        ({"estimated": 1}, "about 0.500"),
        ({"estimated": 1, "unpriced": 1}, "at least about 0.500"),
    ],
)
def test_money_is_told_with_how_far_it_is_known(changes, told):
    assert words.paid(ONE.with_(**changes), "en") == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_estimated_tokens_are_told_as_such(language):
    exact, guessed = words.took(ONE, language), words.took(ONE.with_(estimated=1), language)
    about = tin(language, "cost.about", what="10")
    assert about not in exact
    assert about in guessed
    assert tin(language, "cost.estimated", count="1") in guessed


@pytest.mark.parametrize(
    ("amount", "exact", "guessed"),
    [
        (0.0, "0.00", "0.00"),
        (0.10474, "0.105", "0.10"),
        (0.5, "0.500", "0.50"),
        (0.0123, "0.0123", "0.012"),
        (0.9999, "1.00", "1.00"),
        (0.0000004567, "0.000000457", "0.00000046"),
        (12.345, "12.35", "12.00"),
    ],
)
def test_money_has_as_many_digits_as_mean_anything(amount, exact, guessed):
    assert (amounts.money(amount), amounts.money(amount, guessed=True)) == (exact, guessed)


def test_a_guess_has_two_digits_and_a_time_is_in_minutes_when_long():
    assert (amounts.about(136_412), amounts.about(0)) == ("140,000", "0")
    assert (amounts.lasting(0.2, "en"), amounts.lasting(89, "en")) == ("0.2 s", "89 s")
    assert (amounts.lasting(9.96, "en"), amounts.lasting(0, "en")) == ("10 s", "0 s")
    assert amounts.lasting(200, "zh") == "3 分钟"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_budget_that_is_used_up_is_told_with_both_amounts(language):
    held = Sending(host="h", model="m", hides="nothing", spent=2.0, budget=1.5)
    told = words.held_up(held, language)
    assert "2.00" in told
    assert "1.50" in told
    assert words.held_up(held.with_(spent=1.0), language) == ""
    assert words.held_up(held.with_(spent=None), language) == ""


def test_waiting_for_short_steps_adds_up():
    steps = [amounts.lasting(0.4, "en") for _ in range(3)]
    assert sum(float(one.removesuffix(" s")) for one in steps) == pytest.approx(1.2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_had_no_prices_at_all_is_told_apart_from_a_part_of_it(language):
    none = words.took(ONE.with_(money=None, unpriced=2), language)
    part = words.took(ONE.with_(unpriced=1), language)
    unknown = tin(language, "cost.no_prices")
    assert unknown in none
    assert tin(language, "cost.unpriced", count=2) not in none
    assert unknown not in part
    assert tin(language, "cost.unpriced", count=1) in part


@pytest.mark.parametrize(
    ("key", "one", "two"),
    [
        ("first", "First, 1 question. Its text", "First, 2 questions. Their text"),
        ("questions", "first: 1 question,", "first: 2 questions,"),
        ("kept", "1 more was answered before: it is", "2 more were answered before: they are"),
        ("later", "1 question, which rests on", "2 questions, which rest on"),
        ("then", "about 1 question", "about 2 questions"),
        ("by_earlier", "1 earlier request to", "2 earlier requests to"),
    ],
)
def test_one_is_told_as_one(key, one, two):
    assert one in tin("en", f"sending.{key}", count=1)
    assert two in tin("en", f"sending.{key}", count=2)


def test_one_request_and_one_kept_answer_are_told_as_one():
    told = words.took(ONE.with_(requests=1, kept=1), "en")
    assert "1 request, " in told
    assert "1 answer was kept" in told
