"""The kinds of items in minutes, and the fields that make each kind what it is.

Each kind has one class of its own fields. A draft of it carries citations (models/draft.py),
the item itself carries evidence (models/minutes.py): the two never mix.
"""

from typing import Literal

from pipeline.models.base import Model, Side, Visibility

Kind = Literal["decision", "ask", "action", "risk", "question", "conflict", "concern"]
KINDS: tuple[Kind, ...] = (
    "decision",
    "ask",
    "action",
    "risk",
    "question",
    "conflict",
    "concern",
)
LETTERS: dict[str, str] = {
    "decision": "D",
    "ask": "A",
    "action": "T",
    "risk": "R",
    "question": "Q",
    "conflict": "C",
    "concern": "E",
    "spec": "S",
}
"""First letter of the short id."""

DecisionState = Literal["agreed", "tentative", "deferred", "rejected"]
AskKind = Literal[
    "function", "report", "integration", "permission", "data", "nfr", "config", "process"
]
AskStatus = Literal["live", "withdrawn", "already_supported", "duplicate"]
Priority = Literal["must", "should", "could", "wont", "unknown"]
RiskKind = Literal["schedule", "scope", "data", "technical", "people", "security", "contract"]
Level = Literal["low", "medium", "high", "unknown"]
ConflictKind = Literal["client-client", "client-us", "earlier"]
Progress = Literal["open", "doing", "done", "accepted", "dropped"]
ReviewState = Literal["draft", "needs_client", "approved", "rejected"]


class Scope(Model):
    """Whether the contract covers it, and the line that decided so."""

    verdict: Literal["in", "out", "unclear"] = "unclear"
    line: str | None = None


class Audience(Model):
    """Who may see something. `not_for` names participants it must never reach."""

    visibility: Visibility = "client"
    not_for: tuple[str, ...] = ()


class DecisionFields(Model):
    """Something settled, for now or for good."""

    state: DecisionState = "agreed"
    by: str | None = None
    supersedes: str | None = None
    """id of the earlier decision this one replaces."""


class AskFields(Model):
    """Something the client wants. `text` sums it up after all corrections."""

    raw_quote: str = ""
    speaker: str | None = None
    kind: AskKind = "function"
    status: AskStatus = "live"
    duplicate_of: str | None = None
    priority: Priority = "unknown"
    priority_by: str | None = None
    pain: str | None = None
    scope: Scope = Scope()


class ActionFields(Model):
    """Something somebody will do."""

    owner: str | None = None
    side: Side = "unknown"
    due_verbatim: str | None = None
    due_date: str | None = None
    """ISO date; null where the words do not give one."""
    deliverable: str | None = None
    weak: bool = False
    """Promised in words that promise little."""


class RiskFields(Model):
    """Something that may go wrong."""

    kind: RiskKind = "schedule"
    likelihood: Level = "unknown"
    impact: Level = "unknown"


class QuestionFields(Model):
    """A question raised in the call and left open."""

    who: str | None = None
    """Who can answer it."""


class ConflictFields(Model):
    """Two statements that cannot both hold; the sides are told apart by the draft and the item."""

    kind: ConflictKind = "client-client"


class ConcernFields(Model):
    """A worry or annoyance, noted as an observation."""

    who: str | None = None


class Summary(Model):
    """A few sentences on the call: all of it for us, and what the client may read."""

    internal: str = ""
    client: str = ""


class Topic(Audience):
    """A stretch of the call about one thing."""

    title: str
    start: float | None = None
    end: float | None = None
