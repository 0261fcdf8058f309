"""What a probe says of endpoints that do well, that only pretend, and that are not there."""

from evals.bench.scripted import refused, said
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.probing import probe

GOOD = {"colour_of_the_sky": "blau", "number_of_sides_of_a_triangle": 3}


def probed(desk, **more):
    return probe(CompatChat(endpoint=desk.endpoint), desk.endpoint, **more)


def echoing(upto=None):
    def reply(body):
        text = body["messages"][-1]["content"]
        if "order of day" in text:
            last = text.count("order of day")
            return said({"last_number": min(last, upto or last)})
        return said(GOOD)

    return reply


def test_an_endpoint_that_holds_its_form_and_reads_all(desk, server):
    server.otherwise = echoing()
    assert probed(desk, long=True) == ("json_schema", True, True, None)


def test_one_that_takes_the_form_and_ignores_it_is_told(desk, server):
    def reply(body):
        prose = "no JSON at all" in body["messages"][0]["content"]
        return said("Blue.") if prose else said(GOOD)

    server.otherwise = reply
    found = probed(desk)
    assert (found.mode, found.enforced) == ("json_schema", False)


def test_the_form_that_is_left_after_stepping_down_is_named(desk, server):
    def reply(body):
        kind = body.get("response_format", {}).get("type")
        if kind == "json_schema" or "tools" in body:
            return refused(400, "This response_format type is unavailable now; tools neither")
        return said(GOOD)

    server.otherwise = reply
    assert probed(desk).mode == "json_object"


def test_one_that_cuts_what_it_reads_is_found_out(desk, server):
    server.otherwise = echoing(upto=40)
    found = probed(desk, long=True)
    assert (found.whole, found.fault.kind) == (False, "input_cut")


def test_one_that_is_not_there_says_why(desk, server):
    server.otherwise = refused(401, "Incorrect API key")
    found = probed(desk)
    assert (found.mode, found.fault.kind) == (None, "key_refused")
    assert len(server.asked) == 1


def test_no_word_of_a_client_is_sent(desk, server):
    server.otherwise = echoing()
    probed(desk, long=True)
    shown = "".join(str(one["messages"]) for one in server.asked)
    assert all(ord(one) < 0x2E80 for one in shown)
