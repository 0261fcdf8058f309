"""Edits: what people changed, as events on top of an immutable draft."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Literal

from pydantic import Field

from pipeline.models.actor import Actor
from pipeline.models.base import Model, Side
from pipeline.models.correction import Mended
from pipeline.models.hashing import digest
from pipeline.models.item import ReviewState
from pipeline.models.spec import OpenQuestion

Operation = Literal[
    "set",
    "approve",
    "reject",
    "needs_client",
    "reopen",
    "answer",
    "erratum",
    "progress",
    "cover",
    "split",
    "add",
    "ask",
]
"""set: a field's value; reopen: back to draft; answer: to a spec's open question; erratum: a
slip of the pen, no change of substance; cover: what became of an uncited turn; split: of a
segment into two; add: of an item that no draft holds, made of words of the call; ask: whether an open question goes
to the client now."""
Entity = Literal["item", "spec", "segment", "coverage", "minutes", "project", "meeting"]

REVIEWED: dict[str, ReviewState] = {
    "approve": "approved",
    "reject": "rejected",
    "needs_client": "needs_client",
    "reopen": "draft",
}
"""Operations that decide on an item or spec, and the review state each leads to."""

EDITED_SINCE = "changed_since_approval"
"""Reason in `stale`: the content is no longer what was approved."""
NOT_FOUND_AGAIN = "not_found_again"
"""Reason in `stale`, followed by ":" and the run that did not find it."""
SEGMENT_CORRECTED = "segment_corrected"
"""Reason in `stale`, followed by ":" and the id of the segment."""
DRAFT_CHANGED = "draft_changed"
"""Reason in `stale`, followed by ":" and the field: a later run reads it otherwise than the
draft that somebody edited. The edit stands."""
EDIT_LOST = "edit_lost"
"""Reason in `stale`, followed by ":" and the field: a later run has no place for the edit."""
ASK_GONE = "ask_gone"
"""Reason in `stale` of a spec: its ask is no longer live."""


class Seen(Model):
    """What of an item or spec a yes takes note of besides its content."""

    review: ReviewState
    stale: tuple[str, ...] = ()


class Edit(Model):
    """One change somebody wants to make to one item, spec, segment or uncited turn."""

    entity: Entity
    entity_uid: str
    """uid; for a segment or an uncited turn the id of the segment."""
    operation: Operation
    field: str | None = None
    """set, erratum: dotted path inside the entity, such as "scope.line" or "rules[0]";
    answer, ask: id of the question of a spec; cover: the cue."""
    version: int | None = None
    """segment: the version of the transcript that was corrected; meeting: the one that was there."""
    before: Any = Field(
        default=None,
        description="what the editor saw: the value; for approve the content hash; "
        "for reject, needs_client and reopen the review state; for cover the state",
    )
    after: Any = Field(
        default=None,
        description="the new value; for approve null or {who, side, role, channel}; "
        "for cover {state, item}; for split {at, ids}; for answer {answer, who, side}, or null; "
        "for add {kind, item}; for ask true, false or null",
    )
    reason: str | None = None
    mended: Mended | None = None
    """segment: the place that a correction of the project's list changed; null where a person
    wrote the text."""
    seen: Seen | None = None
    """approve: what the editor saw besides the content; null where nobody noted it."""
    asked: OpenQuestion | None = None
    """answer, ask: the question as it was asked; a newer draft may number it otherwise, or not ask."""
    undoes: str | None = None
    """uid of the event whose change this one takes back."""
    together: str | None = None
    """Edits of one act share it: they are taken back together."""
    command: str | None = None
    """What the face that sent it calls it: so the same, sent again, is known to be done."""
    restored: Any = Field(
        default=None,
        description="of what is taken back, that which no value tells: the slot or row with its "
        "origin and evidence; what was stale; who had answered",
    )


class Voice(Model):
    """For whom somebody approves, and how it reached us."""

    who: str | None = None
    """Name of whoever said yes, where that is not the actor."""
    side: Side = "us"
    role: str | None = None
    channel: str | None = None


class Reply(Model):
    """An answer to an open question, and who gave it."""

    answer: str = Field(min_length=1)
    who: str | None = None
    """Name of whoever said it; null where nobody knows, or where it is our own answer."""
    side: Side = "unknown"


class Missed(Model):
    """An item that a later run no longer found."""

    run: int
    after: int
    """How many edits of the meeting came before that run."""


class Deletion(Model):
    """What was removed and what was kept, by name and number.

    Kept are `edits` (that something was decided: who and when, no words), `shared_files` (another
    project holds the same file), `old_pages` (somebody still reads the database as it was before),
    `files` and `logs` (the disk refused). All but the first two go with the next attempt.
    """

    removed: dict[str, int] = Field(default_factory=dict)
    kept: dict[str, int] = Field(default_factory=dict)
    unused_blobs: tuple[str, ...] = ()
    """Content that no meeting refers to any more: its owner forgets it next."""

    def plus(self, other: "Deletion") -> "Deletion":
        """Both as one."""
        return Deletion(
            removed=_sum(self.removed, other.removed),
            kept=_sum(self.kept, other.kept),
            unused_blobs=tuple(dict.fromkeys(self.unused_blobs + other.unused_blobs)),
        )


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in one | other}


class EditEvent(Model):
    """An edit that happened: append-only, chained by hash for each entity.

    `hash` covers everything here but itself, the edit's body and the salt; the body is
    represented by `body_hash`. So a body can be deleted and the chain still proves that something
    was decided; the salt goes with the body, so that its words cannot be guessed from the hash.
    """

    uid: str
    project: str
    meeting: str
    entity: Entity
    entity_uid: str
    seq: int
    """1-based place in the chain of the entity."""
    actor: Actor
    at: str
    """UTC instant with Z."""
    operation: Operation
    body_hash: str
    prev_hash: str
    """Hash of the event before it in the chain; empty for the first."""
    hash: str
    salt: str | None = None
    body: Edit | None = None
    """Null when the words were deleted."""


def chain(
    edit: Edit,
    *,
    after: EditEvent | None,
    uid: str,
    salt: str,
    actor: Actor,
    at: str,
    project: str,
    meeting: str,
) -> EditEvent:
    """The edit as the event that follows `after` in the chain of its entity."""
    event = EditEvent(
        uid=uid,
        project=project,
        meeting=meeting,
        entity=edit.entity,
        entity_uid=edit.entity_uid,
        seq=after.seq + 1 if after else 1,
        actor=actor,
        at=at,
        operation=edit.operation,
        body_hash=_body_hash(edit, salt),
        prev_hash=after.hash if after else "",
        hash="",
        salt=salt,
        body=edit,
    )
    return event.with_(hash=_event_hash(event))


def verify(events: Sequence[EditEvent]) -> tuple[EditEvent, ...]:
    """The events that do not hold, in the order of their chains; empty when all do.

    An event holds when it follows the one before it without a gap, its hash is that of its
    values, and its body, where still there, is the one that was hashed. The end of a chain that
    was cut off leaves no trace here: the database refuses to delete.
    """
    return tuple(broken for links in _chains(events) for broken in _broken(links))


def _chains(events: Sequence[EditEvent]) -> Iterator[list[EditEvent]]:
    def entity(event: EditEvent) -> tuple[str, str, str]:
        return event.meeting, event.entity, event.entity_uid

    for _, links in groupby(sorted(events, key=entity), key=entity):
        yield sorted(links, key=lambda event: event.seq)


def _broken(links: Sequence[EditEvent]) -> Iterator[EditEvent]:
    last: EditEvent | None = None
    for place, event in enumerate(links, start=1):
        follows = event.seq == place and event.prev_hash == (last.hash if last else "")
        if not (follows and event.hash == _event_hash(event) and _body_holds(event)):
            yield event
        last = event


def _body_holds(event: EditEvent) -> bool:
    edit = event.body
    if edit is None:
        return True
    same = (edit.entity, edit.entity_uid, edit.operation) == (
        event.entity,
        event.entity_uid,
        event.operation,
    )
    return same and event.body_hash == _body_hash(edit, event.salt or "")


def _body_hash(edit: Edit, salt: str) -> str:
    return digest([salt, _said(edit.model_dump(mode="json"))])


def _event_hash(event: EditEvent) -> str:
    return digest(_said(event.model_dump(mode="json", exclude={"hash", "body", "salt"})))


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Without nulls, so that a field which comes with a later version changes no old hash."""
    said = {name: value for name, value in values.items() if value is not None}
    asked = said.get("asked")
    if isinstance(asked, dict) and asked.get("ask_now") is None:
        said["asked"] = {name: value for name, value in asked.items() if name != "ask_now"}
    return said
