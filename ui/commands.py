"""What the browser sends of what people do, and what it is answered."""

from typing import Any, Literal

from pydantic import Field

from pipeline.models.base import Model
from pipeline.models.item import ReviewState
from pipeline.models.review import Entity, Operation, Seen
from pipeline.service.naming import Gift


class Chosen(Model):
    """One of several that are approved together, as it was when they were counted."""

    uid: str
    hash: str
    """Of its content."""
    review: ReviewState
    stale: tuple[str, ...] = ()


class Command(Model):
    """One thing somebody did."""

    id: str = Field(min_length=1, max_length=64)
    """Made in the browser; the answer names it."""
    op: Literal["edit", "approve_many", "undo", "segment", "name"]
    entity: Entity = "item"
    uid: str = ""
    operation: Operation | None = None
    field: str | None = None
    before: Any = None
    after: Any = None
    reason: str | None = None
    seen: Seen | None = None
    asked: str | None = None
    """answer: the words of the question; a new run may have given its id to another."""
    follows: str | None = None
    """id of an edit of the same thing that this yes takes note of: what it made is approved."""
    items: tuple[Chosen, ...] = ()
    """approve_many: all of them."""
    events: tuple[str, ...] = ()
    """undo: uids of the events."""
    undoes: str | None = None
    """undo: id of the command to take back, where its answer was still on its way."""
    version: int | None = None
    """segment: the version of the transcript that was looked at."""
    all: bool = False
    """segment: every turn of the speaker `named`."""
    named: str | None = None
    gift: Gift | None = None
    """name: some turns, and whose they are."""


class Answer(Model):
    """What became of a command."""

    id: str
    ok: bool
    message: str = ""
    """Why not, in the reader's language."""
    yours: str | None = None
    theirs: str | None = None
    """Both texts, where somebody else was quicker."""
    events: tuple[str, ...] = ()
    """uids of the events it made: what an undo takes back."""
    hash: str | None = None
    """Content hash of what was edited, as it is now."""
    lost: bool = False
    """Whether it was not understood: the browser shows what was in it, and drops it."""
