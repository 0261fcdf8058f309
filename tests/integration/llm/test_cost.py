"""What a model took is counted where it was asked, kept with the meeting, and held to a budget."""

import json
from typing import Any

import pytest

from evals.bench.scripted import Reply, refused, said
from pipeline.models.actor import Actor
from pipeline.service import deletion, sending
from tests.integration.llm.model import answering, site_of
from tests.integration.llm.terminal import Terminal
from tests.integration.llm.test_whole_way import ANSWERS

ME = Actor(id="t", name="Tester", via="test")
PRICES = {"model_price_in": "10", "model_price_cached": "1", "model_price_out": "100"}
EACH = (5000 * 10 + 4000 * 1 + 100 * 100) / 1_000_000
"""Money for one answer of `counted`, at these prices."""


def counted(**answers: Any):
    """A model that answers everything, each for the same tokens."""
    answer = answering(**answers)

    def reply(body):
        made = answer(body)
        made = made if isinstance(made, Reply) else said(made)
        details = {"cached_tokens": 4000}
        usage = {"prompt_tokens": 9000, "completion_tokens": 100, "prompt_tokens_details": details}
        return Reply(made.status, {**made.body, "usage": usage})

    return reply


def cost(out: str) -> dict[str, Any]:
    return json.loads(out)["meetings"][0]["cost"]


def process(terminal: Terminal, *more: str, **environment: str) -> tuple[int, str, str]:
    return terminal("process", terminal.call, "--engine", "llm", *more, **environment)


@pytest.mark.slow
def test_what_a_run_took_is_told_by_step(terminal: Terminal, server):
    server.otherwise = counted(**ANSWERS)
    code, out, err = process(terminal, "--json", **PRICES)
    assert code == 0, err
    assert "questions" in err
    now, ever = cost(out)["this_run"], cost(out)["all_runs"]
    assert now == ever
    count = len(server.asked)
    assert (now["requests"], now["tokens_in"], now["tokens_cached"]) == (
        count,
        9000 * count,
        4000 * count,
    )
    assert now["money"] == pytest.approx(EACH * count)
    assert now["seconds"] > 0
    steps = {one["step"]: one["requests"] for one in now["steps"]}
    assert steps["specify"] == [site_of(one) for one in server.asked].count("WireSpec") == 2
    assert sum(steps.values()) == count


@pytest.mark.slow
def test_people_read_it_in_words(terminal: Terminal, server):
    server.otherwise = counted(**ANSWERS)
    _, out, _ = process(terminal, **PRICES)
    assert "a spec for each ask" in out
    assert f"{9000 * len(server.asked):,} tokens sent" in " ".join(out.split())


@pytest.mark.slow
def test_the_numbers_outlive_the_program(terminal: Terminal, server):
    server.otherwise = counted(**ANSWERS)
    first = cost(process(terminal, "--json", **PRICES)[1])["all_runs"]
    _, out, _ = process(terminal, "--json", **PRICES)
    assert cost(out)["this_run"]["requests"] == 0
    assert cost(out)["all_runs"] == first
    house = terminal.house()
    (meeting,) = house.tools.store.meetings()
    assert sending.cost(ME, house, meeting.uid).total.requests == first["requests"]


@pytest.mark.slow
def test_kept_answers_are_counted_and_cost_nothing(terminal: Terminal, server):
    server.otherwise = counted(**(ANSWERS | {"WireSummary": said(None, refusal="no")}))
    process(terminal, "--json", **PRICES)
    server.otherwise = counted(**ANSWERS)
    server.asked.clear()
    _, out, _ = process(terminal, "--json", **PRICES)
    now = cost(out)["this_run"]
    assert now["requests"] == len(server.asked)
    assert now["money"] == pytest.approx(EACH * len(server.asked))
    assert {one["step"] for one in now["steps"] if one["kept_answers"]} >= {
        "asks",
        "rest",
        "thread",
    }
    assert now["kept_answers"] >= 5


def test_a_failed_run_says_what_it_took_too(terminal: Terminal, server):
    server.otherwise = refused(401, "no")
    code, out, _ = process(terminal, "--json", **PRICES)
    assert code == 3
    assert cost(out)["all_runs"]["requests"] == len(server.asked) > 0
    assert cost(out)["all_runs"]["money"] == 0.0


@pytest.mark.slow
def test_without_prices_the_money_is_unknown_and_later_said_to_be_in_part(
    terminal: Terminal, server
):
    server.otherwise = counted(**(ANSWERS | {"WireSpec": said(None, refusal="no")}))
    first = cost(process(terminal, "--json")[1])["all_runs"]
    assert (first["money"], first["unpriced_requests"]) == (None, first["requests"])
    server.otherwise = counted(**ANSWERS)
    ever = cost(process(terminal, "--json", **PRICES)[1])["all_runs"]
    assert ever["money"] == pytest.approx(EACH * 2)
    assert ever["unpriced_requests"] == first["requests"]


@pytest.mark.slow
def test_a_run_without_prices_after_one_with_them_has_no_money(terminal: Terminal, server):
    server.otherwise = counted(**(ANSWERS | {"WireSpec": said(None, refusal="no")}))
    first = cost(process(terminal, "--json", **PRICES)[1])["all_runs"]
    server.otherwise = counted(**ANSWERS)
    told = cost(process(terminal, "--json")[1])
    assert told["this_run"]["requests"] == told["this_run"]["unpriced_requests"] > 0
    assert told["this_run"]["money"] is None
    assert {one["money"] for one in told["this_run"]["steps"] if one["requests"]} == {None}
    assert told["all_runs"]["money"] == pytest.approx(first["money"])


def test_rules_cost_nothing_and_say_nothing(terminal: Terminal, server):
    _, out, _ = terminal("process", terminal.call, "--json")
    assert cost(out) is None


@pytest.mark.slow
def test_the_budget_counts_what_another_program_spent(terminal: Terminal, server):
    server.otherwise = counted(**ANSWERS)
    tight = PRICES | {"model_budget": str(EACH * 3), "model_at_once": "1"}
    code, out, _ = process(terminal, "--json", **tight)
    (meeting,) = json.loads(out)["meetings"]
    assert (code, meeting["status"], len(server.asked)) == (4, "partial", 3)
    code, out, err = process(terminal, "--json", **tight)
    assert (code, len(server.asked)) == (4, 3), err
    assert "Traceback" not in err
    assert terminal("process", terminal.call, "--engine", "llm", "--dry-run", **tight)[1].count(
        "The budget for this meeting is used up"
    )
    code, out, _ = process(terminal, "--json", **(PRICES | {"model_budget": "1"}))
    assert (code, json.loads(out)["meetings"][0]["status"]) == (0, "complete")
    assert cost(out)["all_runs"]["requests"] == len(server.asked)


def test_it_goes_with_the_meeting(terminal: Terminal, server):
    server.otherwise = counted(**ANSWERS)
    process(terminal, "--json")
    house = terminal.house()
    (meeting,) = house.tools.store.meetings()
    deletion.delete(ME, house, meeting.uid)
    assert house.tools.store.model_use() == ()
