"""What can be wrong with a question to a model or its answer, and what helps.

The kinds are those seen from real endpoints: some fail loudly, some answer 200 with half a text.
"""

from collections.abc import Callable
from typing import Literal, Self

from pipeline.models.answer import Usage

Kind = Literal[
    "refused",
    "cut_off",
    "filtered",
    "empty",
    "not_json",
    "invalid",
    "no_answer",
    "not_an_endpoint",
    "input_cut",
    "too_long",
    "form_refused",
    "key_refused",
    "no_money",
    "no_such_model",
    "busy",
    "server",
    "timeout",
    "unreachable",
    "rejected",
    "budget",
    "not_recorded",
    "not_sent",
]
"""refused: the model declined; cut_off: the answer reached its limit; filtered: by the
endpoint; no_answer: an answer without choices; not_an_endpoint: a page instead of JSON;
input_cut: the endpoint dropped part of the question in silence; form_refused: it knows no such
response format; rejected: any other 4xx; budget: ours is used up, nothing was asked;
not_recorded: a recording is replayed and holds no answer to this; not_sent: a rehearsal, nothing
may be asked."""
Cause = Literal["closed", "no_host", "certificate", "no_tls", "no_scheme"]
"""Why an endpoint is unreachable. closed: nothing listens there; no_host: nobody knows the name;
certificate: its certificate is not trusted; no_tls: it speaks http and was asked by https;
no_scheme: the address begins with neither."""
Remedy = Literal["again", "step_down", "halve", "repair", "stop"]
"""again: after a pause; step_down: a looser form; halve: fewer turns in one question; repair:
once more, with what was wrong; stop: a person has to do something."""

REMEDIES: dict[Kind, Remedy] = {
    "refused": "stop",
    "cut_off": "halve",
    "filtered": "halve",
    "empty": "again",
    "not_json": "repair",
    "invalid": "repair",
    "no_answer": "again",
    "not_an_endpoint": "stop",
    "input_cut": "halve",
    "too_long": "halve",
    "form_refused": "step_down",
    "key_refused": "stop",
    "no_money": "stop",
    "no_such_model": "stop",
    "busy": "again",
    "server": "again",
    "timeout": "again",
    "unreachable": "again",
    "rejected": "stop",
    "budget": "stop",
    "not_recorded": "stop",
    "not_sent": "stop",
}
LASTING: frozenset[Kind] = frozenset(
    {"not_an_endpoint", "key_refused", "no_money", "no_such_model", "unreachable"}
)
"""Whoever meets one of these need not ask anything else just now: it would end the same way."""

BILLED: frozenset[Kind] = frozenset({"refused", "cut_off", "filtered", "no_answer", "timeout"})
"""An endpoint worked on the question, or may have: it costs something, told or not."""


class Fault(Exception):
    """A question that got no answer we may use; raw text and usage are kept."""

    def __init__(
        self,
        kind: Kind,
        detail: str = "",
        *,
        raw: str = "",
        usage: Usage | None = None,
        wait: float | None = None,
        reached: bool = True,
        cause: Cause | None = None,
    ) -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind: Kind = kind
        self.detail = detail
        self.raw = raw
        self.usage = usage or Usage()
        self.wait = wait
        """Seconds that the endpoint asked us to wait."""
        self.reached = reached
        """Whether the question may have arrived; it has not where there was no connection."""
        self.cause: Cause | None = cause
        """Why it is unreachable, where that is known."""

    @property
    def billed(self) -> bool:
        """Whether the question is likely to be paid."""
        return self.reached and self.kind in BILLED

    def without(self, hiding: Callable[[str], str]) -> Self:
        """The same, with what its detail may not show taken out."""
        hidden = hiding(self.detail)
        if hidden != self.detail:
            self.detail = hidden
            self.args = (f"{self.kind}: {hidden}",)
        return self

    @property
    def remedy(self) -> Remedy:
        """What helps."""
        return REMEDIES[self.kind]
