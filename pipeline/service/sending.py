"""Use cases of what leaves the machine: what would be sent, before it is; what it took, after.

A rehearsal is a run like any other, inside a transaction that is taken back: what would be sent
is made by the code that sends it, and nothing of it is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pipeline import run as stages
from pipeline.errors import ConflictError, StoppedError, StorageError
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.models.meeting import Meeting, Recording
from pipeline.models.model_use import Cost
from pipeline.models.sending import Sending
from pipeline.ports.jobs import Watch
from pipeline.ports.rehearsal import Rehearsal
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.service.meetings import Taken

NOT_SENT = "not_sent"
"""Code with which a rehearsal ends."""


class DryRun(NamedTuple):
    """What a run on a file would send."""

    sending: Sending | None
    """None where the rules read the call: nothing leaves."""
    meeting: Meeting
    kept: bool
    """Whether the meeting is in the store: it was before, or it was heard for this."""
    client_known: bool
    """Whether anything was said by somebody who is known to be the client's."""


def cost(actor: Actor, house: House, meeting: str) -> Cost:
    """All that models took for a meeting so far, in whichever program. Raises NotFoundError."""
    del actor
    store = house.tools.store
    return Cost(uses=store.model_use(store.meeting(meeting).uid))


def would_send(actor: Actor, house: House, meeting: str) -> Sending | None:
    """What a run on a meeting would send now; None where the rules read the call.

    Raises:
        NotFoundError: there is no such meeting, or it was not heard yet.
        StorageError: the database refuses.
    """
    del actor
    rehearsal = house.rehearsal()
    if rehearsal is None:
        return None
    found = house.tools.store.meeting(meeting)
    with _taken_back(house):
        if not found.recordings:
            stages.hear(found.uid, house.tools, _unwatched)
        _rehearse(house, rehearsal, found.uid)
    return rehearsal.told(found.uid)


def dry_run(actor: Actor, house: House, file: Path, intake: Intake, watch: Watch) -> DryRun:
    """What a run on a file would send.

    A transcript leaves nothing behind, not even the meeting, unless it was there before. A
    recording is heard first, on this machine, and stays as a meeting that was heard: hearing it
    twice would take as long again.

    Raises:
        NotReadableError: the file cannot be read.
        DragomanError: it cannot be heard.
    """
    taken = meetings.take_in(actor, house, file, intake)
    if isinstance(taken.file, Recording):
        meeting = meetings.keep(actor, house, taken).meeting
        stages.hear(meeting.uid, house.tools, watch)
        sending, said = would_send(actor, house, meeting.uid), _client_speaks(house, meeting.uid)
        return DryRun(sending, meeting, kept=True, client_known=said)
    try:
        return _of_text(actor, house, taken)
    finally:
        _forget_content(house, taken.file.sha256)


def _of_text(actor: Actor, house: House, taken: Taken) -> DryRun:
    rehearsal = house.rehearsal()
    with _taken_back(house):
        meeting, known = meetings.keep(actor, house, taken)
        stages.hear(meeting.uid, house.tools, _unwatched)
        client_known = _client_speaks(house, meeting.uid)
        if rehearsal is not None:
            _rehearse(house, rehearsal, meeting.uid)
    told = rehearsal.told(meeting.uid) if rehearsal else None
    return DryRun(told, meeting, kept=known, client_known=client_known)


def _client_speaks(house: House, meeting: str) -> bool:
    transcript = house.tools.store.transcript(meeting)
    return transcript is not None and transcript.client_speaks


def _rehearse(house: House, rehearsal: Rehearsal, meeting: str) -> None:
    tools = house.tools._replace(extractor=rehearsal.extractor, specifier=rehearsal.specifier)
    try:
        stages.understand(meeting, tools, _unwatched)
    except StoppedError as error:
        if error.code != NOT_SENT:
            raise


class _TakeBackError(Exception):
    """Ends a transaction of which nothing stays."""


@contextmanager
def _taken_back(house: House) -> Iterator[None]:
    try:
        with house.tools.store.transaction():
            yield
            raise _TakeBackError
    except _TakeBackError:
        return


def _unwatched(progress: Progress) -> None:
    del progress


def _forget_content(house: House, sha256: str) -> None:
    """The content that was taken in for a rehearsal, unless a meeting was made of it."""
    store = house.tools.store
    # While a backup goes on it stays, and the next deletion sweeps it away.
    with suppress(ConflictError, StorageError), house.holds.alone(), store.transaction():
        if sha256 not in store.files_in_use():
            house.tools.blobs.delete(sha256)
