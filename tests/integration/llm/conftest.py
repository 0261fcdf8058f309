"""A real endpoint on loopback and somebody who asks it; waiting takes no time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from evals.bench.scripted import Scripted, serving
from pipeline.engines.llm.asking import Asker, Question
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.meter import Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.wire import Wire
from pipeline.models.answer import KeptAnswer
from tests.integration.llm.terminal import Terminal

GOOD = {"items": [{"turn": "T0001", "kind": "ask"}], "last_turn_seen": "T0001"}


class Item(Wire):
    turn: str
    kind: Literal["ask", "risk"]


class Found(Wire):
    items: tuple[Item, ...]
    last_turn_seen: str | None


class Remembered(dict[tuple[str, str], KeptAnswer]):
    """What a store would keep."""

    def answer(self, meeting: str, key: str) -> KeptAnswer | None:
        return self.get((meeting, key))

    def save_answer(self, meeting: str, key: str, answer: KeptAnswer) -> None:
        self[meeting, key] = answer


class Desk:
    """Somebody who asks, and what they waited for."""

    def __init__(self, server: Scripted, **endpoint: Any) -> None:
        self.server = server
        self.endpoint = Endpoint(
            **({"base_url": server.url, "model": "m", "timeout": 5.0} | endpoint)
        )
        self.waits: list[float] = []
        self.now = 0.0
        self.memory = Remembered()
        self.meter = Meter(model="m", prices=self.endpoint.prices, budget=self.endpoint.budget)
        self.forms = Forms(self.endpoint)
        self.asker = Asker(
            CompatChat(endpoint=self.endpoint),
            self.endpoint,
            memory=self.memory,
            meter=self.meter,
            pace=Pace(sleep=self.waits.append),
            forms=self.forms,
            sleep=self.waits.append,
            clock=lambda: self.now,
        )


@pytest.fixture
def server() -> Iterator[Scripted]:
    with serving() as scripted:
        yield scripted


@pytest.fixture
def terminal(server: Scripted, tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, server.url)


@pytest.fixture
def desk(server: Scripted) -> Desk:
    return Desk(server)


@pytest.fixture
def desk_of(server: Scripted) -> Callable[..., Desk]:
    return lambda **endpoint: Desk(server, **endpoint)


def question(text: str = "what was asked?", last: str | None = None) -> Question[Found]:
    messages = (SystemMessage(content="Answer in JSON."), HumanMessage(content=text))
    return Question("asks", "asks@1+abc", messages, Found, last_turn=last)
