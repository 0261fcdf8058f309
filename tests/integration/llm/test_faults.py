"""Everything that endpoints were seen to do wrong, one test each, over a real connection."""

import json

import pytest

from evals.bench.scripted import Reply, refused, said
from pipeline.engines.llm.faults import Fault
from tests.integration.llm.conftest import GOOD, question

TEXT = json.dumps(GOOD)


def fault_of(desk):
    with pytest.raises(Fault) as caught:
        desk.asker.ask(question())
    return caught.value


def test_a_good_answer_is_taken(desk, server):
    server.script = [said(GOOD, tokens_in=90, cached=40)]
    answer = desk.asker.ask(question())
    assert answer.value.items[0].turn == "T0001"
    assert (answer.usage.tokens_in, answer.usage.tokens_cached) == (90, 40)
    assert len(server.asked) == 1


def test_a_refusal_is_one_error_with_its_words_and_its_tokens(desk, server):
    server.script = [said(None, refusal="I cannot help with that.", tokens_in=90)]
    fault = fault_of(desk)
    assert (fault.kind, fault.remedy) == ("refused", "stop")
    assert "I cannot help" in fault.detail
    assert fault.usage.tokens_in == 90
    assert len(server.asked) == 1


def test_an_answer_at_its_limit_asks_for_less_at_once(desk, server):
    server.script = [said(TEXT[:30], finish="length", tokens_out=8000)]
    fault = fault_of(desk)
    assert (fault.kind, fault.remedy) == ("cut_off", "halve")
    assert fault.raw == TEXT[:30]
    assert fault.usage.tokens_out == 8000


def test_a_filtered_answer_asks_for_less_at_once(desk, server):
    server.script = [said("", finish="content_filter")]
    fault = fault_of(desk)
    assert (fault.kind, fault.remedy) == ("filtered", "halve")


def test_cut_json_is_never_completed_but_asked_for_again(desk, server):
    server.script = [said(TEXT[:-4]), said(GOOD)]
    assert desk.asker.ask(question()).value.items[0].kind == "ask"
    repair = server.asked[1]["messages"]
    assert repair[-2] == {"role": "assistant", "content": TEXT[:-4]}
    assert len(repair[-1]["content"]) < 500


def test_json_that_stays_cut_is_an_error_that_keeps_the_text(desk, server):
    server.script = [said(TEXT[:-4])] * 3
    fault = fault_of(desk)
    assert fault.kind == "not_json"
    assert fault.raw == TEXT[:-4]
    assert len(server.asked) == 2


def test_an_answer_of_another_shape_is_asked_for_again_with_what_was_wrong(desk, server):
    server.script = [said({"things": []}), said(GOOD)]
    desk.asker.ask(question())
    assert "items: Field required" in server.asked[1]["messages"][-1]["content"]


def test_one_bad_entry_does_not_take_the_good_ones_with_it(desk, server):
    mixed = {"items": [GOOD["items"][0], {"turn": "T0002", "kind": "song"}], "last_turn_seen": ""}
    server.script = [said(mixed)]
    answer = desk.asker.ask(question())
    assert [one.turn for one in answer.value.items] == ["T0001"]
    assert [(one.list_name, one.raw) for one in answer.bad] == [("items", mixed["items"][1])]


def test_a_fence_around_the_answer_is_taken_off(desk, server):
    server.script = [said(f"```json\n{TEXT}\n```")]
    assert desk.asker.ask(question()).value.items


def test_thoughts_before_the_answer_are_left_out(desk, server):
    server.script = [said(f"<think>the {{client}} asks…</think>\n{TEXT}")]
    assert desk.asker.ask(question()).value.items


def test_an_answer_in_a_tool_call_is_read(desk, server):
    call = {"id": "c", "type": "function", "function": {"name": "Found", "arguments": TEXT}}
    server.script = [said(None, tool_calls=[call])]
    assert desk.asker.ask(question()).value.items


@pytest.mark.parametrize("content", ["", None, "   \n"])
def test_an_empty_answer_is_asked_for_again_and_then_an_error(desk, server, content):
    server.otherwise = said(content, tokens_in=70)
    fault = fault_of(desk)
    assert fault.kind == "empty"
    assert fault.usage.tokens_in == 70
    assert len(server.asked) == desk.endpoint.tries


@pytest.mark.parametrize("choices", [[], None, "none", [None]])
def test_an_answer_without_choices_is_asked_for_again(desk, server, choices):
    server.script = [Reply(body={"id": "x", "choices": choices}), said(GOOD)]
    assert desk.asker.ask(question()).value.items
    assert len(desk.waits) == 1


def test_a_page_instead_of_an_answer_says_that_this_is_no_endpoint(desk, server):
    server.script = [Reply(body=b"<html><body>Sign in to the proxy</body></html>")]
    fault = fault_of(desk)
    assert fault.kind == "not_an_endpoint"
    assert "Sign in to the proxy" in fault.detail


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "This response_format type is unavailable now"),
        (422, "json_schema is not supported"),
        (500, "literal_error: Input should be 'text' or 'json_object'"),
        (400, "Failed to initialize samplers: failed to parse grammar"),
    ],
)
def test_a_form_that_is_refused_is_not_asked_for_again(desk, server, status, message):
    server.script = [refused(status, message), said(GOOD), said(GOOD)]
    desk.asker.ask(question())
    desk.asker.ask(question("another"))
    formats = [one.get("response_format", {}).get("type") for one in server.asked]
    assert formats == ["json_schema", None, None]
    assert "tools" in server.asked[1]


def test_the_loosest_form_is_plain_text(desk, server):
    server.script = [refused(400, "response_format and tools are not supported")] * 3 + [said(GOOD)]
    desk.asker.ask(question())
    assert desk.forms.mode == "text"
    assert {"tools", "response_format"}.isdisjoint(server.asked[-1])


