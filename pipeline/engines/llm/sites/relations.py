"""Call sites thread, relate, reconsider and summarise: what a model fills in."""

from typing import Literal

from pipeline.engines.llm.wire import Wire


class ThreadTurn(Wire):
    """A turn that belongs to an ask, and what it does to it."""

    t: str
    role: Literal["detail", "correction", "withdrawal", "disagreement", "confirmation"]


class WireThread(Wire):
    """Everything said about one ask."""

    ask: str
    turns: tuple[ThreadTurn, ...]
    text: str
    status: Literal["live", "withdrawn"]


class Threads(Wire):
    """Of every ask."""

    threads: tuple[WireThread, ...]
    last_turn_seen: str | None


class WireDuplicate(Wire):
    """Two asks that are one."""

    ask: str
    of: str


class WireSupported(Wire):
    """An ask that the system meets today."""

    ask: str
    capability: int


class WireScope(Wire):
    """Whether the contract covers an ask."""

    ask: str
    verdict: Literal["in", "out", "unclear"]
    line: int | None


class WireSuperseded(Wire):
    """A decision that a later one replaced."""

    decision: str
    by: str


class Relations(Wire):
    """How items relate to each other, to the system and to the contract."""

    duplicates: tuple[WireDuplicate, ...]
    supported: tuple[WireSupported, ...]
    scope: tuple[WireScope, ...]
    superseded: tuple[WireSuperseded, ...]


class WireSecondLook(Wire):
    """What became of one turn that nothing cited."""

    turn: str
    verdict: Literal["new", "belongs", "none"]
    kind: Literal["ask", "decision", "action", "risk", "question", "concern"] | None
    text: str | None
    quote: str | None
    ref: str | None


class SecondLooks(Wire):
    """Of every turn that was asked about."""

    looks: tuple[WireSecondLook, ...]


class WireTopic(Wire):
    """A stretch of the call about one thing."""

    title: str
    first: str
    last: str


class WireSummary(Wire):
    """The call in a few sentences, for ourselves."""

    internal: str
    topics: tuple[WireTopic, ...]
    last_turn_seen: str | None


class WireClientSummary(Wire):
    """The call in a few sentences, for the client."""

    client: str
    last_turn_seen: str | None
