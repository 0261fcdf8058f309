"""Use cases of uploads: files that somebody sends from a browser, until a worker has them."""

import time

from pipeline.errors import DragomanError, InputError, NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.service import jobs
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.service.jobs import Submitted
from pipeline.service.upload_chunk import Chunk, Upload
from pipeline.service.upload_folder import CHUNK

KEEP_SECONDS = 7 * 24 * 3600
"""A file that nobody went on with for so long goes."""


class Refusal(Model):
    """Why a file could not be handed over."""

    code: str
    params: dict[str, str]
    kept: bool
    """Whether the file is still here for another try: only where another try could do better."""

    @property
    def error(self) -> DragomanError:
        """The error it was."""
        return DragomanError(self.code, **self.params)


def begin(actor: Actor, house: House, name: str, size: int, modified: int) -> Upload:
    """Begin a file, or go on where it was: the same name, size and time is the same file.

    Raises:
        InputError: it is empty.
        StorageError: there is no room for it.
    """
    return house.uploads.open(actor.id, name, size, modified)


def get(actor: Actor, house: House, upload: str) -> Upload:
    """How far a file is.

    Raises:
        NotFoundError: this person has no such file.
    """
    return house.uploads.get(actor.id, upload)


def chunk(actor: Actor, house: House, upload: str, offset: int, length: int) -> Chunk:
    """The next chunk of a file, to be written, finished and closed.

    Raises:
        NotFoundError: this person has no such file.
        ConflictError: it does not begin where the file ends so far; says where that is.
        InputError: it is longer or shorter than a chunk of this file.
        StorageError: there is no room for it.
    """
    return house.uploads.chunk(actor.id, upload, offset, length)


def put(actor: Actor, house: House, name: str, data: bytes) -> Upload:
    """Keep a whole file at once, such as a text that somebody pasted; it waits like any other.

    Raises:
        InputError: it is empty.
        StorageError: there is no room for it.
    """
    upload = begin(actor, house, name, len(data), time.time_ns())
    while not upload.complete:
        piece = data[upload.offset : upload.offset + CHUNK]
        written = chunk(actor, house, upload.id, upload.offset, len(piece))
        done = False
        try:
            written.write(piece)
            upload, done = written.finish(None), True
        finally:
            written.close(keep=done)
    return upload


def waiting(actor: Actor, house: House) -> tuple[Upload, ...]:
    """What this person sent, or began to send, and did not hand over yet."""
    return house.uploads.listed(actor.id)


def note(actor: Actor, house: House, upload: str, text: str) -> None:
    """Keep beside a file what this person wants done with it once it is here.

    Raises:
        NotFoundError: this person has no such file.
        StorageError: the disk refuses.
    """
    house.uploads.note(actor.id, upload, text)


def noted(actor: Actor, house: House, upload: str) -> str:
    """What was kept beside a file; empty where nothing was.

    Raises:
        NotFoundError: this person has no such file.
    """
    return house.uploads.noted(actor.id, upload)


def discard(actor: Actor, house: House, upload: str) -> None:
    """Remove a file that was not handed over.

    Raises:
        NotFoundError: this person has no such file.
    """
    house.uploads.discard(actor.id, upload)


def hand_over(actor: Actor, house: House, upload: str, intake: Intake) -> Submitted | Refusal:
    """Make a meeting of a complete file and queue it, under the name it came with.

    Of two who do that at once, one makes it and the other finds the file gone.

    Raises:
        NotFoundError: this person has no such file.
        InputError: not all of it is here yet.
    """
    with house.uploads.alone(upload):
        return _handed_over(actor, house, house.uploads.get(actor.id, upload), intake)


def _handed_over(actor: Actor, house: House, one: Upload, intake: Intake) -> Submitted | Refusal:
    if not one.complete:
        raise InputError("upload_not_complete", file=one.name)
    try:
        file = house.uploads.named(one)
        done = jobs.submit(actor, house, file, intake)
    except DragomanError as error:
        kept = not isinstance(error, NotReadableError)
        house.uploads.forget_name(one.id)
        if not kept:
            house.uploads.discard(actor.id, one.id)
        # Our own folders mean nothing to whoever sent it.
        params = {
            name: one.name if name == "file" else str(value) for name, value in error.params.items()
        }
        return Refusal(code=error.code, params=params, kept=kept)
    house.uploads.discard(actor.id, one.id)
    return done


def refusal(error: DragomanError) -> Refusal:
    """What stands in the way of a file that is kept for another try."""
    params = {name: str(value) for name, value in error.params.items()}
    return Refusal(code=error.code, params=params, kept=True)


def sweep(house: House, *, older_than: float = KEEP_SECONDS) -> int:
    """Remove files that nobody went on with for so many seconds; how many they were."""
    return house.uploads.sweep(older_than=older_than)
