"""Citation and Evidence: what an engine claims was said, and what really was."""

from typing import Literal, Self

from pydantic import model_validator

from pipeline.models.base import Model, Side

Match = Literal["exact", "normalised", "fuzzy", "weak", "missing"]
GOOD_MATCHES: tuple[Match, ...] = ("exact", "normalised", "fuzzy")
"""Grades that let a value count as said."""


class Citation(Model):
    """An engine's claim: these turns hold these words. Proves nothing by itself."""

    segments: tuple[str, ...] = ()
    quote: str = ""


class Evidence(Model):
    """The words that were really said, found by code in one version of a transcript."""

    meeting: str
    """uid of the meeting."""
    transcript_version: int
    segments: tuple[str, ...] = ()
    start: float | None = None
    """Seconds."""
    end: float | None = None
    speaker: str | None = None
    side: Side = "unknown"
    quote: str = ""
    """The transcript's words, never the engine's."""
    match: Match

    @model_validator(mode="after")
    def _missing_shows_nothing(self) -> Self:
        if (self.match == "missing") != (not self.segments):
            raise ValueError("evidence names segments unless it is missing")
        if self.match == "missing" and (self.quote or self.start is not None):
            raise ValueError("missing evidence has no quote and no times")
        return self

    @property
    def good(self) -> bool:
        """Whether a value resting on this may be called said."""
        return self.match in GOOD_MATCHES
