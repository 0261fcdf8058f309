"""Transcript: who said what and when, in the words that were heard or imported."""

import datetime as dt
from typing import Literal

from pydantic import Field, FiniteFloat

from pipeline.models.base import Model, Side

TRANSCRIPT_SCHEMA: Literal["dragoman/transcript/v1"] = "dragoman/transcript/v1"

IMPORTED = "import"
"""Engine name of a transcript that somebody else made; its model is the layout it was read as, of
a chat or of notes that it is one."""
BREAKS_OFF = "breaks off"
"""Reason of a Dropped that stands for the lost end of a recording: its start is where it stops."""
ATTACHED = "sent beside the words"
"""Reason of a picture, file or voice message that a chat names and does not hold."""
QUOTED = "quoted from an earlier message"
"""Reason of words that a reply repeats: they stand in the transcript where they were first said."""
QUOTED_ALONE = "quoted and nowhere else"
"""Reason of words that a reply repeats and whose own message the file does not hold."""
WITHDRAWN = "withdrawn by its sender"
"""Reason of the notice that stands where a message was."""
NOTICE = "notice of the chat program"
"""Reason of what the program says by itself, such as who joined."""
SUMMARY = "summary of the program"
"""Reason of what the program that made a transcript wrote about the call: nobody said it."""
REMARK = "notice of the program"
"""Reason of what such a program says of itself, such as that it began to listen."""
ECHO = "echo of the other line"
"""Reason of words that were heard a second time, fainter, on the line of somebody else."""
ONE_VOICE = "voices not told apart"
"""Reason of a Dropped that says, in words, why nobody on the one line is told from another."""
COPY = "said on another track too"
"""Reason of a track of sound that was not heard: what was heard holds its words."""
UNDERSTOOD = (ATTACHED, QUOTED, WITHDRAWN, NOTICE, SUMMARY, REMARK, ONE_VOICE, ECHO, COPY)
"""Reasons of lines that nothing of what was said is lost with."""


class EngineName(Model):
    """Which engine, and which of its models, made something."""

    name: str
    model: str | None = None


class Word(Model):
    """A word with its times in seconds and the recogniser's probability."""

    start: FiniteFloat
    end: FiniteFloat
    text: str
    probability: FiniteFloat | None = None


class Segment(Model):
    """One stretch of speech of one speaker. Its id is never given to another."""

    id: str
    index: int = Field(ge=0)
    """0-based input order."""
    start: FiniteFloat | None = None
    """Seconds from the beginning of the call; null where the source has no times."""
    end: FiniteFloat | None = None
    speaker: str | None = None
    side: Side = "unknown"
    text: str
    channel: int | None = None
    avg_logprob: FiniteFloat | None = None
    no_speech_prob: FiniteFloat | None = None
    words: tuple[Word, ...] = ()


class Dropped(Model):
    """Something that was heard or read and not taken as speech, with the reason."""

    start: FiniteFloat | None = None
    end: FiniteFloat | None = None
    line: int | None = None
    """1-based line of a text source."""
    text: str
    reason: str


class Transcript(Model):
    """One version of a call's words. Evidence always names the version it cites."""

    schema_: Literal["dragoman/transcript/v1"] = Field(default=TRANSCRIPT_SCHEMA, alias="schema")
    meeting: str = ""
    version: int = Field(default=1, ge=1)
    date: str | None = None
    """ISO date of the call, or date and time of its beginning where that is known."""
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ()
    engine: EngineName
    segments: tuple[Segment, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def client_speaks(self) -> bool:
        """Whether anything was said by somebody who is known to be the client's."""
        return any(one.side == "client" for one in self.segments)

    @property
    def is_note(self) -> bool:
        """Whether it is what somebody wrote down, line by line, and nobody speaks in it."""
        return self.engine.name == IMPORTED and self.engine.model == "note"

    @property
    def is_chat(self) -> bool:
        """Whether it is messages that were sent, over hours or months."""
        return self.engine.name == IMPORTED and self.engine.model == "chat"

    @property
    def begun(self) -> dt.datetime | None:
        """When second 0 was; midnight where only the day is known, None where that is not either."""
        try:
            begun = dt.datetime.fromisoformat(self.date) if self.date else None
        except ValueError:
            return None
        return begun.replace(tzinfo=None) if begun else None

    def day_of(self, segment_id: str) -> dt.date | None:
        """The day on which a segment was said; without a time of its own, that of the one before."""
        begun, seconds = self.begun, 0.0
        for one in self.segments:
            seconds = seconds if one.start is None else one.start
            if one.id == segment_id:
                break
        return (begun + dt.timedelta(seconds=seconds)).date() if begun else None

    def segment(self, segment_id: str) -> Segment | None:
        """The segment with this id, if the version has it."""
        return next((one for one in self.segments if one.id == segment_id), None)

    @property
    def not_understood(self) -> tuple[Dropped, ...]:
        """What may have been said and is not among the segments."""
        return tuple(one for one in self.dropped if one.reason not in UNDERSTOOD)
