"""Many questions to one endpoint: at once, paced, remembered, within the budget, told to nobody."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from langchain_core.tracers.langchain import wait_for_all_tracers
from langsmith.utils import get_env_var

from evals.bench.scripted import Reply, refused, said
from pipeline.engines.llm.endpoint import Prices
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.pace import Pace
from tests.integration.llm.conftest import GOOD, question

NEWER = {
    "temperature": "Unsupported value: 'temperature' does not support 0 with this model.",
    "max_tokens": "Unsupported parameter: 'max_tokens' is not supported with this model.",
}
"""What newer models of OpenAI say to a request with these."""


def many(count):
    return [question(f"question {number}") for number in range(count)]


def test_no_more_questions_are_under_way_than_allowed(desk_of, server):
    desk = desk_of(at_once=3)
    server.otherwise = Reply(body=said(GOOD).body, delay=0.05)
    answers = desk.asker.ask_all(many(12))
    assert all(not isinstance(one, Fault) for one in answers)
    assert server.most_under_way == 3


@pytest.mark.parametrize("name", NEWER)
def test_questions_that_learn_at_once_what_a_model_refuses_are_all_answered(desk_of, server, name):
    both = threading.Barrier(2)

    def reply(body):
        if name not in body:
            return said(GOOD)
        both.wait(5)
        return refused(400, NEWER[name])

    server.otherwise = reply
    answers = desk_of(at_once=2).asker.ask_all(many(2))
    assert [one for one in answers if isinstance(one, Fault)] == []
    assert len(server.asked) == 4


def test_one_question_that_fails_leaves_the_others_standing_in_their_order(desk, server):
    def reply(body):
        number = body["messages"][-1]["content"]
        if number == "question 2":
            return said(None, refusal="no")
        return said({"items": [{"turn": number, "kind": "ask"}], "last_turn_seen": None})

    server.otherwise = reply
    answers = desk.asker.ask_all(many(5))
    assert isinstance(answers[2], Fault)
    told = [one.value.items[0].turn for one in answers if not isinstance(one, Fault)]
    assert told == ["question 0", "question 1", "question 3", "question 4"]


def test_a_key_that_is_refused_is_not_tried_with_every_question(desk_of, server):
    desk = desk_of(at_once=1)
    server.otherwise = refused(401, "Incorrect API key")
    answers = desk.asker.ask_all(many(20))
    assert {one.kind for one in answers} == {"key_refused"}
    assert len(server.asked) == 1


def test_a_key_that_was_refused_is_tried_again_a_while_later(desk, server):
    """A worker lives for weeks: somebody mends the key, or the server comes back."""
    server.script = [refused(401, "Incorrect API key"), said(GOOD)]
    for _ in range(2):
        with pytest.raises(Fault, match="key_refused"):
            desk.asker.ask(question())
    assert len(server.asked) == 1
    desk.now = 31.0
    assert desk.asker.ask(question()).value.items


def test_the_budget_of_one_meeting_is_not_that_of_another(desk_of, server):
    desk = desk_of(at_once=1, prices=Prices(tokens_in=10.0), budget=0.01)
    server.otherwise = said(GOOD, tokens_in=1000)
    desk.asker.ask(question("a"))
    with pytest.raises(Fault, match="budget"):
        desk.asker.ask(question("b"))
    assert desk.asker.ask(question("c")._replace(meeting="other")).value.items


def test_the_same_question_is_asked_once_and_costs_nothing_later(desk, server):
    server.script = [said(GOOD, tokens_in=90)]
    desk.asker.ask(question())
    again = desk.asker.ask(question())
    assert again.kept
    assert again.value.items[0].turn == "T0001"
    assert len(server.asked) == 1
    assert desk.meter.sites("")["asks"].kept == 1
    assert desk.meter.total("").tokens_in == 90


def test_another_model_or_text_is_another_question(desk, desk_of, server):
    server.otherwise = said(GOOD)
    desk.asker.ask(question())
    desk.asker.ask(question("other words"))
    other = desk_of(model="m2")
    other.asker._memory = desk.memory
    other.asker.ask(question())
    assert len(server.asked) == 3


def test_what_could_not_be_used_is_not_remembered(desk, server):
    server.script = [said(None, refusal="no"), said(GOOD)]
    with pytest.raises(Fault):
        desk.asker.ask(question())
    assert not desk.asker.ask(question()).kept


def test_the_budget_stops_cleanly_with_what_is_done(desk_of, server):
    desk = desk_of(at_once=1, prices=Prices(tokens_in=10.0, tokens_out=10.0), budget=0.025)
    server.otherwise = said(GOOD, tokens_in=980, tokens_out=20)
    answers = desk.asker.ask_all(many(6))
    kinds = [one.kind if isinstance(one, Fault) else "ok" for one in answers]
    assert kinds == ["ok", "ok", "ok", "budget", "budget", "budget"]
    assert desk.meter.money("") == pytest.approx(0.03)
    assert len(server.asked) == 3


def test_failed_tries_are_counted_too(desk, server):
    server.script = [said("", tokens_in=50), said(GOOD, tokens_in=50)]
    desk.asker.ask(question())
    assert desk.meter.sites("")["asks"].requests == 2
    assert desk.meter.total("").tokens_in == 100


def test_what_a_fault_of_the_endpoint_took_is_counted(desk, server):
    server.script = [said(GOOD, finish="length", tokens_in=50, tokens_out=8000)]
    with pytest.raises(Fault, match="cut_off"):
        desk.asker.ask(question())
    assert (desk.meter.total("").tokens_in, desk.meter.total("").tokens_out) == (50, 8000)
    assert desk.meter.sites("")["asks"].requests == 1


def test_what_the_endpoint_kept_from_before_costs_less(desk_of, server):
    desk = desk_of(prices=Prices(tokens_in=10.0, tokens_cached=1.0, tokens_out=0.0))
    server.script = [said(GOOD, tokens_in=1_000_000, cached=900_000)]
    desk.asker.ask(question())
    assert desk.meter.money("") == pytest.approx(1.9)


def test_requests_and_tokens_are_spread_over_the_minutes():
    now, waits = [0.0], []

    def sleep(seconds):
        waits.append(seconds)
        now[0] += seconds

    pace = Pace(requests=2, tokens=1000, clock=lambda: now[0], sleep=sleep)
    for tokens in (100, 100, 100, 950):
        pace.take(tokens)
    assert waits == [60.0, 60.0]
    pace.take(5000)
    assert now[0] == 180.0


def test_what_one_is_told_to_wait_holds_for_all():
    now, waits = [0.0], []

    def sleep(seconds):
        waits.append(seconds)
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)
    pace.hold(7.0)
    pace.take(1)
    assert waits == [7.0]


def test_the_key_goes_in_the_header_and_nowhere_else(desk_of, server):
    desk = desk_of(key="sk-very-secret")
    server.script = [said(GOOD)]
    desk.asker.ask(question())
    sent = {name.lower(): value for name, value in server.headers[0].items()}
    assert sent["authorization"] == "Bearer sk-very-secret"
    assert "sk-very-secret" not in json.dumps(server.asked)
    assert "sk-very-secret" not in repr(desk.endpoint)


def test_no_tracing_service_hears_of_it_whatever_the_environment_says(desk, server, monkeypatch):
    heard = []

    class Listener(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_POST(self):
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_GET = do_POST

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{listener.server_port}"
    for name in ("LANGSMITH", "LANGCHAIN"):
        monkeypatch.setenv(f"{name}_ENDPOINT", address)
        monkeypatch.setenv(f"{name}_API_KEY", "key")
        monkeypatch.setenv(f"{name}_TRACING", "true")
        monkeypatch.setenv(f"{name}_TRACING_V2", "true")
    server.otherwise = said(GOOD)
    get_env_var.cache_clear()
    desk.asker.ask_all(many(3))
    desk.asker.ask(question("one by itself"))
    wait_for_all_tracers()
    get_env_var.cache_clear()
    listener.shutdown()
    listener.server_close()
    assert heard == []
    assert len(server.asked) == 4
