"""FeatureSpec: what developers build from, every value with its origin."""

from typing import Literal, Self

from pydantic import Field, model_validator

from pipeline.models.base import Language, Model, Side
from pipeline.models.item import AskKind, Audience, Progress, ReviewState, Scope
from pipeline.models.slots import Permission, Slot, SlotKey, SpecField

SPEC_SCHEMA: Literal["dragoman/spec/v1"] = "dragoman/spec/v1"

Fit = Literal["standard", "config", "custom", "integration", "process"]
SpecStatus = Literal[
    "draft", "needs_answers", "approved", "confirmed", "handed_off", "superseded", "dropped"
]


class Acceptance(Model):
    """One test a client or a tester can run."""

    given: str
    when: str
    then: str
    kind: Literal["happy", "failure", "permission", "boundary"]


class OpenQuestion(Model):
    """A thing a developer needs and nobody said, with answers to choose from."""

    id: str
    slot: SlotKey
    question: str
    why_it_matters: str = ""
    options: tuple[str, ...] = ()
    recommended: str | None = None
    blocking: bool = False
    answer: str | None = None
    answered_by: str | None = None
    """Name of whoever said it; null where only their side is known."""
    answered_at: str | None = None
    answered_side: Side | None = None
    noted_by: str | None = None
    """Who wrote the answer down, where that is somebody else."""
    ask_now: bool | None = None
    """What a person said: true, it goes to the client now; false, it waits; null: nobody did."""


class Finding(Model):
    """A weakness of wording or content that code found."""

    code: str
    severity: Literal["error", "warning", "info"]
    slot: str
    """Path of the value inside the spec, such as "rules[0]"."""
    reason: str
    suggestion: str = ""

    @property
    def said_elsewhere(self) -> bool:
        """Whether an open question of the same spec says it already, wherever both stand."""
        return self.code == "blocking_open" or (self.code, self.severity) == ("no_column", "info")


class Approval(Model):
    """A person's yes to one exact content."""

    who: str
    side: Side
    role: str | None = None
    when: str
    channel: str
    content_hash: str


MOST_DAYS = 999
"""Person-days of one spec above which somebody mistyped."""


class Effort(Model):
    """An estimate, only ever from a named person."""

    days: float | None = Field(default=None, gt=0, le=MOST_DAYS, allow_inf_nan=False)
    """Person-days."""
    by: str | None = None

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if self.days is not None and not (self.by or "").strip():
            raise ValueError("an effort needs the name of whoever estimated it")
        return self


class Attachment(Model):
    """A file that belongs to a spec."""

    name: str
    sha256: str


class Link(Model):
    """Where a spec lives in another system."""

    target: str
    key: str
    url: str | None = None


class SpecPlain(Audience):
    """The fields of a spec that are plain text, the same before and after grounding."""

    title: str
    language: Language = "en"
    kind: AskKind = "function"
    fit: Fit = "custom"
    fit_line: str | None = None
    """The capability, as the project lists it, that decided the fit; null where none did."""
    scope: Scope = Scope()
    acceptance: tuple[Acceptance, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    assumptions: tuple[str, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    feasibility: tuple[str, ...] = ()


class FeatureSpec(SpecPlain):
    """A spec whose stated values are proved by evidence."""

    schema_: Literal["dragoman/spec/v1"] = Field(default=SPEC_SCHEMA, alias="schema")
    uid: str
    id: str
    project: str
    meetings: tuple[str, ...]
    version: int = Field(default=1, ge=1)
    content_hash: str = ""
    status: SpecStatus = "draft"
    review: ReviewState = "draft"
    progress: Progress = "open"
    edited: bool = False
    stale: tuple[str, ...] = ()
    asks: tuple[str, ...]
    origin_engine: str
    goal: Slot = Slot()
    pain: Slot = Slot()
    trigger: Slot = Slot()
    format: Slot = Slot()
    actors: tuple[Slot, ...] = ()
    rules: tuple[Slot, ...] = ()
    limits: tuple[Slot, ...] = ()
    behaviours: tuple[Slot, ...] = ()
    errors: tuple[Slot, ...] = ()
    data_fields: tuple[SpecField, ...] = ()
    permissions: tuple[Permission, ...] = ()
    supersedes: str | None = None
    effort: Effort = Effort()
    attachments: tuple[Attachment, ...] = ()
    findings: tuple[Finding, ...] = ()
    approvals: tuple[Approval, ...] = ()
    links: tuple[Link, ...] = ()
