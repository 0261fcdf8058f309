"""Draft + edits = what holds now: apply an edit, approve, reject; who, when, why."""

from collections.abc import Container, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from pipeline.errors import InputError
from pipeline.language.facts import facts
from pipeline.models import answering
from pipeline.models.actor import Actor
from pipeline.models.adding import additions, beside_draft, with_added
from pipeline.models.asked import as_asked, asked, asked_still
from pipeline.models.base import Model
from pipeline.models.clash import clash
from pipeline.models.correcting import turns_of
from pipeline.models.editing import done, evidence_in, hashed, identity, noted, seen, with_status
from pipeline.models.fields import editable, end_of, find, value_at
from pipeline.models.minutes import ARRAYS, Item, Minutes, Uncited
from pipeline.models.resting import Changes, shaken
from pipeline.models.review import (
    DRAFT_CHANGED,
    EDIT_LOST,
    NOT_FOUND_AGAIN,
    SEGMENT_CORRECTED,
    Edit,
    EditEvent,
    Missed,
    Operation,
    Seen,
    Voice,
)
from pipeline.models.spec import FeatureSpec
from pipeline.models.together import alone

T = TypeVar("T", bound=Model)
NOTHING_MISSED: Mapping[str, Missed] = MappingProxyType({})
NOTHING_ADDED: Mapping[str, EditEvent] = MappingProxyType({})


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
    entity, uid = identity(on)
    edit = Edit(
        entity=entity,
        entity_uid=uid,
        operation=operation,
        field=on.cue if isinstance(on, Uncited) else field,
        version=version,
        after=after,
        reason=reason,
    )
    noted_too = None
    if operation == "approve" and isinstance(on, Item | FeatureSpec):
        noted_too = Seen(review=on.review, stale=on.stale)
    return as_asked(edit.with_(before=seen(edit, on), seen=noted_too), on)


def approve(
    on: Item | FeatureSpec, *, voice: Voice | None = None, reason: str | None = None
) -> Edit:
    """A person's yes to exactly this content; what was stale is thereby confirmed again."""
    after = voice.model_dump(mode="json") if voice else None
    return propose(on, "approve", after=after, reason=reason)


def approve_many(items: Sequence[Item], *, gone: Container[str] = ()) -> tuple[Edit, ...]:
    """The same for several items at once; `gone` are the ids of replaced decisions.

    Raises:
        InputError: some of them are looked at one by one.
    """
    refused = [item.id for item in items if alone(item, gone)]
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


def apply(edit: Edit, on: T, *, actor: Actor, at: str, earlier: Sequence[EditEvent] = ()) -> T:
    """What `on`, the effective state, becomes by the edit.

    Raises:
        ConflictError: somebody changed it since the editor saw it; holds both texts in full,
            and who changed it and when, as `earlier` (the edits of the same thing) tells.
        InputError: nobody may do this to it, or the value does not fit.
    """
    if (edit.entity, edit.entity_uid) != identity(on):
        raise ValueError(f"an edit of {edit.entity} {edit.entity_uid!r} is none of {identity(on)}")
    if refused := clash(Edit.read(edit.model_dump(mode="json")), on, earlier):
        raise refused
    if edit.operation == "erratum" and not _same_substance(edit):
        raise InputError("erratum_changes_substance", field=edit.field or "")
    return hashed(done(edit, on, actor=actor, at=at))


def effective(
    minutes: Minutes,
    events: Sequence[EditEvent],
    *,
    missed: Mapping[str, Missed] = NOTHING_MISSED,
) -> Minutes:
    """The draft with every edit of the meeting on top, oldest first; nothing here raises.

    What people took from the words of the call is there as well, behind what the draft holds. An
    edit that a newer draft contradicts still holds, and the item says so in `stale`; `missed`
    names, by uid, the items that a later run did not find again.
    """
    added = additions(events)
    about = _by_subject(events, added)
    minutes = with_added(minutes, added.values())
    arrays = {
        array: tuple(
            hashed(_replayed(item, about, missed.get(item.uid))) for item in getattr(minutes, array)
        )
        for array in ARRAYS.values()
    }
    uncited = tuple(_replayed(one, about) for one in minutes.coverage.uncited)
    coverage = minutes.coverage.with_(uncited=uncited)
    minutes = _replayed(minutes, about).with_(**arrays, coverage=coverage)
    return minutes.with_(reviewed=_all_decided(minutes))


def effective_spec(
    spec: FeatureSpec, events: Sequence[EditEvent], *, missed: Missed | None = None
) -> FeatureSpec:
    """The same for a spec; `missed` tells of its ask."""
    return _replayed(with_status(hashed(spec)), _by_subject(events), missed)


def spec_states(spec: FeatureSpec, own: Sequence[EditEvent]) -> Iterator[FeatureSpec]:
    """A draft after each of its own edits: all states in one pass."""
    on, beneath = with_status(hashed(spec)), answering.NOTHING
    for event in own:
        was, on = on, _after_event(on, event, beneath)
        if event.operation == "answer":
            beneath = answering.displaced(was, on, beneath)
        yield on


class _About(NamedTuple):
    """Edits by what they are about, each with its place among all of them."""

    by: Mapping[tuple[str, str], list[tuple[int, EditEvent]]]
    changes: Changes


