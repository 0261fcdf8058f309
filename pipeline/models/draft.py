"""What engines return: items and specs that cite turns and prove nothing yet."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from pipeline.models.answer import RecordedFrom
from pipeline.models.base import Model
from pipeline.models.evidence import Citation
from pipeline.models.item import (
    ActionFields,
    AskFields,
    Audience,
    ConcernFields,
    ConflictFields,
    DecisionFields,
    Kind,
    QuestionFields,
    RiskFields,
    Summary,
    Topic,
)
from pipeline.models.slots import Origin, PermissionRights
from pipeline.models.spec import SpecPlain

Step = Literal["thread", "reconsider", "relate", "summarise"]


class DraftItem(Audience):
    """What all drafts share. `ref` is local to one draft and only serves cross-references."""

    ref: str
    text: str
    citations: tuple[Citation, ...] = ()


class DraftDecision(DraftItem, DecisionFields):
    """A decision as an engine read it; `supersedes` is the ref of another draft."""


class DraftAsk(DraftItem, AskFields):
    """An ask as an engine read it; `duplicate_of` is the ref of another draft."""


class DraftAction(DraftItem, ActionFields):
    """An action as an engine read it."""


class DraftRisk(DraftItem, RiskFields):
    """A risk as an engine read it."""


class DraftQuestion(DraftItem, QuestionFields):
    """An open question as an engine read it."""


class DraftPosition(Model):
    """One side of a conflict."""

    text: str
    citations: tuple[Citation, ...] = ()


class DraftConflict(DraftItem, ConflictFields):
    """A conflict as an engine read it."""

    a: DraftPosition
    b: DraftPosition


class DraftConcern(DraftItem, ConcernFields):
    """A concern as an engine read it."""


DRAFT_TYPES: Mapping[Kind, type[DraftItem]] = {
    "decision": DraftDecision,
    "ask": DraftAsk,
    "action": DraftAction,
    "risk": DraftRisk,
    "question": DraftQuestion,
    "conflict": DraftConflict,
    "concern": DraftConcern,
}


class Unparsed(Model):
    """Something an engine returned that did not hold; kept so that nothing vanishes."""

    kind: str
    reason: str
    raw: Any = None
    cause: Literal["invalid", "no_answer"] = "invalid"
    """invalid: an entry that is told as missing; no_answer: `undone` or `unprocessed` tells it."""


class Draft(Model):
    """All that an engine read out of one transcript."""

    decisions: tuple[DraftDecision, ...] = ()
    asks: tuple[DraftAsk, ...] = ()
    actions: tuple[DraftAction, ...] = ()
    risks: tuple[DraftRisk, ...] = ()
    questions: tuple[DraftQuestion, ...] = ()
    conflicts: tuple[DraftConflict, ...] = ()
    concerns: tuple[DraftConcern, ...] = ()
    summary: Summary = Summary()
    topics: tuple[Topic, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    unprocessed: tuple[str, ...] = ()
    """Segments that no engine call covered, after a failure."""
    undone: tuple[Step, ...] = ()
    """Steps after the first reading that no answer was had for."""
    internal: tuple[str, ...] = ()
    """Segments spoken among ourselves: nothing of them reaches the client."""
    suspected: tuple[str, ...] = ()
    """Segments in which an ask was half heard and none was taken, the likeliest first."""
    recorded_from: RecordedFrom | None = None
    """Set where the answers behind it were recorded before."""

    def plus(self, more: "Draft") -> "Draft":
        """With the items of another draft of the same call; summary and topics stay."""
        lists = ("decisions", "asks", "actions", "risks", "questions", "conflicts", "concerns")
        joined = {
            name: (*getattr(self, name), *getattr(more, name))
            for name in (*lists, "unparsed", "undone", "suspected")
        }
        return self.with_(**joined)


class DraftSlot(Model):
    """A value with the turns it is said to come from."""

    value: str | bool | None = None
    origin: Origin = "unknown"
    citations: tuple[Citation, ...] = ()

    @model_validator(mode="after")
    def _unknown_is_empty(self) -> Self:
        if (self.origin == "unknown") != (self.value is None):
            raise ValueError("a slot is unknown exactly when it has no value")
        return self


class DraftField(Model):
    """A data field as an engine read it."""

    label: str
    name: str | None = None
    type: str | None = None
    required: DraftSlot = DraftSlot()
    example: DraftSlot = DraftSlot()
    origin: Origin
    citations: tuple[Citation, ...] = ()


class DraftPermission(PermissionRights):
    """A permission row as an engine read it."""

    origin: Origin
    citations: tuple[Citation, ...] = ()


class DraftSpec(SpecPlain):
    """An ask made buildable, before anything was proved."""

    ask: str = Field(description="id of the ask it answers")
    goal: DraftSlot = DraftSlot()
    pain: DraftSlot = DraftSlot()
    trigger: DraftSlot = DraftSlot()
    format: DraftSlot = DraftSlot()
    actors: tuple[DraftSlot, ...] = ()
    rules: tuple[DraftSlot, ...] = ()
    limits: tuple[DraftSlot, ...] = ()
    behaviours: tuple[DraftSlot, ...] = ()
    errors: tuple[DraftSlot, ...] = ()
    data_fields: tuple[DraftField, ...] = ()
    permissions: tuple[DraftPermission, ...] = ()
    origin_engine: Literal["rules", "llm", "recorded"] = "rules"
