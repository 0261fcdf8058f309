"""What a person reads where a model cannot be asked: true, whole, and without raw library text."""

import socket
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from evals.bench.scripted import Reply, refused
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.refusals import unreached
from pipeline.engines.llm.stopping import raised
from pipeline.words.loader import say
from tests.integration.llm.conftest import question

PAGE = (
    b"<!DOCTYPE HTML><html><head><title>Error response</title></head><body><h1>Error response"
    b"</h1><p>Message: Unsupported method ('POST'). The model is no function.</p></body></html>"
)


class _Silent(BaseHTTPRequestHandler):
    """Speaks http, and tells nobody what it was asked."""

    def log_message(self, format, *args):
        pass


def told(desk, language="en"):
    with pytest.raises(Fault) as caught:
        desk.asker.ask(question())
    error = raised(caught.value, desk.endpoint)
    return say(f"error.{error.code}", language, **error.params)


@pytest.mark.parametrize("key", ["bad1", "sk-bad", "sk-bad-longer-than-eight"])
@pytest.mark.parametrize("status", [401, 200])
def test_a_key_of_any_length_that_an_endpoint_repeats_is_hidden(desk_of, server, key, status):
    said = f"Incorrect API key provided: Bearer {key}"
    server.otherwise = Reply(status, {"error": {"message": said}})
    shown = told(desk_of(key=key, tries=1))
    assert key not in shown
    assert status != 401 or shown.endswith("dragoman model set --key")


def test_a_short_key_that_is_a_word_of_the_call_stays_in_the_answer(desk_of, server):
    page = b"no json, but the test of the call"
    server.otherwise = Reply(200, page)
    with pytest.raises(Fault) as caught:
        desk_of(key="test", tries=1).asker.ask(question())
    assert "the test of" in caught.value.raw


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_no_key_is_set_none_is_shown_that_looks_like_one(desk_of, server, language):
    server.otherwise = refused(401, "Incorrect API key provided: Bearer none.")
    shown = told(desk_of(tries=1), language)
    assert "none." not in shown
    assert "Bearer none" not in shown
    assert "model set --key" in shown


@pytest.mark.parametrize("status", [404, 405, 501, 400, 422])
def test_a_plain_web_server_is_no_model_and_is_asked_once(desk, server, status):
    server.otherwise = Reply(status, PAGE)
    shown = told(desk)
    assert "is no model endpoint" in shown
    assert f"HTTP {status}: Error response" in shown
    assert "Unsupported method" not in shown
    assert "/v1." not in shown  # the address ends in it
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [405, 501])
def test_nor_is_one_that_says_so_in_json(desk, server, status):
    server.otherwise = Reply(status, {"detail": "Method Not Allowed"})
    assert "is no model endpoint" in told(desk)
    assert len(server.asked) == 1


def test_an_address_that_does_not_end_in_a_version_is_told_how_it_usually_ends(desk_of, server):
    server.otherwise = Reply(404, PAGE)
    assert "usually ends in /v1" in told(desk_of(base_url=server.url.removesuffix("/v1")))


def test_a_gateway_that_is_overloaded_is_still_asked_again(desk, server):
    server.otherwise = Reply(502, b"<html><title>502 Bad Gateway</title></html>")
    assert "fails: HTTP 502: 502 Bad Gateway." in told(desk)
    assert len(server.asked) == desk.endpoint.tries


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("said", ["It failed.", "失败了。", "It failed..."])
def test_no_sentence_ends_twice(desk, server, said, language):
    server.otherwise = refused(418, said)
    shown = told(desk, language)
    assert not any(twice in shown for twice in ("..", ".。", "。。", "。."))


def test_a_rush_is_only_said_to_name_a_time_where_it_does(desk, server):
    server.otherwise = refused(429, "slow down")
    assert "takes no more questions just now" in told(desk)
    server.otherwise = refused(429, "slow down", retry_after="600")
    assert "asks us to wait 600 seconds" in told(desk)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_try_is_not_called_several(desk_of, server, language):
    server.otherwise = Reply(delay=0.5)
    shown = told(desk_of(timeout=0.1, tries=1), language)
    assert "several" not in shown
    assert "几次" not in shown
    assert "0.1" in shown


@pytest.mark.parametrize(
    ("address", "en"),
    [
        ("http://127.0.0.1:9/v1", "Nothing listens at http://127.0.0.1:9/v1"),
        ("127.0.0.1:9/v1", "has to begin with http:// or https://"),
    ],
)
def test_an_address_where_there_is_nothing_is_told_in_plain_words(desk_of, address, en):
    shown = told(desk_of(base_url=address, tries=1))
    assert en in shown
    assert not any(raw in shown for raw in ("Errno", "Error:", "UnsupportedProtocol"))


def test_a_server_without_https_is_told_in_plain_words(desk_of):
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Silent)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        address = f"https://127.0.0.1:{server.server_port}/v1"
        shown = told(desk_of(base_url=address, tries=1))
    finally:
        server.shutdown()
        server.server_close()
    assert "does not speak https" in shown
    assert "SSL" not in shown


def test_a_name_that_nobody_knows_and_a_certificate_are_told_apart():
    unknown = socket.gaierror(-2, "Name or service not known")
    assert unreached(unknown).cause == "no_host"
    assert unreached(ssl.SSLCertVerificationError("self-signed")).cause == "certificate"
