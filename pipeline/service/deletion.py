"""Use cases of deletion: a client's words go, the bare record of what was decided stays.

Rows go first, then files. Whoever is killed in between leaves files that no row names and pages
that still hold words; `finish` takes both away, and runs with every deletion and with `tidy`.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from pipeline.errors import ConflictError, InputError, NotFoundError, StorageError
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.meeting import Meeting, Recording, Source
from pipeline.models.project import Project
from pipeline.models.review import Deletion
from pipeline.service.house import House


class Doomed(Model):
    """What would go with a meeting, for whoever has to say yes."""

    meeting: Meeting
    project: Project
    items: int
    edits: int
    size: int
    """Bytes of its recordings and sources."""
    under_way: bool
    """Whether a worker has it or will have it."""


def delete(actor: Actor, house: House, meeting: str) -> Deletion:
    """Remove one meeting, by its uid or an unambiguous end of it.

    Raises:
        NotFoundError: none or several have it.
    """
    return delete_all(actor, house, (meeting,))


def delete_all(actor: Actor, house: House, meetings: Sequence[str]) -> Deletion:
    """Remove some meetings: recordings, transcripts, drafts, edits' words, jobs and error logs.

    Raises:
        NotFoundError: a name fits none or several; nothing was removed.
    """
    store = house.tools.store
    found = {one.uid: one for one in map(store.meeting, meetings)}
    uids = tuple(found)
    done = begin(actor, house)
    for uid in uids:
        with suppress(NotFoundError):  # somebody else may delete it too
            done = done.plus(forget(house, uid))
    left = {one.project for one in found.values() if not store.meetings(one.project)}
    return finish(actor, house, done.plus(Deletion(kept={"clients": len(left)})))


def delete_project(
    actor: Actor, house: House, project: str, *, agreed: Collection[str] | None = None
) -> Deletion:
    """Remove a whole client: all meetings, then names, people, dictionary and glossary.

    Args:
        actor: whoever asks.
        house: where.
        project: its uid.
        agreed: uids of the meetings that whoever asks was shown; null if nobody was asked.

    Raises:
        NotFoundError: no project has this uid.
        ConflictError: it has another meeting by now; nothing was deleted.
    """
    store = house.tools.store
    store.project(project)
    done = begin(actor, house)
    with store.transaction():
        meetings = [one.uid for one in store.meetings(project)]
        if agreed is not None and not set(agreed).issuperset(meetings):
            raise ConflictError("client_changed", client=store.project(project).client)
        queued = [uid for uid in meetings if store.job(uid)]
        done = done.plus(store.delete_project(project))
    for uid in queued:
        house.jobs().delete(uid)
    return finish(actor, house, done)


def forget(
    house: House, meeting: str, *, only_if: Callable[[str], bool] = lambda meeting: True
) -> Deletion:
    """The rows of one meeting, then what the job library keeps of it, which is uids.

    Whoever works on it finds it gone at the next batch. The library takes seconds to load, and
    is left alone where the meeting never had a job.

    Args:
        house: Where.
        meeting: uid.
        only_if: Asked once more when nobody else can change anything.

    Raises:
        NotFoundError: it is gone already.
    """
    store = house.tools.store
    with store.transaction():
        if not only_if(meeting):
            return Deletion()
        queued = store.job(meeting) is not None
        done = store.delete_meeting(meeting)
    if queued:
        house.jobs().delete(meeting)  # has a connection of its own: not inside our transaction
    return done


def begin(actor: Actor, house: House) -> Deletion:
    """Error logs go before any row: once the rows are gone, nobody would know that they should.

    All of them go, for nobody can tell whose words a traceback quotes.
    """
    del actor
    return Deletion(removed={"error_logs": house.logs.clear()})


def finish(actor: Actor, house: House, done: Deletion | None = None) -> Deletion:
    """Take away what rows that are gone left behind: files, later error logs, pages.

    Without `done` that is what a deletion which was killed left behind.
    """
    try:
        total = _forget_files(house, done or Deletion())
    except ConflictError:  # a backup or a restore goes on: its files are nobody's to judge now
        unused = len(done.unused_blobs) if done else 0
        total = Deletion(kept={"files": unused})
    if done is not None:
        total = done.plus(total).plus(begin(actor, house))
        kept = {"logs": house.logs.count(), "set_aside": house.holds.set_aside()}
        total = total.plus(Deletion(kept=kept))
    if not house.tools.store.wipe():
        total = total.plus(Deletion(kept={"old_pages": 1}))
    return total


def _forget_files(house: House, done: Deletion) -> Deletion:
    """Inside a transaction, so that nobody can begin to use a file that is on its way out."""
    store, blobs = house.tools.store, house.tools.blobs
    gone = stuck = 0
    with house.holds.alone(), store.transaction():
        used = store.files_in_use()
        for sha256 in set(done.unused_blobs) - used:
            try:
                blobs.delete(sha256)
                gone += 1
            except StorageError:
                stuck += 1
        leftovers = blobs.sweep(used, older_than=0)
        copies = house.playback.forget(used)
    removed = {"contents": gone, "leftovers": leftovers, "playback": copies}
    return Deletion(removed=removed, kept={"files": stuck})


def preview(actor: Actor, house: House, meetings: Sequence[str]) -> tuple[Doomed, ...]:
    """What would go with these meetings; each once, in the order given.

    Raises:
        NotFoundError: a name fits none or several.
    """
    del actor
    store = house.tools.store
    found = {one.uid: one for one in map(store.meeting, meetings)}
    return tuple(_doomed(house, one) for one in found.values())


def of_project(actor: Actor, house: House, project: str) -> tuple[Doomed, ...]:
    """What would go with a whole project."""
    meetings = house.tools.store.meetings(project)
    return preview(actor, house, [one.uid for one in meetings])


def _doomed(house: House, meeting: Meeting) -> Doomed:
    store = house.tools.store
    minutes, job = store.minutes(meeting.uid), store.job(meeting.uid)
    files: tuple[Recording | Source, ...] = (*meeting.recordings, *meeting.sources)
    return Doomed(
        meeting=meeting,
        project=store.project(meeting.project),
        items=sum(1 for _ in minutes.items()) if minutes else 0,
        edits=len(store.edits(meeting.uid)),
        size=sum(one.size for one in files),
        under_way=job is not None and job.under_way,
    )


def client(actor: Actor, house: House, name: str, system: str | None = None) -> Project:
    """The project of a client, where need be by its system too.

    Raises:
        NotFoundError: no client has this name, or not this system.
        InputError: the client has several systems and none was named.
    """
    del actor
    theirs = [one for one in house.tools.store.projects() if one.client == name.strip()]
    if not theirs:
        raise NotFoundError("client_not_found", client=name)
    if system is None and len(theirs) == 1:
        return theirs[0]
    systems = ", ".join(f'"{one.system}"' for one in theirs)
    if system is None:
        raise InputError("client_ambiguous", client=name, systems=systems)
    for one in theirs:
        if one.system == system.strip():
            return one
    raise NotFoundError("system_not_found", client=name, system=system, systems=systems)
