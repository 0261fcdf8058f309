"""Use cases of correcting what was heard: words, speakers, sides, where a turn ends.

Every correction is an event and a new version of the transcript, in one transaction. Evidence
keeps pointing to the version that it cites. Nothing runs by itself afterwards.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from ulid import ULID

from pipeline import review
from pipeline.errors import ConflictError, NotFoundError
from pipeline.models.actor import Actor
from pipeline.models.clash import clash, shown
from pipeline.models.correcting import Turns, halves_of, is_join
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import Segment, Transcript
from pipeline.record import now
from pipeline.service.house import House


class Kept(NamedTuple):
    """The words as they are now, and the events that made them so."""

    transcript: Transcript
    events: tuple[EditEvent, ...]


def correct(
    actor: Actor,
    house: House,
    meeting: str,
    segment: str,
    *,
    field: str,
    before: str | None,
    after: str | None,
) -> Transcript:
    """Set the text, the speaker or the side of one turn; the new version.

    Raises:
        ConflictError: somebody changed it since; holds both texts in full.
        NotFoundError: the meeting or the turn is not there.
        InputError: the value does not fit.
    """
    return correct_all(actor, house, meeting, [setting(segment, field, before, after)]).transcript


def rename(
    actor: Actor,
    house: House,
    meeting: str,
    named: str,
    *,
    field: str,
    before: str | None,
    after: str | None,
    turn: str | None = None,
) -> Transcript:
    """Set speaker or side of every turn of one speaker; those that are so already stay.

    Args:
        actor: Who does it.
        house: Where.
        meeting: Its uid.
        named: The speaker as called until now.
        field: "speaker" or "side".
        before: What the editor saw at the turn they looked at.
        after: The new value.
        turn: That turn: it is checked against `before` first.

    Raises:
        ConflictError: somebody changed it since; holds both.
        NotFoundError: the meeting is not there, or nobody in it is called so.
        InputError: the value does not fit.
    """
    with house.tools.store.transaction():
        latest = newest(house, meeting)
        edits = [
            setting(one.id, field, before if one.id == turn else getattr(one, field), after)
            for one in latest.segments
            if one.id == turn or (one.speaker == named and getattr(one, field) != after)
        ]
        if not edits:
            raise NotFoundError("turn_gone", yours=shown(after))
        return correct_all(actor, house, meeting, edits).transcript


def split(
    actor: Actor, house: House, meeting: str, segment: str, *, at: int, before: str
) -> Transcript:
    """Make two turns of one, at a character of its text; both have new ids.

    Raises:
        ConflictError: somebody changed its text since; holds both.
        NotFoundError: the meeting or the turn is not there.
        InputError: one half would be empty.
    """
    with house.tools.store.transaction():
        latest = newest(house, meeting)
        on = _there(latest.segment(segment), before)
        earlier = house.tools.store.edits(latest.meeting, entity="segment")
        if refused := clash(setting(segment, "text", before, before), on, earlier):
            raise refused
        edit = Edit(
            entity="segment",
            entity_uid=segment,
            operation="split",
            before=before,
            after={"at": at, "ids": halves_of(on, _ever(latest, earlier))},
        )
        return correct_all(actor, house, meeting, [edit]).transcript


def take_back(
    actor: Actor,
    house: House,
    meeting: str,
    events: Sequence[EditEvent],
    acts: Mapping[str | None, str | None],
    again: Sequence[Edit] = (),
) -> Transcript:
    """Take corrections back, newest first, all as one version: what was there is there again.

    Args:
        actor: Who does it.
        house: Where.
        meeting: Its uid.
        events: What to take back; none of it was taken back already.
        acts: What the undo of each act is called.
        again: Corrections that stay, and are made again on what is there then.

    Raises:
        ConflictError: somebody changed the same since; holds both texts.
        NotFoundError: the turn is no longer there, or the words of the edit were deleted.
    """
    store = house.tools.store
    with store.transaction():
        latest = newest(house, meeting)
        turns, earlier = Turns(latest), _by_turn(store.edits(latest.meeting, entity="segment"))
        project = store.meeting(latest.meeting).project
        versions, edits = _Versions(house, latest.meeting), []
        for event in events:
            edit, was = _back(versions, latest, event, acts)
            _check(edit, was, turns, earlier, actor)
            if is_join(edit) or edit.operation == "set":
                turns.restore(edit, was)
            else:
                turns.correct(edit)
            edits.append(edit)
        for edit in again:
            body = edit.with_(version=latest.version)
            turns.correct(body)
            edits.append(body)
        store.append_edits(actor, project=project, meeting=latest.meeting, edits=edits)
        return store.save_transcript(latest.meeting, turns.transcript())


class _Versions(dict[int, Mapping[str, Segment]]):
    """The turns of the versions of a meeting by their id: each version is read once."""

    def __init__(self, house: House, meeting: str) -> None:
        super().__init__()
        self._read = partial(house.tools.store.transcript, meeting)

    def __missing__(self, version: int) -> Mapping[str, Segment]:
        """Read a version; every later call is a look-up."""
        found = self._read(version)
        self[version] = {one.id: one for one in found.segments} if found else {}
        return self[version]


def _back(
    versions: _Versions,
    latest: Transcript,
    event: EditEvent,
    acts: Mapping[str | None, str | None],
) -> tuple[Edit, Segment]:
    """The edit that takes a correction back, and the turn as it was just before."""
    edit = event.body
    if edit is None or edit.version is None:
        raise NotFoundError("nothing_to_undo")
    turns = versions[edit.version]
    halves = edit.before["ids"] if is_join(edit) else ()
    known = (turns.get(uid) for uid in (edit.entity_uid, *halves))
    was = next((one for one in known if one is not None), None)
    back = edit.with_(
        before=edit.after,
        after=edit.before,
        reason=None,
        version=latest.version,
        undoes=event.uid,
        together=acts[edit.together],
    )
    return back, _there(was, back.after)


def _check(
    edit: Edit,
    was: Segment,
    turns: Turns,
    earlier: Mapping[str, Sequence[EditEvent]],
    actor: Actor,
) -> None:
    """Whether what the correction made is still there."""
    if is_join(edit):
        if not turns.joinable(edit, was):
            raise _split_changed(was, turns, earlier)
        return
    on = _there(turns.get(edit.entity_uid), edit.after)
    own = earlier.get(on.id, ())
    if edit.operation == "set":
        review.apply(edit, on, actor=actor, at=now(), earlier=own)
    elif refused := clash(setting(on.id, "text", edit.before, edit.before), on, own):
        raise refused


def _split_changed(
    was: Segment, turns: Turns, earlier: Mapping[str, Sequence[EditEvent]]
) -> ConflictError:
    theirs = " / ".join(one.text for one in turns.out_of(was.id))
    told = {"field": "text", "yours": was.text, "theirs": theirs}
    of_halves = [some[-1] for uid, some in earlier.items() if uid.startswith(f"{was.id}.")]
    if not of_halves:
        return ConflictError("changed_since_seen_by_run", **told)
    last = max(of_halves, key=lambda one: one.at)
    return ConflictError("changed_since_seen", **told, who=last.actor.name, when=last.at)


def setting(segment: str, field: str, before: str | None, after: str | None) -> Edit:
    """The edit that sets the text, the speaker or the side of one turn."""
    return Edit(
        entity="segment",
        entity_uid=segment,
        operation="set",
        field=field,
        before=before,
        after=after,
    )


def correct_all(actor: Actor, house: House, meeting: str, edits: Sequence[Edit]) -> Kept:
    """Make several corrections as one version, or none of them; one act unless they say which.

    Raises:
        ConflictError: somebody changed one of the turns since; holds both texts in full.
        NotFoundError: the meeting or a turn is not there.
        InputError: a value does not fit.
    """
    store, act = house.tools.store, str(ULID()) if len(edits) > 1 else None
    with store.transaction():
        found = store.meeting(meeting)
        latest = newest(house, found.uid)
        turns, earlier = Turns(latest), _by_turn(store.edits(found.uid, entity="segment"))
        kept = []
        for edit in edits:
            on = _there(turns.get(edit.entity_uid), edit.after)
            if edit.operation == "set":
                own = earlier.get(on.id, ())
                review.apply(edit, on, actor=actor, at=now(), earlier=own)
            if turns.correct(edit):
                kept.append(edit.with_(version=latest.version, together=edit.together or act))
        events = store.append_edits(actor, project=found.project, meeting=found.uid, edits=kept)
        return Kept(store.save_transcript(found.uid, turns.transcript()), events)


def _by_turn(events: Sequence[EditEvent]) -> dict[str, list[EditEvent]]:
    """The corrections of each turn, oldest first."""
    found: dict[str, list[EditEvent]] = {}
    for event in events:
        found.setdefault(event.entity_uid, []).append(event)
    return found


def newest(house: House, meeting: str) -> Transcript:
    """The latest version of what was heard or read in a meeting.

    Raises:
        NotFoundError: there is no such meeting, or no words of it yet.
    """
    store = house.tools.store
    transcript = store.transcript(store.meeting(meeting).uid)
    if transcript is None:
        raise NotFoundError("no_transcript", meeting=meeting)
    return transcript


def _there(segment: Segment | None, yours: object) -> Segment:
    if segment is None:
        raise NotFoundError("turn_gone", yours=shown(yours))
    return segment


def _ever(latest: Transcript, earlier: Sequence[EditEvent]) -> set[str]:
    """Every id that a turn of the meeting has or had."""
    splits = [one.body for one in earlier if one.body and one.operation == "split"]
    halves = {uid for one in splits if not is_join(one) for uid in one.after["ids"]}
    return halves | {one.id for one in latest.segments}
