"""What a probe says of endpoints that do well, that only pretend, and that are not there."""

import json
import re

import pytest

from evals.bench.scripted import Reply, refused, said
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.probing import long_tokens, probe
from pipeline.engines.llm.tokens import estimate

GOOD = {"colour_of_the_sky": "blau", "number_of_sides_of_a_triangle": 3}
DAY = re.compile(r"order of day (\d+) was (written|lost)")


def probed(desk, **more):
    return probe(CompatChat(endpoint=desk.endpoint), desk.endpoint, **more)


def shown(body):
    return "\n".join(str(one["content"]) for one in body["messages"])


def obedient(body):
    """A model that nothing holds to a form: it does what the prompt says."""
    return {"word": "blue"} if '"word"' in shown(body) else GOOD


def reader(*, keep=lambda days: days, count=None, short=lambda body: GOOD):
    """An endpoint whose model sees only some of the lines of a long question."""

    def reply(body):
        days = [(int(number), what) for number, what in DAY.findall(shown(body))]
        if not days:
            return said(short(body))
        seen = keep(days)
        lost = next((number for number, what in seen if what == "lost"), 0)
        told = {"first_day": seen[0][0], "lost_day": lost, "last_day": seen[-1][0]}
        whole = estimate(shown(body))
        counted = 0 if count is None else int(count * whole)
        return said(told, tokens_in=counted)

    return reply


def test_an_endpoint_that_holds_its_form_and_reads_all(desk, server):
    server.otherwise = reader(count=0.85)
    assert probed(desk, long=True) == ("json_schema", True, "all", None)


def test_one_that_takes_the_form_and_ignores_it_is_told(desk, server):
    server.otherwise = lambda body: said(obedient(body))
    found = probed(desk)
    assert (found.mode, found.enforced) == ("json_schema", False)
    assert len(server.asked) == 2  # a second try with its mistakes named would have hidden it


def test_one_that_answers_in_prose_whatever_it_is_asked_for_answers_all_the_same(desk, server):
    server.otherwise = said("The sky is blue.")
    found = probed(desk)
    assert (found.mode, found.enforced, found.fault) == ("json_schema", False, None)


def test_the_form_that_is_left_after_stepping_down_is_named(desk, server):
    def reply(body):
        kind = body.get("response_format", {}).get("type")
        if kind == "json_schema" or "tools" in body:
            return refused(400, "This response_format type is unavailable now; tools neither")
        return said(GOOD)

    server.otherwise = reply
    found = probed(desk)
    assert (found.mode, found.enforced) == ("json_object", False)
    assert len(server.asked) == 3  # nothing holds JSON to a form: there is nothing to find out


def test_one_that_refuses_only_the_schema_is_held_by_a_tool(desk, server):
    def reply(body):
        if "response_format" in body:
            return refused(400, "response_format json_schema is not supported")
        call = {"function": {"name": "Colour", "arguments": json.dumps(GOOD)}}
        return said(None, tool_calls=[call])

    server.otherwise = reply
    found = probed(desk)
    assert (found.mode, found.enforced) == ("tool", True)


@pytest.mark.parametrize("count", [None, 0.3])
@pytest.mark.parametrize(
    "keep",
    [
        lambda days: days[len(days) // 3 :],
        lambda days: days[: len(days) // 3],
        lambda days: days[:5] + days[-5:],
    ],
    ids=["front", "end", "middle"],
)
def test_one_that_cuts_what_it_reads_is_found_out(desk, server, keep, count):
    server.otherwise = reader(keep=keep, count=count)
    assert probed(desk, long=True) == ("json_schema", True, "cut", None)


def test_a_cut_that_the_count_shows_is_found_though_the_answer_is_right(desk, server):
    server.otherwise = reader(count=0.3)
    assert probed(desk, long=True).reads == "cut"


def test_a_cut_whose_answer_is_of_no_use_is_found_by_the_count(desk, server):
    server.otherwise = lambda body: (
        said("What text?", tokens_in=900) if DAY.search(shown(body)) else said(GOOD)
    )
    assert probed(desk, long=True).reads == "cut"


def test_one_that_counts_all_and_answers_wrongly_is_in_doubt(desk, server):
    server.otherwise = reader(keep=lambda days: days[9:], count=0.9)
    assert probed(desk, long=True).reads == "unsure"


def test_a_long_question_that_fails_is_no_cut(desk, server):
    server.otherwise = lambda body: (
        refused(400, "maximum context length is 4096") if DAY.search(shown(body)) else said(GOOD)
    )
    found = probed(desk, long=True)
    assert (found.mode, found.enforced, found.reads) == ("json_schema", True, None)
    assert found.fault.kind == "too_long"


def test_a_fault_on_the_way_does_not_count_as_a_form_that_does_not_hold(desk, server):
    server.script = [said(GOOD)]
    server.otherwise = refused(503, "overloaded")
    found = probed(desk)
    assert (found.mode, found.enforced, found.fault.kind) == ("json_schema", None, "server")


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (refused(401, "Incorrect API key"), "key_refused"),
        (Reply(body=b"<html><title>Sign in</title></html>"), "not_an_endpoint"),
        (Reply(404, b"<html>nothing here</html>"), "not_an_endpoint"),
        (refused(404, "model m not found"), "no_such_model"),
        (Reply(drop=True), "unreachable"),
    ],
)
def test_one_that_is_not_there_says_why_at_once(desk, server, reply, kind):
    server.otherwise = reply
    found = probed(desk, long=True)
    assert (found.mode, found.enforced, found.fault.kind) == (None, None, kind)
    assert len(server.asked) == 1


def test_each_question_is_told_before_it_is_asked(desk, server):
    server.otherwise = reader()
    steps = []
    probed(desk, long=True, told=lambda step: steps.append((step, len(server.asked))))
    assert steps == [("answers", 0), ("holds", 1), ("reads", 2)]


def test_the_long_question_is_as_long_as_was_said_beforehand(desk, server):
    server.otherwise = reader()
    probed(desk, long=True)
    length = estimate(shown(server.asked[-1]))
    assert abs(length - long_tokens(desk.endpoint)) < 0.05 * length


def test_no_word_of_a_client_is_sent(desk, server):
    server.otherwise = reader()
    probed(desk, long=True)
    sent = "".join(str(one["messages"]) for one in server.asked)
    assert all(ord(one) < 0x2E80 for one in sent)
