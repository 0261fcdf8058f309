"""Use cases of review: edit, approve, take back, look up who did what.

An edit is one transaction of the store: what holds now is read, the edit is applied to it, and
the event is kept; so of two writers who saw the same, one is told what the other wrote.
"""

from collections.abc import Sequence

from ulid import ULID

from pipeline import review
from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models import acts, mended, undoing
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.minutes import Item
from pipeline.models.review import Edit, EditEvent, Entity, verify
from pipeline.models.together import apart
from pipeline.models.transcript import Transcript
from pipeline.service import adding, transcripts
from pipeline.service.house import House
from pipeline.service.keeping import EDITABLE, keep, subject


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
        keep(actor, house, uid, _offered(edit))
        return subject(house, uid, edit)


def edit_many(actor: Actor, house: House, meeting: str, edits: Sequence[Edit]) -> tuple[Model, ...]:
    """Keep several edits, all or none; what was edited as it is now, in their order.

    Raises:
        ConflictError: somebody changed one of them meanwhile, or decided on it; of what was to
            be approved it names each, and who did.
        NotFoundError: the meeting, or what an edit is about, is not there.
        InputError: nobody may do this; or something is approved that has to be looked at by
            itself: a spec, or what `together.alone` names.
    """
    with house.tools.store.transaction():
        uid = house.tools.store.meeting(meeting).uid
        seen = _keep_all(actor, house, uid, edits)
        _check_bulk(house, uid, [on for one, on in seen if one.operation == "approve"])
        return tuple(subject(house, uid, one) for one in edits)


def undo(actor: Actor, house: House, meeting: str, *events: str) -> tuple[Model, ...]:
    """Take back edits by the uid of their events, all or none; without any, the actor's last.

    Corrections of what was heard are taken back by name only, and the new transcript comes back.
    Of one of the project's list those of the same turn stay that were made after it.

    Each is another event, which restores the value before; what was done in one act is taken back
    as one. What was edited comes back as it is now, as far as it is still there, newest edit
    first. A yes that an edit voided does not come back with the old text.

    Raises:
        ConflictError: somebody changed the same since; holds both texts.
        NotFoundError: there is no such meeting or edit, or its words were deleted.
        InputError: it was taken back already, or somebody worked on what it added.
    """
    store = house.tools.store
    with store.transaction():
        uid = store.meeting(meeting).uid
        chosen = _to_undo(actor, store.edits(uid), events)
        called = _called(chosen)
        turns = [event for event in chosen if event.entity == "segment"]
        others = [event for event in chosen if event.entity != "segment"]
        edits = [_undone(actor, house, uid, event, called) for event in others]
        words = [_turns_back(actor, house, uid, turns, called)] if turns else []
        made = (store.subject(uid, one) for one in edits)
        return (*words, *(one for one in made if one is not None))


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


def lately(
    actor: Actor, house: House, meeting: str, entity: Entity, *, most: int = 20
) -> tuple[tuple[EditEvent, ...], ...]:
    """What the actor did last to such things and what still holds, act by act, oldest first.

    Raises:
        NotFoundError: there is no such meeting.
    """
    return acts.lately(actor.id, history(actor, house, meeting, entity), most=most)


def done_by(
    actor: Actor,
    house: House,
    meeting: str,
    command: str,
    entity: Entity | None = None,
    uid: str | None = None,
) -> tuple[EditEvent, ...]:
    """The events that one command of the actor made, to one thing or to anything; none where none.

    Raises:
        NotFoundError: there is no such meeting.
    """
    return acts.of_command(actor.id, command, history(actor, house, meeting, entity, uid))


def taken_back(actor: Actor, house: House, meeting: str, *events: str) -> bool:
    """Whether the actor took back all of these, by the uid of their events.

    Raises:
        NotFoundError: there is no such meeting.
    """
    return acts.taken_back(actor.id, events, history(actor, house, meeting))


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


def _offered(edit: Edit) -> Edit:
    """An edit that a face may ask for: only we say what an undo restores."""
    if edit.undoes or edit.restored is not None:
        raise InputError("edit_not_possible", operation="undo", kind=edit.entity)
    return edit


def _keep_all(
    actor: Actor, house: House, meeting: str, edits: Sequence[Edit]
) -> list[tuple[Edit, Model]]:
    """Each edit with what it was applied to; a yes to what changed tells of all such."""
    kept, outdated = [], []
    for one in edits:
        try:
            kept.append((one, keep(actor, house, meeting, _offered(one))))
        except NotFoundError as error:
            raise NotFoundError("bulk_gone") if one.operation == "approve" else error from error
        except ConflictError as error:
            if one.operation != "approve":
                raise
            ref, who = getattr(subject(house, meeting, one), "id", ""), error.params.get("who")
            outdated.append(f"{ref} ({who})" if who else f"{ref}")
    if outdated:
        raise ConflictError("bulk_outdated", items=", ".join(outdated))
    return kept


def _check_bulk(house: House, meeting: str, approved: Sequence[Model]) -> None:
    items = [one for one in approved if isinstance(one, Item)]
    if others := [str(getattr(one, "id", "")) for one in approved if not isinstance(one, Item)]:
        raise InputError("bulk_approval_refused", items=", ".join(others))
    minutes = house.tools.store.minutes(meeting) if items else None
    gone = apart(minutes.decisions) if minutes else ()
    review.approve_many(items, gone=gone)


def _to_undo(
    actor: Actor, events: Sequence[EditEvent], named: Sequence[str]
) -> tuple[EditEvent, ...]:
    """The events to take back, newest first, each with all that were made in one act with it."""
    if not named:
        named = (undoing.last_of(actor.id, [one for one in events if one.entity in EDITABLE]).uid,)
    whole = {one.body.together for one in events if one.uid in named and one.body} - {None}
    chosen = tuple(
        event
        for event in reversed(events)
        if event.uid in named or (event.body and event.body.together in whole)
    )
    uids = {event.uid for event in chosen}
    if not uids.issuperset(named):
        raise NotFoundError("nothing_to_undo")
    if undoing.undone(events).intersection(uids):
        raise InputError("undone_already")
    return chosen


def _turns_back(
    actor: Actor,
    house: House,
    meeting: str,
    chosen: Sequence[EditEvent],
    called: dict[str | None, str | None],
) -> Transcript:
    store = house.tools.store
    latest = store.transcript(meeting)
    taken = mended.Taken(tuple(chosen), ())
    if latest is not None and any(one.body and one.body.mended for one in chosen):
        taken = mended.taken_back(chosen, latest, store.edits(meeting, entity="segment"))
    return transcripts.take_back(actor, house, meeting, taken.events, called, taken.again)


def _called(events: Sequence[EditEvent]) -> dict[str | None, str | None]:
    """What the undo of each act is called: it is one act as well."""
    every = dict.fromkeys(one.body.together for one in events if one.body)
    return {one: str(ULID()) if one else None for one in every}


def _undone(
    actor: Actor, house: House, meeting: str, event: EditEvent, called: dict[str | None, str | None]
) -> Edit:
    if event.body is None:
        raise NotFoundError("nothing_to_undo")
    act = called[event.body.together]
    if event.operation == "add":
        return adding.take_back(actor, house, meeting, event.body, event.uid, together=act)
    was = subject(house, meeting, event.body, before=event.uid)
    edit = undoing.undo(event, was=was, on=subject(house, meeting, event.body))
    edit = edit.with_(together=act, command=None)
    keep(actor, house, meeting, edit)
    return edit
