"""Use case of listening: the sound of a meeting as a browser plays it."""

from pipeline.errors import NotFoundError
from pipeline.models.actor import Actor
from pipeline.ports.sound import Sound
from pipeline.service.house import House


def sound(actor: Actor, house: House, meeting: str) -> Sound | None:
    """What to play; None while a copy is being made that browsers can play.

    Raises:
        NotFoundError: there is no such meeting, or it has no recording any more.
        NotReadableError: the recording holds nothing that can be played.
        StorageError: the disk refuses.
    """
    del actor
    found = house.tools.store.meeting(meeting)
    if not found.recordings:
        raise NotFoundError("recording_gone", sha256="-")
    sha256 = found.recordings[0].sha256
    return house.playback.sound(sha256, house.tools.blobs.path(sha256))
