"""What a real llama.cpp server does with our questions. Opt-in: it has to be built or installed.

    DRAGOMAN_LLAMA_SERVER=/path/to/llama-server pytest -m llamacpp

The model is written here, of random weights, by the `gguf` package. It speaks no sense, but keeps
to a form that has bounds; the forms of our call sites have none, so that a form of the test's own
stands in for them.
"""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import Field

from pipeline.engines.llm.asking import Answer, Asker, Question
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.meter import Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.wire import Wire
from tests.integration.llm.conftest import Remembered

SERVER = os.environ.get("DRAGOMAN_LLAMA_SERVER", "")  # read before the tests' own surroundings
pytestmark = [
    pytest.mark.llamacpp,
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER, reason="DRAGOMAN_LLAMA_SERVER names no llama-server"),
]
KEY = "sk-test"
CONTEXT = 2048
PATIENCE = 60.0
"""Seconds in which it has to be up."""

Words = Annotated[str, Field(max_length=12)]


class Found(Wire):
    """As nested as the forms of the call sites, and bounded."""

    quote: Words
    turn: Annotated[str, Field(pattern="^T[0-9]{4}$")]


class Bounded(Wire):
    items: Annotated[tuple[Found, ...], Field(min_length=1, max_length=3)]
    kind: Literal["ask", "risk"]
    likely: Annotated[int, Field(ge=0, le=9)]
    pain: Words | None
    blocking: bool


class Endless(Wire):
    text: Annotated[str, Field(min_length=1000)]


class TooMuch(Wire):
    """More than the server makes a grammar of."""

    text: Annotated[str, Field(min_length=4000)]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server, with a model of random weights, for all tests of this file."""
    gguf = pytest.importorskip("gguf", reason="the gguf package writes the model")
    from tests.integration.llamacpp.random_model import write  # noqa: PLC0415 - needs no gguf

    model = write(tmp_path_factory.mktemp("model") / "random.gguf", gguf)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [SERVER, "--model", str(model), "--host", "127.0.0.1", "--port", str(port)]
    command += ["--ctx-size", str(2 * CONTEXT), "--parallel", "2", "--threads", "2"]
    command += ["--reasoning-format", "none", "--api-key", KEY, "--offline"]
    log = model.with_suffix(".log")
    with log.open("w") as written:
        server = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT)
    try:
        _wait(f"http://127.0.0.1:{port}/health", server, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(10)


def _wait(address: str, server: subprocess.Popen[bytes], log: Any) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{SERVER} did not start:\n{log.read_text()[-2000:]}")


def asker(url: str, **endpoint: Any) -> Asker:
    chosen: dict[str, Any] = {"key": KEY, "at_once": 2, "answer_tokens": 512, "tries": 1}
    chosen |= {"mode": "json_schema", "keep_bounds": True, "timeout": 60.0}
    one = Endpoint(base_url=url, model="random", **(chosen | endpoint))
    return Asker(
        CompatChat(endpoint=one),
        one,
        memory=Remembered(),
        meter=Meter(),
        pace=Pace(),
        forms=Forms(one),
    )


def question(text: str, schema: type[Wire] = Bounded) -> Question[Wire]:
    said = (SystemMessage(content="Answer in JSON."), HumanMessage(content=text))
    return Question("asks", "asks@1+abc", said, schema)


def fault(answer: Answer[Wire] | Fault) -> str:
    return answer.kind if isinstance(answer, Fault) else "answered"


def test_every_answer_keeps_to_the_form(url):
    answers = asker(url).ask_all([question(f"导出 {number}") for number in range(30)])
    assert [fault(one) for one in answers] == ["answered"] * 30
    assert all(one.bad == () and one.value.items for one in answers)


def test_the_tokens_of_an_answer_arrive(url):
    first, second = (asker(url).ask(question("订单 " * 100)) for _ in range(2))
    assert 100 < first.usage.tokens_in < CONTEXT
    assert 0 < first.usage.tokens_out <= 512
    assert second.usage.tokens_cached > 0


def test_any_object_is_a_form_it_knows(url):
    """Without bounds random weights may never come to an end; the form itself is taken."""
    (answer,) = asker(url, mode="json_object").ask_all([question("导出")])
    assert fault(answer) in ("answered", "cut_off", "invalid", "not_json")


def test_the_strictest_form_is_found_without_being_named(url):
    desk = asker(url, mode="auto")
    desk.ask(question("风险"))
    assert desk._forms.mode == "json_schema"


def test_an_answer_that_reaches_its_limit_is_cut_off(url):
    (answer,) = asker(url, answer_tokens=256).ask_all([question("导出", Endless)])
    assert fault(answer) == "cut_off"
    assert answer.usage.tokens_out == 256


def test_a_form_that_it_makes_no_grammar_of_is_refused(url):
    (answer,) = asker(url).ask_all([question("导出", TooMuch)])
    assert (fault(answer), answer.remedy) == ("form_refused", "step_down")


def test_a_question_that_is_too_long_is_told_so(url):
    (answer,) = asker(url).ask_all([question("导出 " * 2 * CONTEXT)])
    assert (fault(answer), answer.remedy) == ("too_long", "halve")


def test_a_wrong_key_is_told_so(url):
    (answer,) = asker(url, key="sk-wrong").ask_all([question("导出")])
    assert fault(answer) == "key_refused"
