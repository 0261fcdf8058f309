"""What a model answered once: kept, so that the same question costs nothing a second time."""

from typing import Annotated

from pydantic import Field, StringConstraints

from pipeline.models.base import Model

Instant = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT[0-9:.]+Z$")]
Told = Annotated[str, StringConstraints(max_length=200)]
"""A few words of somebody else's, as a page may show them."""


class Usage(Model):
    """Tokens of one answer, as the endpoint counts them; 0 where it does not say."""

    tokens_in: int = Field(default=0, ge=0)
    tokens_cached: int = Field(default=0, ge=0)
    """Of those in: read from what the endpoint kept."""
    tokens_out: int = Field(default=0, ge=0)

    def plus(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_cached=self.tokens_cached + other.tokens_cached,
            tokens_out=self.tokens_out + other.tokens_out,
        )


class KeptAnswer(Model):
    """An answer that could be used."""

    site: str
    """Call site: which prompt asked."""
    prompt: str
    """name@version+digest of it."""
    text: str
    """As the endpoint sent it; what was hidden from it is still hidden."""
    usage: Usage = Usage()


class RecordedFrom(Model):
    """Where minutes come from that no model made now: answers kept from an earlier run."""

    model: Told
    """Name of the model, as whoever recorded it told."""
    answered_by: Told
    """Who or what answered, in words."""
    recorded_at: Instant
    """UTC instant with Z."""

    @property
    def date(self) -> str:
        """The day, as YYYY-MM-DD."""
        return self.recorded_at[:10]
