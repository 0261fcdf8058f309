"""When somebody else was first: both texts in full, who it was and when."""

import json
from collections.abc import Sequence

from pipeline.errors import ConflictError
from pipeline.models import answering
from pipeline.models.base import Model
from pipeline.models.editing import seen
from pipeline.models.minutes import Item
from pipeline.models.review import REVIEWED, Edit, EditEvent
from pipeline.models.spec import FeatureSpec

_CONTENT = ("set", "erratum", "answer")
_AGREES = ("draft", "approved")
"""Review states that a yes does not overrule."""


def clash(edit: Edit, on: Model, earlier: Sequence[EditEvent]) -> ConflictError | None:
    """Why the edit of somebody who saw something else is refused; None where it is not.

    `earlier` are the edits of the same thing. Where none of them explains the difference, a new
    run made it, and the error has another code and nobody's name.

    Raises:
        InputError: nobody may do this to it.
    """
    now = seen(edit, on)
    if edit.operation != "approve":
        return _error(edit, now, earlier) if now != edit.before else None
    if now != edit.before:
        return _told("approval_outdated", edit, _text(on), _last(edit, earlier, _CONTENT))
    if edit.seen is None or not isinstance(on, Item | FeatureSpec):
        return None
    if on.review != edit.seen.review and (edit.undoes or on.review not in _AGREES):
        return _told("changed_since_seen", edit, on.review, _last(edit, earlier, (*REVIEWED,)))
    if not edit.undoes and (since := [one for one in on.stale if one not in edit.seen.stale]):
        return ConflictError("stale_since_seen", text=_text(on), reasons=", ".join(since))
    return None


def shown(value: object) -> str:
    """A JSON value as a person reads it: nothing of it is cut."""
    if value is None or value == "":
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _error(edit: Edit, now: object, earlier: Sequence[EditEvent]) -> ConflictError:
    by: tuple[str, ...] = (edit.operation,)
    if edit.operation in REVIEWED:
        by = (*REVIEWED, *_CONTENT)
    elif edit.operation in _CONTENT[:2]:
        by = _CONTENT[:2]
    return _told("changed_since_seen", edit, shown(now), _last(edit, earlier, by))


def _told(code: str, edit: Edit, theirs: str, last: EditEvent | None) -> ConflictError:
    field = "review" if edit.operation in REVIEWED else edit.field or edit.operation
    texts = {"field": field, "yours": _yours(edit), "theirs": theirs}
    if last is None:
        return ConflictError(f"{code}_by_run", **texts)
    return ConflictError(code, **texts, who=last.actor.name, when=last.at)


def _text(on: Model) -> str:
    return str(getattr(on, "text", getattr(on, "title", "")))


def _yours(edit: Edit) -> str:
    if edit.operation in REVIEWED:
        return REVIEWED[edit.operation]
    after = edit.after
    if edit.operation == "cover" and isinstance(after, dict):
        after = after.get("state")
    if edit.operation == "answer":
        said = answering.reply(edit)
        after = said.answer if said else None
    return shown(after)


def _last(edit: Edit, earlier: Sequence[EditEvent], by: tuple[str, ...]) -> EditEvent | None:
    """The last edit that may have changed what this one is about."""
    same = (
        event
        for event in reversed(earlier)
        if event.operation in by
        if edit.operation in REVIEWED or (event.body and _head(event.body) == _head(edit))
    )
    return next(same, None)


def _head(edit: Edit) -> str:
    """The field; of an entry of a list, the list: its number may be another by now."""
    return (edit.field or "").partition("[")[0]
