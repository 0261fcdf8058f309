"""Meeting: one call, chat or note of a project, and the files it came from."""

import datetime as dt
from typing import Literal

from pipeline.models.base import Language, Model

MeetingKind = Literal["call", "chat", "note"]


class Recording(Model):
    """An audio or video file as it was given to us, kept under its own hash."""

    name: str
    sha256: str
    size: int
    """Bytes."""
    duration: float | None = None
    """Seconds; null until it was decoded."""


class Source(Model):
    """A transcript, chat or note somebody else made, kept under its own hash."""

    name: str
    sha256: str
    size: int
    shape: str
    """The layout it was read as, such as "vtt" or "turns"."""


class Meeting(Model):
    """When it was, who was there and what it was made from."""

    uid: str
    project: str
    """uid of the project."""
    title: str
    date: dt.date | None = None
    """Due dates resolve against it; an undated meeting leaves them verbatim."""
    time: dt.time | None = None
    """When it began; of a chat, when its first message was sent."""
    time_zone: str = "UTC"
    kind: MeetingKind = "call"
    languages: tuple[str, ...] = ()
    """Languages that may be spoken; empty means found out from the sound or the text."""
    text_language: Language | None = None
    """Language of the minutes and specs; null means that of the call."""
    participants: tuple[str, ...] = ()
    """Names of participants of the project."""
    recordings: tuple[Recording, ...] = ()
    sources: tuple[Source, ...] = ()
    consent: bool | None = None
    created_at: str = ""
    """UTC instant with Z."""

    @property
    def begun(self) -> str | None:
        """ISO date, with the time of the beginning where that is known."""
        if self.date is None or self.time is None:
            return self.date.isoformat() if self.date else None
        return dt.datetime.combine(self.date, self.time).isoformat()
