"""Draft + edits = what holds now: apply an edit, approve, reject; who, when, why."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.errors import ConflictError, InputError
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.evidence import Evidence
from pipeline.models.fields import editable, end_of, find, value_at, with_value
from pipeline.models.hashing import item_hash, spec_hash
from pipeline.models.minutes import ARRAYS, Item, Minutes, Uncited
from pipeline.models.review import (
    DRAFT_CHANGED,
    EDIT_LOST,
    EDITED_SINCE,
    NOT_FOUND_AGAIN,
    REVIEWED,
    SEGMENT_CORRECTED,
    Edit,
    EditEvent,
    Entity,
    Missed,
    Operation,
    Voice,
)
from pipeline.models.spec import Approval, FeatureSpec, SpecStatus
from pipeline.models.transcript import Segment

T = TypeVar("T", bound=Model)
R = TypeVar("R", Item, FeatureSpec)
NOTHING_MISSED: Mapping[str, Missed] = MappingProxyType({})


def propose(
    on: Model,
    operation: Operation,
    *,
    field: str | None = None,
    after: Any = None,  # noqa: ANN401 - any JSON value
    reason: str | None = None,
    version: int | None = None,
) -> Edit:
    """The edit of somebody who sees `on` as it is now.

    Raises:
        InputError: nobody may do this to it.
    """
    entity, uid = _identity(on)
    field = on.cue if isinstance(on, Uncited) else field
    edit = Edit(
        entity=entity,
        entity_uid=uid,
        operation=operation,
        field=field,
        version=version,
        after=after,
        reason=reason,
    )
    return edit.with_(before=_seen(edit, on))


def approve(on: Item | FeatureSpec, *, voice: Voice | None = None, reason: str | None = None) -> Edit:
    """A person's yes to exactly this content; what was stale is thereby confirmed again."""
    after = voice.model_dump(mode="json") if voice else None
    return propose(on, "approve", after=after, reason=reason)


def approve_many(items: Sequence[Item]) -> tuple[Edit, ...]:
    """The same for several items at once.

    Raises:
        InputError: no words prove some of them, or they are stale: those are looked at one by one.
    """
    refused = [item.id for item in items if item.doubtful or item.stale]
    if refused:
        raise InputError("bulk_approval_refused", items=", ".join(refused))
    return tuple(approve(item) for item in items)


def reject(on: Item | FeatureSpec, *, reason: str | None = None) -> Edit:
    """It was not said, or is not wanted."""
    return propose(on, "reject", reason=reason)


def needs_client(on: Item | FeatureSpec, *, reason: str | None = None) -> Edit:
    """Only the client can say."""
    return propose(on, "needs_client", reason=reason)


def reopen(on: Item | FeatureSpec, *, reason: str | None = None) -> Edit:
    """Back to draft, whatever was decided."""
    return propose(on, "reopen", reason=reason)


def apply(edit: Edit, on: T, *, actor: Actor, at: str) -> T:
    """What `on`, the effective state, becomes by the edit.

    Raises:
        ConflictError: somebody changed it since the editor saw it; holds both texts.
        InputError: nobody may do this to it, or the value does not fit.
    """
    now = _seen(edit, on)
    if now != edit.before and edit.operation == "approve":
        raise ConflictError("approval_outdated", text=getattr(on, "text", getattr(on, "title", "")))
    if now != edit.before:
        raise ConflictError(
            "changed_since_seen",
            field=edit.field or edit.operation,
            yours=str(edit.after),
            theirs=str(now),
        )
    return _done(edit, on, actor, at)


def effective(
    minutes: Minutes,
    events: Sequence[EditEvent],
    *,
    missed: Mapping[str, Missed] = NOTHING_MISSED,
) -> Minutes:
    """The draft with every edit of the meeting on top, oldest first; nothing here raises.

    An edit that a newer draft contradicts still holds, and the item says so in `stale`; `missed`
    names, by uid, the items that a later run did not find again.
    """
    about = _by_subject(events)
    arrays = {
        array: tuple(
            _replayed(_hashed(item), about, missed.get(item.uid))
            for item in getattr(minutes, array)
        )
        for array in ARRAYS.values()
    }
    uncited = tuple(_replayed(one, about) for one in minutes.coverage.uncited)
    minutes = _replayed(minutes, about).with_(
        **arrays, coverage=minutes.coverage.with_(uncited=uncited)
    )
    return minutes.with_(reviewed=_all_decided(minutes))


