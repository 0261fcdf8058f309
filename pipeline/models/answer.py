"""What a model answered once: kept, so that the same question costs nothing a second time."""

from pydantic import Field

from pipeline.models.base import Model


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
