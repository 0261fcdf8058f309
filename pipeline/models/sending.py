"""What would leave this machine for a meeting, before any of it does."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import Field

from pipeline.models.base import Model


class Message(NamedTuple):
    """One part of a question."""

    role: str
    """system or user."""
    text: str


class Outgoing(Model):
    """One question, exactly as it would be sent."""

    site: str
    """Call site: which prompt asks."""
    request: dict[str, Any] = Field(default_factory=dict)
    """The whole body of the request."""
    tokens_in: int = 0
    """About how many tokens it has."""

    @property
    def messages(self) -> Iterator[Message]:
        """Its text, part by part."""
        for one in self.request.get("messages", ()):
            yield Message(str(one["role"]), str(one["content"]))


class Hidden(Model):
    """What is replaced before anything is sent; it stays on this machine."""

    sign: str
    text: str


class Later(Model):
    """Questions of one call site that rest on answers which are not there yet."""

    site: str
    questions: int
    """About how many."""
    carries: tuple[str, ...] = ()
    """What they are made of: the inputs of their prompt."""


class Estimate(Model):
    """About what all that is still to be asked will take."""

    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    money: float | None = None
    """At the prices that are set; null where none are."""
    seconds: float = 0.0
    """By the clock, several questions under way at a time."""
    known: int = 0
    """Earlier requests to this model that the lengths of answers are taken from; 0: assumed."""


class Sending(Model):
    """What processing a meeting would send now, where to, and what it would take."""

    host: str
    """Host and port of the endpoint."""
    proxy: str = ""
    """Host and port of the proxy on the way there; empty where there is none."""
    model: str
    hides: str
    """What is hidden: nothing, numbers, or names as well."""
    first: tuple[Outgoing, ...] = ()
    """The questions whose text is settled: they go out first."""
    hidden: tuple[Hidden, ...] = ()
    """Signs that stand in those questions, and what for."""
    later: tuple[Later, ...] = ()
    kept: int = 0
    """Questions that were answered before: they are not sent again."""
    estimate: Estimate = Estimate()
    spent: float | None = None
    """Money that this meeting cost already."""
    budget: float | None = None
    """Money that it may cost."""

    @property
    def held_up(self) -> bool:
        """Whether nothing would be sent because the money for this meeting is used up."""
        return self.budget is not None and self.spent is not None and self.spent >= self.budget