def effective_spec(
    spec: FeatureSpec, events: Sequence[EditEvent], *, missed: Missed | None = None
) -> FeatureSpec:
    """The same for a spec; `missed` tells of its ask."""
    return _replayed(_hashed(spec), _by_subject(events), missed)


_About = Mapping[tuple[str, str], list[tuple[int, EditEvent]]]


def _by_subject(events: Sequence[EditEvent]) -> _About:
    about: dict[tuple[str, str], list[tuple[int, EditEvent]]] = {}
    for place, event in enumerate(events):
        if event.body is not None:
            about.setdefault((event.entity, event.entity_uid), []).append((place, event))
    return about


def _replayed(on: T, about: _About, missed: Missed | None = None) -> T:
    own = about.get(_identity(on), [])
    cited = {segment for one in _evidence(on) for segment in one.segments}
    corrected = [pair for segment in cited for pair in about.get(("segment", segment), [])]
    for place, event in sorted(own + corrected, key=lambda pair: pair[0]):
        if missed and place >= missed.after:
            on, missed = _noted(on, f"{NOT_FOUND_AGAIN}:{missed.run}"), None
        on = _after_event(on, event)
    return _noted(on, f"{NOT_FOUND_AGAIN}:{missed.run}") if missed else on


def _after_event(on: T, event: EditEvent) -> T:
    edit = event.body
    if edit is None:
        return on
    if edit.entity == "segment":
        return _noted(on, f"{SEGMENT_CORRECTED}:{edit.entity_uid}") if _cites(on, edit) else on
    if isinstance(on, Uncited) and edit.field != on.cue:
        return on
    try:
        edit, note = _on_this_draft(edit, on)
        on = _done(edit, on, event.actor, event.at)
    except InputError:
        note = EDIT_LOST
    return _noted(on, f"{note}:{edit.field}") if note else on


def _on_this_draft(edit: Edit, on: Model) -> tuple[Edit, str | None]:
    """The edit where the draft may be newer than what the editor saw, and what to note."""
    if edit.operation not in ("set", "erratum"):
        return edit, None
    path = editable(on, edit.field)
    if path.endswith("]"):
        place = find(on, path, edit.before)
        if place is None and find(on, path, edit.after) is not None:
            raise InputError("field_not_there", field=path)
        note = DRAFT_CHANGED if place is None and edit.before is not None else None
        return edit.with_(field=place or end_of(on, path)), note
    if value_at(on, path) in (edit.before, edit.after):
        return edit, None
    if "[" in path:
        raise InputError("field_not_there", field=path)
    return edit, DRAFT_CHANGED


def _seen(edit: Edit, on: Model) -> Any:  # noqa: ANN401 - any JSON value
    """What an editor sees of that which the edit changes."""
    operation = edit.operation
    if operation in ("set", "erratum"):
        return value_at(on, editable(on, edit.field))
    if operation in REVIEWED and isinstance(on, Item | FeatureSpec):
        return on.content_hash if operation == "approve" else on.review
    if operation == "progress" and hasattr(on, "progress"):
        return on.progress
    if operation == "answer" and isinstance(on, FeatureSpec):
        answers = {question.id: question.answer for question in on.open_questions}
        if edit.field in answers:
            return answers[edit.field]
    if operation == "cover" and isinstance(on, Uncited):
        return on.state
    raise InputError("edit_not_possible", operation=operation, kind=type(on).__name__.lower())


def _done(edit: Edit, on: T, actor: Actor, at: str) -> T:
    operation, after = edit.operation, edit.after
    if operation in ("set", "erratum"):
        return _settled(_set(edit, on), before=on)
    if operation == "approve":
        return _approved(edit, on, actor, at)
    if operation in REVIEWED:
        return _changed(on, review=REVIEWED[operation])
    if operation == "answer":
        return _settled(_answered(edit, on, actor, at), before=on)
    if operation == "cover":
        return _changed(on, **(after if isinstance(after, dict) else {"state": after}))
    return _changed(on, progress=after)
