"""Two accounts of one call as one: what was joined, and how sure that is."""

from typing import Literal

from pipeline.models.base import Model
from pipeline.models.transcript import Transcript

Text = Literal["ours", "theirs"]
"""Whose words stand: the meeting's own, or those that were joined to it."""
Mark = Literal["names", "terms", "doubt", "words"]
"""What speaks for a text: named speakers, words of the project, a recogniser sure of itself, more
words."""


class Missing(Model):
    """Words that one account has and the other lacks."""

    whose: Text
    """Whose words they are."""
    start: float | None = None
    """Seconds of the joined call, as far as they are known."""
    end: float | None = None
    text: str
    """As they stand there, a blank between turns."""
    turns: int


class Row(Model):
    """The same words in both accounts, side by side; null where one lacks them."""

    start: float | None = None
    """Seconds of the joined call."""
    ours: str | None = None
    our_speaker: str | None = None
    theirs: str | None = None
    their_speaker: str | None = None


class Jump(Model):
    """Where the clock of the other account jumps: a cut, or a pause that was not recorded."""

    at: float
    """Seconds of the joined call."""
    seconds: float
    """By how much more the other clock lies behind."""


class Agreement(Model):
    """How far two accounts are of one call."""

    same: bool
    """Whether they can be joined."""
    common: float
    """Share of the words that agree, from 0 to 1, in the stretch that both have."""
    ours: float
    """Share of our words that the other has too."""
    theirs: float
    begins: float | None = None
    """Where the other account's clock begins, in seconds of the joined call; negative if before.
    Without times of its own: where its first word stands."""
    clocked: bool = False
    """Whether the other account has times of its own."""
    jumps: tuple[Jump, ...] = ()
    missing: tuple[Missing, ...] = ()
    """The longest first."""


class Preference(Model):
    """Which text should stand, and why."""

    text: Text
    ours: tuple[Mark, ...] = ()
    """What speaks for our own."""
    theirs: tuple[Mark, ...] = ()


class Joined(Model):
    """What `join` made."""

    transcript: Transcript
    agreement: Agreement
    preference: Preference
    rows: tuple[Row, ...] = ()
    untimed: int = 0
    """Turns whose place in the recording is not known."""
