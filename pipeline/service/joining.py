"""Use cases of joining: another recording or transcript of the same meeting, looked at, then taken.

What is joined are words: they are kept as a version of the meeting's own transcript, so that every
run finds them again and neither the other meeting nor its file is needed. The file comes along
where nobody else has it, or where the sound is wanted.
"""

from pathlib import Path
from typing import NamedTuple

from ulid import ULID

from pipeline.errors import ConflictError, InputError
from pipeline.join import join
from pipeline.mend import mend
from pipeline.models.actor import Actor
from pipeline.models.joining import Joined, Text
from pipeline.models.meeting import Join, Meeting, Recording, Source
from pipeline.models.project import Project
from pipeline.models.review import Deletion, Edit
from pipeline.models.transcript import Transcript
from pipeline.record import now
from pipeline.run_join import own_again
from pipeline.service import deletion, meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.service.other_account import Other, open_for, other_of, renamed, touched, words_of


class Proposal(NamedTuple):
    """What joining would give; nothing is changed yet."""

    meeting: Meeting
    other: Meeting | None
    """The meeting that the other account is of; null where a file was handed in."""
    name: str
    """What the other file is called."""
    text: Text
    """Whose words it is shown with."""
    joined: Joined
    version: int
    """The version of the meeting's transcript that it was made from."""
    worked_on: bool
    """Whether people worked on the other meeting: then it stays as it is."""
    moves: bool
    """Whether the sound of the other meeting must come along, so that meeting goes."""


class Accepted(NamedTuple):
    """What joining gave."""

    meeting: Meeting
    transcript: Transcript
    deletion: Deletion | None = None
    """What was removed with the other meeting, where that went."""


class _Gone(NamedTuple):
    """What went with the other meeting."""

    done: Deletion
    queued: bool
    """Whether the job library knows of it."""


def propose(
    actor: Actor, house: House, meeting: str, other: Path | str, *, text: Text | None = None
) -> Proposal:
    """What joining would give.

    Args:
        actor: Who asks.
        house: Where.
        meeting: uid of the meeting, or an unambiguous end of it.
        other: A transcript that somebody else made, or another meeting of the project.
        text: Whose words are to stand; if not given, those that more speaks for.

    Raises:
        NotFoundError: there is no such meeting, or it was not heard yet.
        NotReadableError: the file holds no transcript.
        InputError: it cannot be joined to this meeting: names why.
    """
    del actor
    mine = open_for(house, meeting)
    ours = words_of(house, mine)
    theirs = other_of(house, mine, other)
    return _proposal(house, mine, ours, theirs, text)


def candidates(actor: Actor, house: House, meeting: str) -> tuple[Meeting, ...]:
    """Other meetings of the project that may be joined to this one, newest first.

    Raises:
        NotFoundError: there is no such meeting.
    """
    del actor
    store = house.tools.store
    mine = store.meeting(meeting)
    others = store.meetings(mine.project)
    return tuple(one for one in others if one.uid != mine.uid and one.join is None)


def accept(
    actor: Actor,
    house: House,
    meeting: str,
    other: Path | str,
    *,
    text: Text | None = None,
    version: int | None = None,
    remove: bool = False,
) -> Accepted:
    """Join them: the new transcript, and who joined what is on record.

    Args:
        actor: Who does it.
        house: Where.
        meeting: uid of the meeting, or an unambiguous end of it.
        other: As for `propose`.
        text: As for `propose`.
        version: Of the meeting's transcript, as the proposal had it.
        remove: Whether the other meeting goes, if nobody worked on it; its file comes along.

    Raises:
        NotFoundError, NotReadableError, InputError: as for `propose`.
        InputError: the two are not of one call; or people worked on what is to go.
        ConflictError: somebody changed the transcript since, or a worker is at it.
    """
    mine = open_for(house, meeting)
    ours = words_of(house, mine)
    theirs = other_of(house, mine, other)
    seen = _proposal(house, mine, ours, theirs, text)
    if not seen.joined.agreement.same:
        raise InputError("join_strangers", file=seen.name, share=_percent(seen))
    goes = theirs.meeting is not None and (remove or seen.moves)
    if goes and seen.worked_on:
        raise InputError("join_worked_on", meeting=seen.name)
    begun = deletion.begin(actor, house) if goes else None
    gone = _keep(actor, house, seen, theirs, version or ours.version, goes=goes)
    done = None
    if begun is not None and theirs.meeting is not None:
        if gone.queued:
            house.jobs().delete(theirs.meeting.uid)
        done = deletion.finish(actor, house, begun.plus(gone.done))
    return Accepted(house.tools.store.meeting(mine.uid), words_of(house, mine), done)


