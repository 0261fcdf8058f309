"""The other account of a meeting that is to be joined: another meeting's words, or those of a file."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InputError, NotFoundError
from pipeline.ingest import ingest
from pipeline.models.correction import LIST_ID
from pipeline.models.meeting import Meeting, Recording, Source
from pipeline.models.transcript import Transcript
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.media import kind_of


class Other(NamedTuple):
    """The other account, with what it is from."""

    transcript: Transcript
    file: Recording | Source
    meeting: Meeting | None = None
    path: Path | None = None
    """The file, where it was handed in and is of no meeting."""


def open_for(house: House, meeting: str) -> Meeting:
    """The meeting that something is to be joined to.

    Raises:
        NotFoundError: there is none.
        InputError: something is joined to it already.
    """
    found = house.tools.store.meeting(meeting)
    if found.join is not None:
        raise InputError("join_already", meeting=found.title, file=found.join.name)
    return found


def words_of(house: House, meeting: Meeting) -> Transcript:
    """The latest words of a meeting, with people's corrections.

    Raises:
        NotFoundError: it was not heard yet.
    """
    transcript = house.tools.store.transcript(meeting.uid)
    if transcript is None:
        raise NotFoundError("join_not_heard", meeting=meeting.title)
    return transcript


def other_of(house: House, mine: Meeting, other: Path | str) -> Other:
    """What is to be joined to a meeting.

    A file that the project has a meeting of already is that meeting.

    Raises:
        NotFoundError: there is no such meeting, or it was not heard yet.
        NotReadableError: the file holds no transcript.
        InputError: it cannot be joined to this meeting.
    """
    store = house.tools.store
    if isinstance(other, str):
        return _of_meeting(house, mine, store.meeting(other))
    kind = kind_of(other)
    with other.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    owner = store.find_meeting(mine.project, sha256)
    if owner is not None:
        return _of_meeting(house, mine, owner)
    if kind == "recording":
        raise InputError("join_recording_first", file=other.name)
    reading = meetings.read_text(house, other)
    read = ingest(reading, meeting=mine, project=store.project(mine.project))
    file = Source(name=other.name, sha256=sha256, size=other.stat().st_size, shape=reading.shape)
    return Other(read, file, path=other)


def renamed(transcript: Transcript, version: int) -> Transcript:
    """With ids that no turn of the meeting had: they begin with the version they are kept as."""
    segments = tuple(
        one.with_(id=f"j{version}-{place + 1:04d}", index=place)
        for place, one in enumerate(transcript.segments)
    )
    return transcript.with_(segments=segments)


def touched(house: House, meeting: Meeting) -> bool:
    """Whether a person changed or decided anything; what the project's list did is done again."""
    return any(one.actor.id != LIST_ID for one in house.tools.store.edits(meeting.uid))


def _of_meeting(house: House, mine: Meeting, other: Meeting) -> Other:
    if other.uid == mine.uid:
        raise InputError("join_itself", meeting=mine.title)
    if other.project != mine.project:
        raise InputError("join_other_project", meeting=other.title)
    if other.join is not None:
        raise InputError("join_already", meeting=other.title, file=other.join.name)
    return Other(words_of(house, other), other.own, meeting=other)
