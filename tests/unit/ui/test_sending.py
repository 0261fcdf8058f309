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
        ({}, "0.5"),
        ({"money": None, "unpriced": 2}, "not known"),
        ({"money": None, "requests": 0, "kept": 1}, "0.00"),
        ({"unpriced": 1}, "at least 0.5"),
        ({"estimated": 1}, "about 0.5"),
        ({"estimated": 1, "unpriced": 1}, "at least about 0.5"),
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
        (0.10474, "0.1047", "0.1"),
        (0.0123, "0.0123", "0.012"),
        (12.345, "12.35", "12.00"),
    ],
)
def test_money_has_as_many_digits_as_mean_anything(amount, exact, guessed):
    assert (amounts.money(amount), amounts.money(amount, guessed=True)) == (exact, guessed)


def test_a_guess_has_two_digits_and_a_time_is_in_minutes_when_long():
    assert (amounts.about(136_412), amounts.about(0)) == ("140,000", "0")
    assert (amounts.lasting(0.2, "en"), amounts.lasting(89, "en")) == ("1 s", "89 s")
    assert amounts.lasting(200, "zh") == "3 分钟"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_budget_that_is_used_up_is_told_with_both_amounts(language):
    held = Sending(host="h", model="m", hides="nothing", spent=2.0, budget=1.5)
    told = words.held_up(held, language)
    assert "2.00" in told
    assert "1.50" in told
    assert words.held_up(held.with_(spent=1.0), language) == ""
    assert words.held_up(held.with_(spent=None), language) == ""