def apart(actor: Actor, house: House, meeting: str) -> Accepted:
    """Take a join apart: the meeting's own words again, as a new version.

    Corrections of its own turns are in it. A file that was moved here makes a meeting again.

    Raises:
        NotFoundError: there is no such meeting.
        InputError: nothing is joined to it.
        ConflictError: a worker is at it.
    """
    store = house.tools.store
    with store.transaction():
        mine = store.meeting(meeting)
        chosen = mine.join
        own = store.transcript(mine.uid, chosen.version - 1) if chosen else None
        if chosen is None or own is None:
            raise InputError("join_none", meeting=mine.title)
        _check_idle(house, mine)
        bare = mine.without_file(chosen.sha256).with_(join=None)
        store.save_meeting(bare)
        _let_go(house, mine, chosen)
        saved = store.save_transcript(mine.uid, own_again(own, chosen, store))
        saved = mend(saved, project=store.project(mine.project), store=store)
        _note(actor, house, mine, before=chosen.name, after=None)
    return Accepted(bare, saved)


def _proposal(
    house: House, mine: Meeting, ours: Transcript, theirs: Other, text: Text | None
) -> Proposal:
    other = theirs.meeting
    worked_on = other is not None and touched(house, other)
    moves = isinstance(theirs.file, Recording) and not mine.recordings
    if moves and worked_on and other is not None:
        raise InputError("join_start_there", meeting=other.title, ours=mine.title)
    project = house.tools.store.project(mine.project)
    theirs = theirs._replace(transcript=renamed(theirs.transcript, ours.version + 1))
    joined = _joined(ours, theirs, text, project, moves=moves)
    return Proposal(
        meeting=mine,
        other=other,
        name=theirs.file.name,
        text=text or joined.preference.text,
        joined=joined,
        version=ours.version,
        worked_on=worked_on,
        moves=moves,
    )


def _joined(
    ours: Transcript, theirs: Other, text: Text | None, project: Project, *, moves: bool
) -> Joined:
    clock: Text = "theirs" if moves else "ours"
    return join(ours, theirs.transcript, clock=clock, text=text, project=project)


def _keep(
    actor: Actor,
    house: House,
    seen: Proposal,
    theirs: Other,
    version: int,
    *,
    goes: bool,
) -> _Gone:
    """All of it or nothing; what went with the other meeting."""
    store, uid, file = house.tools.store, seen.meeting.uid, theirs.file
    taken = meetings.take_in(actor, house, theirs.path, Intake()) if theirs.path else None
    gone = _Gone(Deletion(), queued=False)
    with store.transaction():
        mine = open_for(house, uid)
        if words_of(house, mine).version != version:
            raise ConflictError("join_changed", meeting=mine.title)
        _check_idle(house, mine)
        if goes and theirs.meeting is not None:
            _check_idle(house, theirs.meeting)
            queued = store.job(theirs.meeting.uid) is not None
            gone = _Gone(store.delete_meeting(theirs.meeting.uid), queued=queued)
        kept = store.save_transcript(uid, renamed(theirs.transcript, version + 1))
        whole = store.save_transcript(uid, seen.joined.transcript)
        mend(whole, project=store.project(mine.project), store=store)
        chosen = Join(
            name=file.name,
            sha256=file.sha256,
            kind="recording" if isinstance(file, Recording) else "source",
            meeting=theirs.meeting.uid if theirs.meeting else None,
            version=kept.version,
            text=seen.text,
        )
        mine = mine.with_(join=chosen)
        store.save_meeting(mine.with_file(file) if goes or taken else mine)
        if taken is not None:
            meetings.keep_content(house, taken)
        _note(actor, house, mine, before=None, after=file.name)
    return gone


def _check_idle(house: House, meeting: Meeting) -> None:
    """Refuse while a worker has a meeting: it would save words of its own over ours."""
    job = house.tools.store.job(meeting.uid)
    if job is not None and job.state == "running":
        raise ConflictError("join_busy", meeting=meeting.title)


def _let_go(house: House, mine: Meeting, chosen: Join) -> None:
    """The file that came along with a join: it can be handed in again.

    One that came from a meeting which went makes a meeting again, with the words it had; the
    content of one that was handed in for this meeting stays with it.
    """
    store = house.tools.store
    files: tuple[Recording | Source, ...] = (*mine.recordings, *mine.sources)
    file = next((one for one in files if one.sha256 == chosen.sha256), None)
    words = store.transcript(mine.uid, chosen.version)
    if file is None or words is None:
        return
    if chosen.meeting is None:
        store.keep_attachment(mine.uid, mine.project, file.sha256, file.size)
        return
    again = mine.with_(uid=str(ULID()), title=Path(file.name).stem, created_at=now(), join=None)
    kind = (
        house.tools.reader.shapes().get(file.shape, mine.kind)
        if isinstance(file, Source)
        else "call"
    )
    again = again.with_(recordings=(), sources=(), kind=kind).with_file(file)
    store.add_meeting(again)
    store.save_transcript(again.uid, words)


def _note(
    actor: Actor, house: House, meeting: Meeting, *, before: str | None, after: str | None
) -> None:
    """Put it on record."""
    edit = Edit(
        entity="meeting",
        entity_uid=meeting.uid,
        operation="set",
        field="join",
        before=before,
        after=after,
    )
    house.tools.store.append_edit(actor, project=meeting.project, meeting=meeting.uid, edit=edit)


def _percent(seen: Proposal) -> str:
    agreement = seen.joined.agreement
    return f"{max(agreement.ours, agreement.theirs):.0%}"
