"""Minutes: the items of one meeting, each resting on evidence."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from pipeline.models.answer import RecordedFrom
from pipeline.models.base import Language, Model
from pipeline.models.evidence import Evidence
from pipeline.models.item import (
    ActionFields,
    AskFields,
    Audience,
    ConcernFields,
    ConflictFields,
    DecisionFields,
    Kind,
    Progress,
    QuestionFields,
    ReviewState,
    RiskFields,
    Summary,
    Topic,
)

MINUTES_SCHEMA: Literal["dragoman/minutes/v1"] = "dragoman/minutes/v1"

Cue = Literal["ask", "decision", "action", "risk", "question", "concern"]


class Item(Audience):
    """What all items share."""

    uid: str
    id: str
    """Short id such as "D1", unique in the project, never reused."""
    text: str
    evidence: tuple[Evidence, ...] = ()
    review: ReviewState = "draft"
    edited: bool = False
    content_hash: str = ""
    stale: tuple[str, ...] = ()
    origin_engine: str

    @property
    def doubtful(self) -> bool:
        """Whether no evidence proves it: shown first, never approved in bulk."""
        return not any(one.good for one in self.evidence)

    @property
    def first_segment(self) -> str | None:
        """The segment that, with the kind, makes an item the same over two runs."""
        return next((one.segments[0] for one in self.evidence if one.segments), None)


class Decision(Item, DecisionFields):
    """Something settled."""


class Ask(Item, AskFields):
    """Something the client wants."""

    spec: str | None = None
    """id of the spec made from it."""


class Action(Item, ActionFields):
    """Something somebody will do."""

    progress: Progress = "open"


class Risk(Item, RiskFields):
    """Something that may go wrong."""


class Question(Item, QuestionFields):
    """A question left open."""

    ask_now: bool | None = None
    """What a person said: true, it goes to the client now; false, it waits; null: nobody did."""


class Position(Model):
    """One side of a conflict."""

    text: str
    evidence: tuple[Evidence, ...] = ()


class Conflict(Item, ConflictFields):
    """Two statements that cannot both hold."""

    a: Position
    b: Position


class Concern(Item, ConcernFields):
    """A worry or annoyance."""

    progress: Progress = "open"


class Uncited(Model):
    """A turn that sounds like something and led to no item."""

    segment: str
    cue: Cue
    state: Literal["open", "accepted", "attached", "dismissed"] = "open"
    item: str | None = None


class Coverage(Model):
    """What was said and led to nothing yet."""

    uncited: tuple[Uncited, ...] = ()
    unprocessed: tuple[str, ...] = ()


class Minutes(Model):
    """All items of one meeting, at one transcript version."""

    schema_: Literal["dragoman/minutes/v1"] = Field(default=MINUTES_SCHEMA, alias="schema")
    meeting: str
    transcript_version: int
    language: Language
    reviewed: bool = False
    status: Literal["complete", "partial"] = "complete"
    missing: tuple[str, ...] = ()
    recorded_from: RecordedFrom | None = None
    """Set where no model was asked: the answers behind it were recorded before."""
    summary: Summary = Summary()
    topics: tuple[Topic, ...] = ()
    decisions: tuple[Decision, ...] = ()
    asks: tuple[Ask, ...] = ()
    actions: tuple[Action, ...] = ()
    risks: tuple[Risk, ...] = ()
    questions: tuple[Question, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    concerns: tuple[Concern, ...] = ()
    coverage: Coverage = Coverage()

    def items(self) -> Iterator[tuple[Kind, Item]]:
        """Every item with its kind, in the order of the arrays."""
        for kind, name in ARRAYS.items():
            for item in getattr(self, name):
                yield kind, item


ARRAYS: dict[Kind, str] = {
    "decision": "decisions",
    "ask": "asks",
    "action": "actions",
    "risk": "risks",
    "question": "questions",
    "conflict": "conflicts",
    "concern": "concerns",
}
"""Which array of the minutes holds which kind."""
ITEM_TYPES: dict[Kind, type[Item]] = {
    "decision": Decision,
    "ask": Ask,
    "action": Action,
    "risk": Risk,
    "question": Question,
    "conflict": Conflict,
    "concern": Concern,
}
