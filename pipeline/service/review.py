"""Use cases of review: edit, approve, take back, look up who did what.

An edit is one transaction of the store: what holds now is read, the edit is applied to it, and
the event is kept; so of two writers who saw the same, one is told what the other wrote.
"""

from collections.abc import Sequence

from pipeline import review
from pipeline.errors import InputError, NotFoundError
from pipeline.models import undoing
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.clash import shown
from pipeline.models.minutes import Item
from pipeline.models.review import Edit, EditEvent, Entity, verify
from pipeline.record import now
from pipeline.service.house import House

EDITABLE: tuple[Entity, ...] = ("item", "spec", "coverage", "minutes")
"""What people edit here. A corrected segment is a new version of the transcript as well."""


def edit(actor: Actor, house: House, meeting: str, edit: Edit) -> Model:
    """Keep one edit of an item, a spec, the summary or an uncited turn; that as it is now.

    Only what was edited is read and comes back: the whole meeting is `meetings.view`.

    Raises:
        ConflictError: somebody changed it since the editor saw it; holds both texts in full.
        NotFoundError: the meeting, or what the edit is about, is not there.
        InputError: nobody may do this to it, or the value does not fit.
    """
    with house.tools.store.transaction():
        uid = house.tools.store.meeting(meeting).uid
        _keep(actor, house, uid, _offered(edit))
        return _subject(house, uid, edit)


def edit_many(actor: Actor, house: House, meeting: str, edits: Sequence[Edit]) -> tuple[Model, ...]:
    """Keep several edits, all or none; what was edited as it is now, in their order.

    Raises:
        ConflictError: somebody changed one of them meanwhile.
        NotFoundError: the meeting, or what an edit is about, is not there.
        InputError: nobody may do this; or something is approved that has to be looked at by
            itself: a spec, what no words prove, or what is stale.
    """
    with house.tools.store.transaction():
        uid = house.tools.store.meeting(meeting).uid
        seen = [(one, _keep(actor, house, uid, _offered(one))) for one in edits]
        _check_bulk([on for one, on in seen if one.operation == "approve"])
        return tuple(_subject(house, uid, one) for one in edits)


def undo(actor: Actor, house: House, meeting: str, *events: str) -> tuple[Model, ...]:
    """Take back edits by the uid of their events, all or none; without any, the actor's last.

    Each is another event, which restores the value before. What was edited comes back as it is
    now, newest edit first. A yes that an edit voided does not
    come back with the old text.

    Raises:
        ConflictError: somebody changed the same since; holds both texts.
        NotFoundError: there is no such meeting or edit, or its words were deleted.
        InputError: it was taken back already.
    """
    store = house.tools.store
    with store.transaction():
        uid = store.meeting(meeting).uid
        edits = [
            _undone(actor, house, uid, event) for event in _to_undo(actor, store.edits(uid), events)
        ]
        return tuple(_subject(house, uid, one) for one in edits)


def history(
    actor: Actor,
    house: House,
    meeting: str,
    entity: Entity | None = None,
    uid: str | None = None,
) -> tuple[EditEvent, ...]:
    """Who did what when to one thing, or to anything in the meeting, oldest first.

    Raises:
        NotFoundError: there is no such meeting.
    """
    del actor
    store = house.tools.store
    return store.edits(store.meeting(meeting).uid, entity=entity, uid=uid)


def present(actor: Actor, house: House, meeting: str, entity: Entity, uid: str) -> Model | None:
    """One item or spec of a meeting, by its uid, as it holds now; None where it is not."""
    del actor
    anything = Edit(entity=entity, entity_uid=uid, operation="reopen")
    return house.tools.store.subject(meeting, anything)


def check(actor: Actor, house: House, meeting: str) -> tuple[EditEvent, ...]:
    """The events of a meeting that do not hold; empty when nobody tampered with the record.

    A meeting whose words were deleted is checked by its full uid: the record outlives it.

    Raises:
        NotFoundError: there is no such meeting, and no record of one.
    """
    del actor
    store = house.tools.store
    events = store.edits(meeting)
    return verify(events or store.edits(store.meeting(meeting).uid))


def _keep(actor: Actor, house: House, meeting: str, edit: Edit) -> Model:
    """Apply an edit to what holds and keep it; what it was applied to."""
    store = house.tools.store
    on = _subject(house, meeting, edit)
    earlier = store.edits(meeting, entity=edit.entity, uid=edit.entity_uid)
    review.apply(edit, on, actor=actor, at=now(), earlier=earlier)
    project = store.meeting(meeting).project
    store.append_edit(actor, project=project, meeting=meeting, edit=edit)
    return on


def _subject(house: House, meeting: str, edit: Edit, *, before: str | None = None) -> Model:
    if edit.entity not in EDITABLE:
        raise InputError("edit_not_possible", operation=edit.operation, kind=edit.entity)
    on = house.tools.store.subject(meeting, edit, before=before)
    if on is None:
        yours = shown(edit.after)
        raise NotFoundError(
            "edit_target_gone", entity=edit.entity, uid=edit.entity_uid, yours=yours
        )
    return on


def _offered(edit: Edit) -> Edit:
    """An edit that a face may ask for: only we say what an undo restores."""
    if edit.undoes or edit.restored is not None:
        raise InputError("edit_not_possible", operation="undo", kind=edit.entity)
    return edit


def _check_bulk(approved: Sequence[Model]) -> None:
    items = [one for one in approved if isinstance(one, Item)]
    if others := [str(getattr(one, "id", "")) for one in approved if not isinstance(one, Item)]:
        raise InputError("bulk_approval_refused", items=", ".join(others))
    review.approve_many(items)


def _to_undo(
    actor: Actor, events: Sequence[EditEvent], named: Sequence[str]
) -> tuple[EditEvent, ...]:
    """The events to take back, newest first."""
    if not named:
        return (undoing.last_of(actor.id, [one for one in events if one.entity in EDITABLE]),)
    chosen = tuple(event for event in reversed(events) if event.uid in named)
    if len(chosen) < len(set(named)):
        raise NotFoundError("nothing_to_undo")
    if undoing.undone(events).intersection(named):
        raise InputError("undone_already")
    return chosen


def _undone(actor: Actor, house: House, meeting: str, event: EditEvent) -> Edit:
    if event.body is None:
        raise NotFoundError("nothing_to_undo")
    was = _subject(house, meeting, event.body, before=event.uid)
    edit = undoing.undo(event, was=was, on=_subject(house, meeting, event.body))
    _keep(actor, house, meeting, edit)
    return edit
