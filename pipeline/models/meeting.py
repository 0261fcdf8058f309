"""Meeting: one call, chat or note of a project, and the files it came from."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal, Self

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


class Join(Model):
    """Another recording or transcript of the same meeting, whose words are joined to its own."""

    name: str
    """What its file was called."""
    sha256: str
    kind: Literal["recording", "source"]
    meeting: str | None = None
    """uid of the meeting it was taken from; null where it was handed in for this one."""
    version: int
    """Version of this meeting's transcript that holds its words, with ids of their own."""
    text: Literal["ours", "theirs"]
    """Whose words stand: the meeting's own, or those that were joined to it."""


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
    join: Join | None = None
    """What was joined to its own file, where people did that."""
    consent: bool | None = None
    created_at: str = ""
    """UTC instant with Z."""

    @property
    def begun(self) -> str | None:
        """ISO date, with the time of the beginning where that is known."""
        if self.date is None or self.time is None:
            return self.date.isoformat() if self.date else None
        return dt.datetime.combine(self.date, self.time).isoformat()

    @property
    def own(self) -> Recording | Source:
        """The file that it was made from, not what was joined to that."""
        files: tuple[Recording | Source, ...] = (*self.recordings, *self.sources)
        joined = self.join.sha256 if self.join else None
        return next((one for one in files if one.sha256 != joined), files[0])

    @property
    def clock(self) -> Literal["ours", "theirs"]:
        """Whose seconds its transcript has: its own, unless only what was joined has a sound."""
        sound = self.join is not None and self.join.kind == "recording"
        return "theirs" if sound and isinstance(self.own, Source) else "ours"

    def with_file(self, file: Recording | Source) -> Self:
        """With this file too; one that it has already is called as this one is."""
        if isinstance(file, Recording):
            return self.with_(recordings=_with(self.recordings, file))
        return self.with_(sources=_with(self.sources, file))

    def without_file(self, sha256: str) -> Self:
        """Without the file of this content."""
        return self.with_(
            recordings=tuple(one for one in self.recordings if one.sha256 != sha256),
            sources=tuple(one for one in self.sources if one.sha256 != sha256),
        )


def _with(
    files: Sequence[Recording | Source], file: Recording | Source
) -> tuple[Recording | Source, ...]:
    known = (at for at, one in enumerate(files) if one.sha256 == file.sha256)
    at = next(known, len(files))
    return (*files[:at], file, *files[at + 1 :])