def test_a_form_that_somebody_chose_is_not_changed(desk_of, server):
    desk = desk_of(mode="json_object")
    server.script = [refused(400, "response_format json_object is not supported")]
    assert fault_of(desk).kind == "form_refused"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 8192 tokens",
        "the request exceeds the available context size",
        "Range of input length should be [1, 30720]",
    ],
)
def test_a_question_that_is_too_long_asks_for_less_at_once(desk, server, message):
    server.script = [refused(400, message)]
    assert (fault_of(desk).kind, len(server.asked)) == ("too_long", 1)


def test_a_refused_key_stops_at_once_and_for_all(desk, server):
    server.script = [refused(401, "Incorrect API key provided")]
    assert fault_of(desk).kind == "key_refused"
    assert fault_of(desk).kind == "key_refused"
    assert len(server.asked) == 1


def test_an_empty_account_stops_at_once(desk, server):
    server.script = [refused(402, "Insufficient Balance")]
    assert (fault_of(desk).kind, len(server.asked)) == ("no_money", 1)


def test_a_used_up_quota_is_not_tried_again_though_it_looks_like_a_rush(desk, server):
    body = {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}
    server.script = [Reply(429, body)]
    assert (fault_of(desk).kind, len(server.asked)) == ("no_money", 1)


@pytest.mark.slow
def test_a_busy_endpoint_is_given_the_time_it_asks_for(desk, server):
    server.script = [refused(429, "slow down", retry_after="7"), said(GOOD)]
    desk.asker.ask(question())
    assert 7.0 in desk.waits


def test_a_busy_endpoint_that_names_no_time_is_asked_later_and_later(desk, server):
    server.script = [refused(429, "slow down")] * 3 + [said(GOOD)]
    desk.asker.ask(question())
    assert len(desk.waits) == 3
    assert desk.waits[0] < desk.waits[1] < desk.waits[2]


def test_an_endpoint_that_wants_an_hour_is_not_waited_for(desk, server):
    server.script = [refused(429, "slow down", retry_after="3600")]
    assert (fault_of(desk).kind, desk.waits) == ("busy", [])


@pytest.mark.parametrize("status", [500, 502, 503, 529])
def test_a_server_that_fails_is_asked_again(desk, server, status):
    server.script = [refused(status, "overloaded"), said(GOOD)]
    assert desk.asker.ask(question()).value.items


def test_a_server_that_goes_on_failing_is_an_error_after_four_tries(desk, server):
    server.otherwise = refused(503, "overloaded")
    assert (fault_of(desk).kind, len(server.asked)) == ("server", 4)


def test_an_answer_that_takes_too_long_is_asked_for_again(desk_of, server):
    desk = desk_of(timeout=0.3)
    slow = said(GOOD)
    server.script = [Reply(body=slow.body, delay=1.0), said(GOOD)]
    assert desk.asker.ask(question()).value.items
    assert len(server.asked) == 2


def test_a_dropped_connection_is_tried_again(desk, server):
    server.script = [Reply(drop=True), said(GOOD)]
    assert desk.asker.ask(question()).value.items


def test_an_address_where_nobody_answers_names_the_reason(desk_of, server):
    desk = desk_of(tries=2)
    server.server.shutdown()
    server.server.server_close()
    fault = fault_of(desk)
    assert fault.kind == "unreachable"
    assert "refused" in fault.detail.lower()


def test_an_unknown_model_is_named_as_such(desk, server):
    server.script = [refused(404, "The model `m` does not exist")]
    assert fault_of(desk).kind == "no_such_model"


def test_an_address_that_is_none_is_told_from_an_unknown_model(desk, server):
    server.script = [Reply(404, b"404 page not found")]
    assert fault_of(desk).kind == "not_an_endpoint"


def test_a_question_that_the_endpoint_cut_in_silence_is_noticed_by_its_count(desk, server):
    server.script = [said(GOOD, tokens_in=1200)]
    with pytest.raises(Fault) as caught:
        desk.asker.ask(question("说" * 4000))
    assert (caught.value.kind, caught.value.remedy) == ("input_cut", "halve")


def test_where_nothing_is_counted_the_last_turn_tells(desk, server):
    server.script = [said(GOOD)]
    with pytest.raises(Fault, match="input_cut"):
        desk.asker.ask(question(last="T0400"))


def test_a_model_that_takes_no_max_tokens_and_no_temperature_is_asked_in_its_words(desk, server):
    def reply(body):
        if "max_tokens" in body:
            return refused(
                400,
                "Unsupported parameter: 'max_tokens' is not supported with this model. "
                "Use 'max_completion_tokens' instead.",
            )
        if "temperature" in body:
            return refused(
                400, "Unsupported value: 'temperature' does not support 0 with this model."
            )
        return said(GOOD)

    server.otherwise = reply
    desk.asker.ask(question("one"))
    assert len(server.asked) == 3
    assert server.asked[-1]["max_completion_tokens"] == server.asked[0]["max_tokens"]
    desk.asker.ask(question("another"))
    assert len(server.asked) == 4


def test_one_that_refuses_even_then_is_no_endless_question(desk, server):
    server.otherwise = refused(400, "Unsupported value: 'temperature' does not support that.")
    assert fault_of(desk).kind == "rejected"
    assert len(server.asked) == 2


def test_no_test_asks_a_model_on_another_machine(desk_of, server):
    fault = fault_of(desk_of(base_url="http://192.0.2.1/v1", tries=1))
    assert fault.kind == "unreachable"
    assert "a test may not reach" in fault.detail
    assert server.asked == []
