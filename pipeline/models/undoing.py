"""An edit taken back: another edit, which restores what was there before it."""

from collections.abc import Sequence

from pipeline.errors import NotFoundError
from pipeline.models import answering
from pipeline.models.asked import asked
from pipeline.models.base import Model
from pipeline.models.editing import done
from pipeline.models.fields import NEEDS, ROWS, end_of, find, pattern, value_at, whole_at
from pipeline.models.minutes import Uncited
from pipeline.models.review import EDITED_SINCE, REVIEWED, Edit, EditEvent, Operation
from pipeline.models.spec import FeatureSpec

_LEADS_TO: dict[str, Operation] = {
    "draft": "reopen",
    "needs_client": "needs_client",
    "approved": "approve",
    "rejected": "reject",
}


def undone(events: Sequence[EditEvent]) -> frozenset[str]:
    """Which events hold no more, by uid, because a later one took them back."""
    found: set[str] = set()
    for event in reversed(events):
        if event.body and event.body.undoes and event.uid not in found:
            found.add(event.body.undoes)
    return frozenset(found)


def last_of(actor: str, events: Sequence[EditEvent]) -> EditEvent:
    """The newest edit of one person that still holds, and took nothing back itself.

    Raises:
        NotFoundError: there is none.
    """
    gone = undone(events)
    for event in reversed(events):
        mine = event.actor.id == actor and event.uid not in gone
        if mine and event.body and not event.body.undoes:
            return event
    raise NotFoundError("nothing_to_undo")


def undo(event: EditEvent, *, was: Model, on: Model) -> Edit:
    """The edit that takes an event back.

    What it claims to have seen is what the event made: where somebody changed that since, it is
    refused like any edit of something that changed. Where what was there before is there again,
    and where an edit voided the yes that is taken back, nobody's words are in the way.

    Args:
        event: what to take back.
        was: the state just before it.
        on: the state now.

    Raises:
        NotFoundError: its words were deleted.
    """
    edit = event.body
    if edit is None:
        raise NotFoundError("nothing_to_undo")
    back = edit.with_(
        before=edit.after, after=edit.before, reason=None, seen=None, undoes=event.uid
    )
    if edit.operation in REVIEWED:
        return _decision(back, event, was, on)
    if edit.operation in ("set", "erratum"):
        return _there_already(_value(back, was, on), on)
    if edit.operation == "answer":
        return _answer(back, edit, was, on)
    if edit.operation == "cover" and isinstance(was, Uncited):
        state = edit.after.get("state") if isinstance(edit.after, dict) else edit.after
        item = was.item if was.state == edit.before else None
        return back.with_(before=state, after={"state": edit.before, "item": item})
    return back.with_(restored=None)


def _there_already(back: Edit, on: Model) -> Edit:
    """With what there is as what was seen, where that is what would come back."""
    path = back.field or ""
    if pattern(path).endswith("[]") or value_at(on, path) != back.after:
        return back
    return back.with_(before=back.after)


def _decision(back: Edit, event: EditEvent, was: Model, on: Model) -> Edit:
    review = str(getattr(was, "review", "draft"))
    then = done(event.body or back, was, actor=event.actor, at=event.at)
    restored: dict[str, object] = {"stale": list(getattr(was, "stale", ()))}
    if isinstance(was, FeatureSpec) and isinstance(then, FeatureSpec):
        given = then.approvals[len(was.approvals) :]
        restored["approval"] = given[0].model_dump(mode="json") if given else None
    made, now = getattr(then, "review", None), getattr(on, "review", None)
    voided = made == "approved" and now == "draft" and EDITED_SINCE in getattr(on, "stale", ())
    if voided and review == "approved":
        review = "draft"  # the edit voided that yes as well
    elif voided:
        restored["voided"] = True
    back = back.with_(operation=_LEADS_TO[review], after=None, restored=restored)
    if review == "approved":
        seen = {"review": made, "stale": getattr(was, "stale", ())}
        return back.with_(before=getattr(was, "content_hash", None), seen=seen)
    return back.with_(before=now if voided or now == review else made)


def _value(back: Edit, was: Model, on: Model) -> Edit:
    path = back.field or ""
    restored = _whole(was, path, back.after)
    if pattern(path).endswith("[]"):
        if back.before is None:
            path = end_of(on, path)
        else:
            path = find(on, path, back.before) or path
            restored = _beside_others(on, path, restored)
    elif pattern(path) in NEEDS and _others(whole_at(on, path)) != _others(restored):
        restored = None
    return back.with_(field=path, restored=restored)


def _whole(was: Model, path: str, value: object) -> object:
    """The slot or row as it was, where the draft under it is still the same."""
    return whole_at(was, path) if value_at(was, path) == value else None


def _beside_others(on: Model, path: str, restored: object) -> object:
    """The row as it was, but for those of its values that are edited by themselves."""
    now = whole_at(on, path)
    if pattern(path) not in ROWS or not (isinstance(now, dict) and isinstance(restored, dict)):
        return restored
    back = (*ROWS[pattern(path)], "origin", "evidence")
    return now | {name: restored[name] for name in back}


def _others(row: object) -> object:
    """What else a row says: its origin comes back only where all of that is as it was."""
    return {**row, "origin": None} if isinstance(row, dict) else row


def _answer(back: Edit, edit: Edit, was: Model, on: Model) -> Edit:
    """Back to the answer before it, with who had given it; or to none."""
    said = answering.reply(edit)
    then = asked(was, edit) if isinstance(was, FeatureSpec) else None
    now = asked(on, edit) if isinstance(on, FeatureSpec) else None
    given = then if then is not None and then.answer is not None else None
    return back.with_(
        field=now.id if now else edit.field,
        before=said.answer if said else None,
        after={"answer": given.answer} if given else None,
        restored={name: getattr(given, name) for name in answering.TOLD} if given else None,
    )
