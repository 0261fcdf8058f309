"""The append-only record of what people did."""

import secrets
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from pipeline.models.actor import Actor
from pipeline.models.review import Edit, EditEvent, Entity, chain
from pipeline.stores.bodies import columns, model
from pipeline.stores.meetings import project_of
from pipeline.stores.names import new_uid, now
from pipeline.stores.rows import EventBodyRow, EventRow
from pipeline.stores.session import Part

_PLAIN = (
    *("uid", "project", "meeting", "entity", "entity_uid", "seq", "at", "operation"),
    *("body_hash", "prev_hash", "hash"),
)
"""Fields of an event that are columns as they are."""
_OF_EVENT = (*(getattr(EventRow, name) for name in _PLAIN), EventRow.actor)
_AT_ONCE = 500
"""Things asked for in one question."""


class AuditTrail(Part):
    """The store's edits."""

    def append_edit(self, actor: Actor, *, project: str, meeting: str, edit: Edit) -> EditEvent:
        """Chain and keep an edit, in the transaction of the change it describes.

        Raises:
            NotFoundError: there is no such meeting any more; no word of the edit is kept.
        """
        return self.append_edits(actor, project=project, meeting=meeting, edits=(edit,))[0]

    def append_edits(
        self, actor: Actor, *, project: str, meeting: str, edits: Sequence[Edit]
    ) -> tuple[EditEvent, ...]:
        """Chain and keep several edits in their order, at once: thousands take no second.

        Raises:
            NotFoundError: there is no such meeting any more; no word of the edits is kept.
        """
        with self._sessions.writing() as session:
            project_of(session, meeting)
            last = _last(session, meeting, edits)
            events: list[EditEvent] = []
            for edit in edits:
                about = (edit.entity, edit.entity_uid)
                last[about] = event = chain(
                    edit,
                    after=last.get(about),
                    uid=new_uid(),
                    salt=secrets.token_hex(16),
                    actor=actor,
                    at=now(),
                    project=project,
                    meeting=meeting,
                )
                events.append(event)
            _add(session, actor, project, events)
            return tuple(events)

    def edits(
        self, meeting: str, *, entity: Entity | None = None, uid: str | None = None
    ) -> tuple[EditEvent, ...]:
        """All edits of a meeting, or of one thing in it, oldest first."""
        chosen: list[ColumnElement[bool]] = []
        if entity is not None:
            chosen.append(EventRow.entity == entity)
        if uid is not None:
            chosen.append(EventRow.entity_uid == uid)
        with self._sessions.reading() as session:
            return events_of(session, meeting, *chosen)


def events_of(
    session: Session, meeting: str, *chosen: ColumnElement[bool]
) -> tuple[EditEvent, ...]:
    """All edits of a meeting, oldest first; those whose words were deleted have no body."""
    rows = session.execute(
        select(*_OF_EVENT, EventBodyRow.salt, EventBodyRow.schema, EventBodyRow.body)
        .outerjoin(EventBodyRow, EventBodyRow.event == EventRow.uid)
        .where(EventRow.meeting == meeting, *chosen)
        .order_by(EventRow.position)
    )
    return tuple(_event(row, row if row.body is not None else None) for row in rows)


def _event(row: Any, words: Any = None) -> EditEvent:  # noqa: ANN401 - a row of columns
    """An event of its columns, with its words where those are still there."""
    return EditEvent(
        actor=_actor(**row.actor),
        salt=words.salt if words else None,
        body=model(Edit, words) if words else None,
        **{name: getattr(row, name) for name in _PLAIN},
    )


@lru_cache(maxsize=64)
def _actor(**told: str) -> Actor:
    """Few people make many events."""
    return Actor.read(told)


def _add(session: Session, actor: Actor, project: str, events: Sequence[EditEvent]) -> None:
    who = actor.model_dump(mode="json")
    rows = [{name: getattr(event, name) for name in _PLAIN} | {"actor": who} for event in events]
    bodies = [
        {"event": event.uid, "project": project, "salt": event.salt, **columns(event.body)}
        for event in events
        if event.body
    ]
    if rows:
        session.execute(insert(EventRow), rows)
        session.execute(insert(EventBodyRow), bodies)


def _last(
    session: Session, meeting: str, edits: Sequence[Edit]
) -> dict[tuple[str, str], EditEvent]:
    """The last event of each thing that the edits are about, as far as it has any."""
    found: dict[tuple[str, str], EditEvent] = {}
    for entity in dict.fromkeys(edit.entity for edit in edits):
        uids = list(dict.fromkeys(edit.entity_uid for edit in edits if edit.entity == entity))
        for some in _parts(uids):
            ends = (
                select(EventRow.entity_uid, func.max(EventRow.seq).label("seq"))
                .where(
                    EventRow.meeting == meeting,
                    EventRow.entity == entity,
                    EventRow.entity_uid.in_(some),
                )
                .group_by(EventRow.entity_uid)
                .subquery()
            )
            same = (EventRow.entity_uid == ends.c.entity_uid) & (EventRow.seq == ends.c.seq)
            rows = select(*_OF_EVENT).join(ends, same)
            chosen = rows.where(EventRow.meeting == meeting, EventRow.entity == entity)
            found |= {(row.entity, row.entity_uid): _event(row) for row in session.execute(chosen)}
    return found


def _parts(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as every database takes in one question."""
    for start in range(0, len(uids), _AT_ONCE):
        yield uids[start : start + _AT_ONCE]
