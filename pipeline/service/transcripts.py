"""Use cases of correcting what was heard: words, speakers, sides, where a turn ends.

Every correction is an event and a new version of the transcript, in one transaction. Evidence
keeps pointing to the version that it cites. Nothing runs by itself afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

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
    return _keep(actor, house, meeting, [_set(segment, field, before, after)])


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
        latest = _latest(house, meeting)
        edits = [
            _set(one.id, field, before if one.id == turn else getattr(one, field), after)
            for one in latest.segments
            if one.id == turn or (one.speaker == named and getattr(one, field) != after)
        ]
        if not edits:
            raise NotFoundError("turn_gone", yours=shown(after))
        return _keep(actor, house, meeting, edits)


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
        latest = _latest(house, meeting)
        on = _there(latest.segment(segment), before)
        earlier = house.tools.store.edits(latest.meeting, entity="segment")
        if refused := clash(_set(segment, "text", before, before), on, earlier):
            raise refused
        edit = Edit(
            entity="segment",
            entity_uid=segment,
            operation="split",
            before=before,
            after={"at": at, "ids": halves_of(on, _ever(latest, earlier))},
        )
        return _keep(actor, house, meeting, [edit])


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
        latest = _latest(house, meeting)
        turns, earlier = Turns(latest), store.edits(latest.meeting, entity="segment")
        project = store.meeting(latest.meeting).project
        versions = cache(partial(store.transcript, latest.meeting))
        for event in events:
            edit, was = _back(versions, latest, event, acts)
            _check(edit, was, turns, earlier, actor)
            if is_join(edit) or edit.operation == "set":
                turns.restore(edit, was)
            else:
                turns.correct(edit)
            store.append_edit(actor, project=project, meeting=latest.meeting, edit=edit)
        for edit in again:
            body = edit.with_(version=latest.version)
            turns.correct(body)
            store.append_edit(actor, project=project, meeting=latest.meeting, edit=body)
        return store.save_transcript(latest.meeting, turns.transcript())


def _back(
    versions: Callable[[int], Transcript | None],
    latest: Transcript,
    event: EditEvent,
    acts: Mapping[str | None, str | None],
) -> tuple[Edit, Segment]:
    """The edit that takes a correction back, and the turn as it was just before."""
    edit = event.body
    if edit is None or edit.version is None:
        raise NotFoundError("nothing_to_undo")
    version = versions(edit.version)
    halves = edit.before["ids"] if is_join(edit) else ()
    known = (version.segment(uid) for uid in (edit.entity_uid, *halves)) if version else ()
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
    edit: Edit, was: Segment, turns: Turns, earlier: Sequence[EditEvent], actor: Actor
) -> None:
    """Whether what the correction made is still there."""
    if is_join(edit):
        if not turns.joinable(edit, was):
            raise _split_changed(was, turns, earlier)
        return
    on = _there(turns.get(edit.entity_uid), edit.after)
    own = [event for event in earlier if event.entity_uid == on.id]
    if edit.operation == "set":
        review.apply(edit, on, actor=actor, at=now(), earlier=own)
    elif refused := clash(_set(on.id, "text", edit.before, edit.before), on, own):
        raise refused


def _split_changed(was: Segment, turns: Turns, earlier: Sequence[EditEvent]) -> ConflictError:
    theirs = " / ".join(one.text for one in turns.out_of(was.id))
    told = {"field": "text", "yours": was.text, "theirs": theirs}
    since = [one for one in earlier if one.entity_uid.startswith(f"{was.id}.")]
    if not since:
        return ConflictError("changed_since_seen_by_run", **told)
    return ConflictError("changed_since_seen", **told, who=since[-1].actor.name, when=since[-1].at)


def _set(segment: str, field: str, before: str | None, after: str | None) -> Edit:
    return Edit(
        entity="segment",
        entity_uid=segment,
        operation="set",
        field=field,
        before=before,
        after=after,
    )


def _keep(actor: Actor, house: House, meeting: str, edits: Sequence[Edit]) -> Transcript:
    """All of them as one version and one act, or none."""
    store, act = house.tools.store, str(ULID()) if len(edits) > 1 else None
    with store.transaction():
        found = store.meeting(meeting)
        latest = _latest(house, found.uid)
        turns, earlier = Turns(latest), store.edits(found.uid, entity="segment")
        for edit in edits:
            on = _there(turns.get(edit.entity_uid), edit.after)
            own = [event for event in earlier if event.entity_uid == on.id]
            if edit.operation == "set":
                review.apply(edit, on, actor=actor, at=now(), earlier=own)
            if turns.correct(edit):
                body = edit.with_(version=latest.version, together=act)
                store.append_edit(actor, project=found.project, meeting=found.uid, edit=body)
        return store.save_transcript(found.uid, turns.transcript())


def _latest(house: House, meeting: str) -> Transcript:
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
