"""Use cases of correcting what was heard: words, speakers, sides, where a turn ends.

Every correction is an event and a new version of the transcript, in one transaction. Evidence
keeps pointing to the version that it cites. Nothing runs by itself afterwards.
"""

from collections.abc import Sequence

from pipeline import review
from pipeline.errors import NotFoundError
from pipeline.models.actor import Actor
from pipeline.models.clash import clash, shown
from pipeline.models.correcting import Turns, halves_of
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
    """All of them as one version, or none."""
    store = house.tools.store
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
                body = edit.with_(version=latest.version)
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
    return {uid for one in splits for uid in one.after["ids"]} | {one.id for one in latest.segments}
