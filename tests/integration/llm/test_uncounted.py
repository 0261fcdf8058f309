"""Where an endpoint does not tell what a request took, it is estimated, and a budget holds."""

import json
import socket
import sys
from collections.abc import Iterator

import pytest

from evals.bench.scripted import Reply, refused, said
from pipeline.engines.llm.endpoint import Prices
from pipeline.engines.llm.faults import Fault
from tests.integration.llm.conftest import GOOD, question
from tests.integration.llm.model import answering
from tests.integration.llm.terminal import Terminal
from tests.integration.llm.test_whole_way import ANSWERS

TEXT = "说" * 2000
ASKED = 2000 + 4
"""Tokens of a question with it, and with the words of `question`, by our estimate."""
ANSWERED = -(-len(json.dumps(GOOD)) // 4)


def silent(reply: Reply) -> Reply:
    """The same answer without a word of its tokens."""
    return Reply(reply.status, {**reply.body, "usage": None})


def counted(desk):
    (use,) = desk.meter.cost("").uses
    return use.requests, use.estimated, use.usage.tokens_in, use.usage.tokens_out


def test_an_answer_without_a_count_is_estimated_from_both_texts(desk, server):
    server.script = [silent(said(GOOD))]
    answer = desk.asker.ask(question(TEXT))
    assert counted(desk) == (1, 1, ASKED, ANSWERED)
    assert answer.usage.tokens_in == 0


def test_what_is_told_is_taken_as_told(desk, server):
    server.script = [said(GOOD, tokens_in=1700, tokens_out=9)]
    desk.asker.ask(question(TEXT))
    assert counted(desk) == (1, 0, 1700, 9)


def test_a_cut_answer_without_a_count_is_estimated_too(desk, server):
    server.script = [silent(said("x" * 400, finish="length"))]
    with pytest.raises(Fault, match="cut_off"):
        desk.asker.ask(question(TEXT))
    assert counted(desk) == (1, 1, ASKED, 100)


def test_a_question_that_got_no_answer_in_time_is_counted(desk_of, server):
    desk = desk_of(timeout=0.2, tries=2)
    server.otherwise = Reply(body=said(GOOD).body, delay=0.6)
    with pytest.raises(Fault, match="timeout"):
        desk.asker.ask(question(TEXT))
    assert counted(desk) == (2, 2, 2 * ASKED, 0)


@pytest.mark.parametrize("status", [400, 401, 402, 429, 500])
def test_a_refused_request_costs_nothing(desk_of, server, status):
    desk = desk_of(tries=1)
    server.otherwise = refused(status, "no")
    with pytest.raises(Fault):
        desk.asker.ask(question(TEXT))
    assert counted(desk) == (1, 0, 0, 0)


@pytest.fixture
def full() -> Iterator[int]:
    """The port of a server whose queue is full: nobody is let in, nobody is turned away."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield server.getsockname()[1]
        for one in waiting:
            one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="others turn away whom they cannot queue")
def test_a_question_that_never_arrived_costs_nothing(desk_of, full):
    desk = desk_of(base_url=f"http://127.0.0.1:{full}/v1", timeout=0.3, tries=1)
    with pytest.raises(Fault, match="timeout"):
        desk.asker.ask(question(TEXT))
    assert counted(desk) == (1, 0, 0, 0)


def test_the_budget_stops_an_endpoint_that_counts_nothing(desk_of, server):
    prices = Prices(tokens_in=1_000_000 / ASKED)
    desk = desk_of(at_once=1, prices=prices, budget=2.5)
    server.otherwise = silent(said(GOOD))
    questions = [question("说" * 1999 + str(number)) for number in range(5)]
    faults = [one for one in desk.asker.ask_all(questions) if isinstance(one, Fault)]
    assert (len(server.asked), {one.kind for one in faults}) == (3, {"budget"})


@pytest.mark.slow
def test_people_and_machines_are_told_that_it_is_an_estimate(terminal: Terminal, server):
    answer = answering(**ANSWERS)

    def reply(body):
        made = answer(body)
        return silent(made if isinstance(made, Reply) else said(made))

    server.otherwise = reply
    prices = {"model_price_in": "10", "model_price_out": "100"}
    arguments = ("process", terminal.call, "--engine", "llm")
    _, out, err = terminal(*arguments, **prices)
    told = " ".join(out.split())
    assert "Cost about" in told, err
    assert f"For {len(server.asked)} of the requests the other side did not say" in told
    cost = json.loads(terminal(*arguments, "--json", **prices)[1])["meetings"][0]["cost"]
    assert cost["all_runs"]["estimated_requests"] == len(server.asked)
    assert cost["all_runs"]["money"] > 0
