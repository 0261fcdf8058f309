"""Use cases of looking into a transcript, chat or notes before anything is made of it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath

from pipeline.errors import DragomanError, NotFoundError
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.meeting import Meeting, MeetingKind
from pipeline.models.reading import Reading
from pipeline.models.transcript import UNDERSTOOD, Dropped, Segment, Transcript
from pipeline.service.house import House
from pipeline.service.intake import Intake, began_at, filled
from pipeline.service.media import media_kind

_HEAD = 4096
"""Bytes that tell a recording from a text."""
LARGEST = 8_000_000
"""Bytes of a file that is looked into while somebody waits."""
FIRST = 5
"""Turns that are shown."""
MOST = 200
"""Lines that were not taken as words which are shown."""


class Speaker(Model):
    """Somebody by the name that the file has for them."""

    name: str
    turns: int


class Preview(Model):
    """What a file was read as, and what came of it."""

    shape: str
    kind: MeetingKind = "call"
    turns: int
    first: tuple[Segment, ...]
    """The first few turns."""
    speakers: tuple[Speaker, ...]
    """Who speaks most comes first."""
    dropped: tuple[Dropped, ...]
    """The first lines that were not taken as words."""
    dropped_count: int
    """How many of them there are in all."""
    lost_count: int
    """How many of all of them were not understood."""
    title: str | None = None
    """What the file itself says that it is about."""
    length: float | None = None
    """Seconds of a call until its last turn; null where the file has no times."""
    date: dt.date | None = None
    """The day of the call, where the file says it."""
    began: dt.datetime | None = None
    """When second 0 was, where the file says it."""


class Refused(Model):
    """Why a file could not be read."""

    code: str
    params: dict[str, str]

    @property
    def error(self) -> DragomanError:
        """The error it was."""
        return DragomanError(self.code, **self.params)


def shapes(actor: Actor, house: House) -> Mapping[str, MeetingKind]:
    """Names of all layouts that can be read, with what each is of."""
    del actor
    return house.tools.reader.shapes()


def preview(
    actor: Actor, house: House, upload: str, shape: str | None = None
) -> Preview | Refused | None:
    """Read a complete upload, as one shape if one is named; None for a recording.

    The same upload read as the same shape gives the same: it can be kept for as long as it waits.

    Raises:
        NotFoundError: this person has no such file.
        InputError: not all of it is here yet.
    """
    one = house.uploads.get(actor.id, upload)
    try:
        with house.uploads.whole(one).open("rb") as stream:
            head = stream.read(_HEAD)
            if media_kind(head, PurePath(one.name).suffix) == "recording":
                return None
            if one.size > LARGEST:
                return Refused(code="too_large_to_show", params={"file": one.name})
            data = head + stream.read()
    except FileNotFoundError as error:
        raise NotFoundError("upload_unknown") from error  # handed over at this moment
    return looked_into(house, data, name=one.name, shape=shape)


def of_meeting(
    actor: Actor, house: House, meeting: str, shape: str | None = None
) -> Preview | Refused | None:
    """Read the file of a meeting again, only to look; None for a recording.

    Raises:
        NotFoundError: no meeting has this name.
    """
    del actor
    found = house.tools.store.meeting(meeting)
    if not found.sources:
        return None
    source = found.sources[0]
    data = house.tools.blobs.path(source.sha256).read_bytes()
    return looked_into(house, data, name=source.name, shape=shape)


def looked_into(house: House, data: bytes, *, name: str, shape: str | None) -> Preview | Refused:
    """What comes of reading it, or why nothing does."""
    try:
        reading = house.tools.reader.read(data, name=name, shape=shape)
    except DragomanError as error:
        params = {key: str(value) for key, value in error.params.items()}
        return Refused(code=error.code, params=params)
    return _told(reading)


def as_it_is(meeting: Meeting, transcript: Transcript) -> Preview:
    """What the file of a meeting was read as, without reading it again."""
    return _told(
        Reading(
            shape=meeting.sources[0].shape,
            kind=meeting.kind,
            segments=transcript.segments,
            dropped=transcript.dropped,
            date=transcript.date,
        )
    )


def _told(reading: Reading) -> Preview:
    turns = reading.segments
    names = Counter(one.speaker for one in turns if one.speaker)
    times = [time for one in turns for time in (one.start, one.end) if time is not None]
    date = filled(Intake(), reading, named="").date
    time = began_at(reading, date)
    return Preview(
        shape=reading.shape,
        kind=reading.kind,
        turns=len(turns),
        first=turns[:FIRST],
        speakers=tuple(Speaker(name=name, turns=n) for name, n in names.most_common()),
        dropped=reading.dropped[:MOST],
        dropped_count=len(reading.dropped),
        lost_count=sum(one.reason not in UNDERSTOOD for one in reading.dropped),
        title=reading.title,
        length=max(times, default=None) if reading.kind == "call" else None,
        date=date,
        began=dt.datetime.combine(date, time) if date and time else None,
    )
