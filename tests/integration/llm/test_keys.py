"""A key is sent to its endpoint and stands nowhere else, whatever comes back."""

import traceback

import pytest

from evals.bench.scripted import Reply, refused, said
from pipeline import bootstrap, endpoints
from pipeline.engines.llm.chat import HIDDEN
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.stopping import raised
from pipeline.errors import InputError
from tests.integration.llm.conftest import GOOD, question

KEY = "sk-not-for-anybody-0042"


@pytest.fixture
def keyed(desk_of):
    return desk_of(key=KEY, tries=1)


def everywhere(fault, desk):
    """All that a log, an error or a page could be made of."""
    error = raised(fault, desk.endpoint)
    trace = "".join(traceback.format_exception(fault))
    return [str(fault), repr(fault), fault.raw, fault.detail, trace, str(error), repr(error.params)]


def test_it_is_sent_where_it_belongs(keyed, server):
    server.script = [said(GOOD)]
    keyed.asker.ask(question())
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "reply",
    [
        refused(401, f"Incorrect API key provided: {KEY}."),
        Reply(401, {"detail": [{"input": f"Bearer {KEY}"}]}),
        Reply(403, f"<html><p>Bearer {KEY} is not welcome</p></html>".encode()),
        Reply(body=f"<html>Sign in, {KEY}</html>".encode()),
        refused(429, f"Too many requests for {KEY}", retry_after="999"),
        refused(500, f"upstream said {KEY}"),
        refused(400, f"bad request by {KEY}"),
        said(f"no JSON but {KEY}"),
        said(None, refusal=f"I know {KEY}"),
    ],
)
def test_an_endpoint_that_repeats_it_does_not_get_it_shown(keyed, server, reply):
    server.otherwise = reply
    with pytest.raises(Fault) as caught:
        keyed.asker.ask(question())
    found = everywhere(caught.value, keyed)
    assert [text for text in found if KEY in text] == []
    assert HIDDEN in "".join(found)


@pytest.mark.parametrize("key", [f"{KEY}\n", f"{KEY} 密"])
def test_a_key_that_cannot_be_sent_never_reaches_a_library_that_repeats_it(
    monkeypatch, server, key
):
    monkeypatch.setenv("DRAGOMAN_MODEL_KEY", key)
    chosen = bootstrap.settings(model_url=server.url, model_name="m")
    with pytest.raises(InputError) as caught:
        endpoints.probed(chosen)
    assert caught.value.code == "model_key_broken"
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert server.asked == []


def test_without_a_key_the_endpoint_is_said_to_want_one(desk_of, server):
    desk = desk_of(tries=1)
    server.otherwise = refused(401, "no key")
    with pytest.raises(Fault) as caught:
        desk.asker.ask(question())
    assert raised(caught.value, desk.endpoint).code == "model_key_wanted"


def test_a_password_in_the_address_is_in_no_error(desk_of, server):
    address = server.url.replace("//", "//me:hunter22@")
    desk = desk_of(base_url=address, tries=1)
    server.otherwise = refused(401, "no")
    with pytest.raises(Fault) as caught:
        desk.asker.ask(question())
    assert [text for text in everywhere(caught.value, desk) if "hunter22" in text] == []
