"""A call goes to the host that was shown, through the proxy that was named, and nowhere else."""

from collections.abc import Iterator

import pytest
from langchain_core.messages import HumanMessage
from pydantic import SecretStr

from evals.bench.scripted import Reply, Scripted, said, serving
from pipeline import doctor
from pipeline.bootstrap import settings
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.errors import UnavailableError

KEY = "sk-not-for-anybody-0042"
WORDS = "the words of a client"
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
def other() -> Iterator[Scripted]:
    """A host that nobody was shown, or a proxy."""
    with serving() as scripted:
        scripted.otherwise = said({})
        yield scripted


@pytest.fixture(autouse=True)
def _nothing_of_the_surroundings(monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def ask(url):
    chat = CompatChat(endpoint=Endpoint(base_url=url, key=SecretStr(KEY), model="m", timeout=5.0))
    return chat.invoke([HumanMessage(content=WORDS)])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_says_where_it_points(server, other, status):
    server.otherwise = Reply(status, b"", {"location": f"{other.url}/chat?code={KEY}"})
    with pytest.raises(Fault) as caught:
        ask(server.url)
    assert not other.asked
    assert caught.value.kind == "not_an_endpoint"
    assert caught.value.detail == f"HTTP {status} → {other.url}/chat"


@pytest.mark.parametrize("name", PROXIES[:3])
def test_this_machine_is_never_reached_through_a_proxy(server, other, monkeypatch, name):
    monkeypatch.setenv(name, other.url)
    server.otherwise = said({})
    ask(server.url)
    ask(server.url.replace("127.0.0.1", "localhost"))
    assert (len(server.asked), len(other.asked)) == (2, 0)


def test_another_host_is_reached_through_the_proxy(other, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", other.url)
    ask("http://model.example/v1")
    assert WORDS in str(other.asked)
    assert other.headers[0]["Host"] == "model.example"


@pytest.mark.parametrize(
    ("excepted", "host"),
    [("model.example", "model.example"), ("10.0.0.0/8", "10.1.2.3"), ("*", "model.example")],
)
def test_what_is_excepted_is_not(other, monkeypatch, excepted, host):
    monkeypatch.setenv("HTTP_PROXY", other.url)
    monkeypatch.setenv("NO_PROXY", f"intranet.example, {excepted}")
    with pytest.raises(Fault) as caught:  # tests reach this machine alone
        ask(f"http://{host}/v1")
    assert caught.value.kind == "unreachable"
    assert not other.asked


def test_nothing_that_the_environment_has_for_one_vendor_reaches_another(
    server, other, monkeypatch
):
    monkeypatch.setenv("OPENAI_BASE_URL", other.url)
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", "mine-alone")
    monkeypatch.setenv(
        "OPENAI_CUSTOM_HEADERS",
        "X-Mine: mine-alone\nAuthorization: mine-alone\nHost: mine-alone\nAccept: mine-alone",
    )
    server.otherwise = said({})
    ask(server.url)
    assert "mine-alone" not in str(server.headers)
    assert "openai-" not in str(server.headers).lower()
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert not other.asked


def test_a_name_and_a_password_in_an_address_are_given_there(server):
    server.otherwise = said({})
    ask(server.url.replace("127", "me:pw@127"))
    assert server.headers[0]["authorization"] == "Basic bWU6cHc="


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("HTTP_PROXY", "ftp://me:hunter22@proxy.example", "ftp://proxy.example"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "SSL_CERT_FILE=/nowhere/ca.pem"),
    ],
)
def test_a_way_that_is_none_is_named_without_its_password(monkeypatch, name, value, named):
    monkeypatch.setenv(name, value)
    with pytest.raises(UnavailableError, match="model_way_broken") as caught:
        ask("http://model.example/v1")
    assert caught.value.params["named"] == named
    assert "hunter22" not in str(caught.value.params)


def test_the_doctor_names_the_proxy_without_its_password(server, other, monkeypatch):
    monkeypatch.setenv(
        "HTTP_PROXY", other.url.replace("127", "me:hunter22@127").removesuffix("/v1")
    )
    chosen = settings(engine="llm", model_url="http://model.example/v1", model_name="m")
    found = {one.code: one for one in doctor.check_endpoint(chosen, long=False)}
    assert found["model_proxy"].params["proxy"] == other.url.split("/")[2]
    assert "hunter22" not in str(found)
    here = settings(engine="llm", model_url=server.url, model_name="m")
    assert "model_proxy" not in {one.code for one in doctor.check_endpoint(here, long=False)}
