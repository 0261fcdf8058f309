"""Edits: what people changed, as events on top of an immutable draft."""

from typing import Any, Literal

from pydantic import Field

from pipeline.models.actor import Actor
from pipeline.models.base import Model

Operation = Literal[
    "set", "approve", "reject", "needs_client", "reopen", "answer", "erratum", "progress", "cover"
]
"""set: a field's value; reopen: back to draft; cover: what became of an uncited turn."""


class Edit(Model):
    """One change somebody wants to make to one item, spec, segment or uncited turn."""

    entity: Literal["item", "spec", "segment", "coverage", "project", "meeting"]
    entity_uid: str
    operation: Operation
    field: str | None = None
    """Dotted path inside the entity, for set and erratum."""
    before: Any = Field(default=None, description="the value the editor saw")
    after: Any = None
    reason: str | None = None


class EditEvent(Model):
    """An edit that happened: append-only, chained by hash for each entity.

    `hash` covers everything here but itself and the edit's body, which is represented by
    `body_hash`; so a body can be deleted and the chain still proves that something was decided.
    """

    uid: str
    project: str
    meeting: str
    entity: str
    entity_uid: str
    seq: int
    """1-based place in the chain of the entity."""
    actor: Actor
    at: str
    operation: Operation
    body_hash: str
    prev_hash: str
    """Hash of the event before it in the chain; empty for the first."""
    hash: str
    body: Edit | None = None
    """Null when the words were deleted."""
