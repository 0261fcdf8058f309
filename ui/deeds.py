"""Who did what, in words: the record of edits as rows to read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.models.adding import read
from pipeline.models.correction import LIST_ID
from pipeline.models.minutes import Minutes
from pipeline.models.review import REVIEWED, Edit, EditEvent
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.models.undoing import undone

Say = Callable[[str, str], str]
"""What a value is called: the table of words, the value."""


class Deed(NamedTuple):
    """One thing somebody did."""

    uid: str
    at: str
    who: str
    actor: str
    """id of whoever did it."""
    on: str
    """Short id of the item or spec; for a turn of the call its words."""
    what: str
    before: str
    after: str
    reason: str
    gone: bool
    """Taken back later."""
    can_undo: bool


class Names(NamedTuple):
    """What things of a meeting are called."""

    refs: Mapping[str, str]
    """Short id by uid."""
    turns: Mapping[str, str]
    """Words by id of a segment."""


def names(
    minutes: Minutes | None, specs: Sequence[FeatureSpec], transcript: Transcript | None
) -> Names:
    """What the record calls by uid, as people know it."""
    refs = {item.uid: item.id for _, item in minutes.items()} if minutes else {}
    refs |= {spec.uid: spec.id for spec in specs}
    segments = transcript.segments if transcript else ()
    return Names(refs, {one.id: one.text for one in segments})


def deeds(events: Sequence[EditEvent], known: Names, me: str, say: Say) -> list[Deed]:
    """All that was done, the newest first."""
    gone = undone(events)
    return [_deed(one, known, me, say, gone=one.uid in gone) for one in reversed(events)]


def _deed(event: EditEvent, known: Names, me: str, say: Say, *, gone: bool) -> Deed:
    edit = event.body
    before, after = _change(edit, say) if edit else ("", "")
    mine = event.actor.id in (me, LIST_ID)
    return Deed(
        uid=event.uid,
        at=event.at,
        who=_who(event, say),
        actor=event.actor.id,
        on=_on(event, known, say),
        what=_what(event, say),
        before=before,
        after=after,
        reason=_reason(edit) if edit else "",
        gone=gone,
        can_undo=mine and not gone and _can_undo(event),
    )


def _can_undo(event: EditEvent) -> bool:
    """Whether an entry has a way back here: files are read or taken apart again on their own pages."""
    return event.entity != "meeting" and event.body is not None and not event.body.undoes


def _who(event: EditEvent, say: Say) -> str:
    return say("actor", LIST_ID) if event.actor.id == LIST_ID else event.actor.name


def _on(event: EditEvent, known: Names, say: Say) -> str:
    if event.entity in ("coverage", "segment"):
        return known.turns.get(event.entity_uid, event.entity_uid)
    return known.refs.get(event.entity_uid) or _added_id(event) or say("entity", event.entity)


def _added_id(event: EditEvent) -> str:
    """What an addition that was taken back had been called."""
    if event.body is None or event.operation != "add":
        return ""
    return read(event.body.after or event.body.before).item.id


def _what(event: EditEvent, say: Say) -> str:
    edit = event.body
    if edit is None:
        return say("did", "deleted")
    did = say("did", "mended" if edit.mended else event.operation)
    if edit.mended is None and event.operation in ("set", "erratum") and edit.field:
        did = f"{did} {say('field', edit.field)}"
    return f"{say('did', 'undo')} {did}" if edit.undoes else did


def _change(edit: Edit, say: Say) -> tuple[str, str]:
    """What was there and what is: nothing where only a yes or no was said."""
    if edit.operation == "approve":
        who = edit.after.get("who") if isinstance(edit.after, dict) else None
        return "", str(who or "")
    if edit.operation in REVIEWED:
        return say("review", str(edit.before)), say("review", REVIEWED[edit.operation])
    if edit.operation == "add":
        return _addition(edit.before, say), _addition(edit.after, say)
    if edit.operation == "cover":
        after = edit.after if isinstance(edit.after, dict) else {"state": edit.after}
        state = say("state", str(after.get("state")))
        return say("state", str(edit.before)), f"{state} {after.get('item') or ''}".strip()
    if edit.operation == "ask":
        return say("ask_now", str(edit.before)), say("ask_now", str(edit.after))
    if edit.entity == "meeting" and edit.field == "shape":
        return say("shape", str(edit.before)), say("shape", str(edit.after))
    if edit.mended is not None:
        pair = edit.mended.was, edit.mended.now
        return (pair[1], pair[0]) if edit.undoes else pair
    answer = edit.operation == "answer" and isinstance(edit.after, dict)
    return shown(edit.before, say), shown(edit.after.get("answer") if answer else edit.after, say)


def _reason(edit: Edit) -> str:
    """Why; of an answer, who gave it; of the project's list, which correction it was.

    Of that nothing is said where the letters themselves tell it.
    """
    if edit.mended is not None:
        told = edit.undoes or (edit.mended.was, edit.mended.now) == edit.mended.rule
        return "" if told else " → ".join(edit.mended.rule)
    who = edit.after.get("who") if isinstance(edit.after, dict) else None
    return edit.reason or (str(who or "") if edit.operation == "answer" else "")


def _addition(body: Mapping[str, Any] | None, say: Say) -> str:
    if body is None:
        return ""
    added = read(body)
    return f"{say('kind', added.kind)}: {added.item.text}"


def shown(value: object, say: Say) -> str:
    """A value as people read it."""
    if value is None or value == "" or value == []:
        return say("value", "empty")
    if isinstance(value, bool):
        return say("value", "yes" if value else "no")
    if isinstance(value, dict):
        parts = (f"{say('field', str(name))}: {shown(one, say)}" for name, one in value.items())
        return "; ".join(parts)
    if isinstance(value, list | tuple):
        return "; ".join(shown(one, say) for one in value)
    return say("value", str(value))