def _by_subject(
    events: Sequence[EditEvent], added: Mapping[str, EditEvent] = NOTHING_ADDED
) -> _About:
    by: dict[tuple[str, str], list[tuple[int, EditEvent]]] = {}
    for place, event in enumerate(events):
        holds = event.operation != "add" or added.get(event.entity_uid) is event
        if event.body is not None and holds:
            turns = turns_of(event.body) if event.entity == "segment" else (event.entity_uid,)
            for uid in turns:
                by.setdefault((event.entity, uid), []).append((place, event))
    return _About(by, Changes(events))


def _replayed(on: T, about: _About, missed: Missed | None = None) -> T:
    own = about.by.get(identity(on), [])
    beneath = answering.NOTHING
    cited: set[str] = set()
    if isinstance(on, Item | FeatureSpec):
        cited = {segment for one in evidence_in(on) for segment in one.segments}
    corrected = [pair for segment in cited for pair in about.by.get(("segment", segment), [])]
    reasons: set[str] = set()
    for place, event in sorted(own + corrected, key=lambda pair: pair[0]):
        if missed and place >= missed.after:
            on, missed = noted(on, f"{NOT_FOUND_AGAIN}:{missed.run}"), None
        if event.entity != "segment":
            was, on = on, _after_event(on, event, beneath)
            if event.operation == "answer":
                beneath = answering.displaced(was, on, beneath)
        elif _cites(on, event, about.changes, [one for _, one in own]):
            reasons.add(reason := f"{SEGMENT_CORRECTED}:{event.entity_uid}")
            on = noted(on, reason)
    on = _without_taken_back(on, reasons)
    return noted(on, f"{NOT_FOUND_AGAIN}:{missed.run}") if missed else on


def _without_taken_back(on: T, reasons: Container[str]) -> T:
    """Only such corrections count as were not taken back: a yes taken back brings all of them."""
    stale: tuple[str, ...] = getattr(on, "stale", ())
    still = tuple(
        one for one in stale if not one.startswith(f"{SEGMENT_CORRECTED}:") or one in reasons
    )
    return on if still == stale else on.with_(stale=still)


def _after_event(on: T, event: EditEvent, beneath: answering.Beneath) -> T:
    edit = event.body
    if edit is None or (isinstance(on, Uncited) and edit.field != on.cue):
        return on
    if edit.operation == "add":
        return beside_draft(on, edit)
    try:
        if isinstance(on, FeatureSpec):
            on = asked_still(on, edit)
        plain = Edit.read(edit.model_dump(mode="json"))  # no tuples
        placed, note = _on_this_draft(plain, on)
        if placed is not None:
            on = done(placed, on, actor=event.actor, at=event.at, beneath=beneath)
    except InputError:
        note = EDIT_LOST
    return noted(on, f"{note}:{edit.field}") if note else on


def _on_this_draft(edit: Edit, on: Model) -> tuple[Edit | None, str | None]:
    """The edit where the draft may be newer than what the editor saw, and what to note.

    A slip of the pen in words that are no longer there is an edit like any other: whoever
    vouched for the substance saw other words.
    """
    if edit.operation in ("answer", "ask") and isinstance(on, FeatureSpec):
        question = asked(on, edit)
        if question is None and edit.operation == "ask":
            return None, None
        return edit.with_(field=question.id if question else edit.field), None
    if edit.operation not in ("set", "erratum"):
        return edit, None
    path = editable(on, edit.field)
    if path.endswith("]"):
        return _in_list(edit, on, path)
    if value_at(on, path) in (edit.before, edit.after):
        return edit, None
    if "[" in path:
        raise InputError("field_not_there", field=path)
    return edit.with_(operation="set"), DRAFT_CHANGED


def _in_list(edit: Edit, on: Model, path: str) -> tuple[Edit | None, str | None]:
    """The same for an entry of a list, which is known by its value and not by its number."""
    end = end_of(on, path)
    place = path if path == end and edit.before is None else find(on, path, edit.before)
    if place is not None:
        return edit.with_(field=place), None
    if edit.after is None or find(on, path, edit.after) is not None:
        return None, None
    note = None if edit.before is None else DRAFT_CHANGED
    return edit.with_(field=end, operation="set"), note


def _cites(on: Model, event: EditEvent, changes: Changes, own: Sequence[EditEvent]) -> bool:
    """Whether it rests on a segment as it was before it was corrected."""
    edit = event.body
    if edit is None:
        return False
    turns = set(turns_of(edit))
    return any(
        not turns.isdisjoint(one.segments) and changes.tell(event, one.transcript_version, own)
        for one in shaken(on, edit)
    )


def _same_substance(edit: Edit) -> bool:
    """Whether both texts name the same numbers, dates and negations."""
    old, new = edit.before, edit.after
    if not (isinstance(old, str) and isinstance(new, str)):
        return False
    return not facts(old).differ_from(facts(new))


def _all_decided(minutes: Minutes) -> bool:
    """Whether a person said yes or no to every item, and every yes still holds."""
    items = [item for _, item in minutes.items()]
    return bool(items) and all(
        item.review == "rejected" or (item.review == "approved" and not item.stale)
        for item in items
    )
