"""The append-only record of what people did."""

import secrets

from sqlalchemy import ColumnElement, select
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


class AuditTrail(Part):
    """The store's edits."""

    def append_edit(self, actor: Actor, *, project: str, meeting: str, edit: Edit) -> EditEvent:
        """Chain and keep an edit, in the transaction of the change it describes.

        Raises:
            NotFoundError: there is no such meeting any more; no word of the edit is kept.
        """
        with self._sessions.writing() as session:
            project_of(session, meeting)
            event = chain(
                edit,
                after=_last(session, meeting, edit),
                uid=new_uid(),
                salt=secrets.token_hex(16),
                actor=actor,
                at=now(),
                project=project,
                meeting=meeting,
            )
            session.add(
                EventRow(
                    actor=actor.model_dump(mode="json"),
                    **{name: getattr(event, name) for name in _PLAIN},
                )
            )
            session.flush()
            session.add(
                EventBodyRow(event=event.uid, project=project, salt=event.salt, **columns(edit))
            )
            session.flush()
            return event

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
    pairs = session.execute(
        select(EventRow, EventBodyRow)
        .outerjoin(EventBodyRow, EventBodyRow.event == EventRow.uid)
        .where(EventRow.meeting == meeting, *chosen)
        .order_by(EventRow.position)
    )
    return tuple(_event(row, body) for row, body in pairs)


def _event(row: EventRow, body: EventBodyRow | None) -> EditEvent:
    return EditEvent(
        actor=Actor.read(row.actor),
        salt=body.salt if body else None,
        body=model(Edit, body) if body else None,
        **{name: getattr(row, name) for name in _PLAIN},
    )


def _last(session: Session, meeting: str, edit: Edit) -> EditEvent | None:
    row = session.scalars(
        select(EventRow)
        .where(
            EventRow.meeting == meeting,
            EventRow.entity == edit.entity,
            EventRow.entity_uid == edit.entity_uid,
        )
        .order_by(EventRow.seq.desc())
        .limit(1)
    ).one_or_none()
    return _event(row, None) if row else None
