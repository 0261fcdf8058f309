"""A model behind an OpenAI-compatible address, and how it may be used."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, SecretStr

from pipeline.models.base import Model
from pipeline.models.model_use import Prices

Mode = Literal["auto", "json_schema", "json_object", "tool", "text"]
"""How a model is held to a form; auto finds out, from the strictest down."""
What = Literal["nothing", "numbers", "names"]
"""names: numbers that point to a person or company, and the people of the roster as well."""
LADDER: tuple[Mode, ...] = ("json_schema", "tool", "json_object", "text")
"""The strictest first: each is tried where the one before it is refused."""


class Endpoint(Model):
    """All that decides how a model is called."""

    base_url: str
    key: SecretStr = SecretStr("")
    model: str
    mode: Mode = "auto"
    at_once: int = Field(default=4, ge=1, le=64)
    """Requests under way at a time."""
    requests_per_minute: int = Field(default=0, ge=0)
    """0 means no limit of ours."""
    tokens_per_minute: int = Field(default=0, ge=0)
    """0 means no limit of ours."""
    timeout: float = Field(default=180.0, gt=0)
    """Seconds for one try."""
    tries: int = Field(default=4, ge=1, le=10)
    """How often one question is asked before what is in the way counts as lasting."""
    context: int = Field(default=32_000, ge=2_000)
    """Tokens that question and answer may have together."""
    answer_tokens: int = Field(default=8_000, ge=256)
    """Tokens that an answer may have."""
    steps: Literal["whole", "small"] = "whole"
    """small: less in one question, for models that lose sight of much."""
    hide: What = "numbers"
    """What is replaced by signs before anything leaves."""
    keep_bounds: bool = False
    """Whether lengths and ranges go on the wire: llama.cpp needs them, strict endpoints refuse."""
    prices: Prices | None = None
    budget: float | None = Field(default=None, gt=0)
    """Money that one call may cost; needs prices."""

    @property
    def decisive(self) -> Mapping[str, Any]:
        """What of all this, besides the model, decides which questions are asked."""
        return {
            "context": self.context,
            "answer_tokens": self.answer_tokens,
            "steps": self.steps,
            "hide": self.hide,
        }

    @property
    def in_hand(self) -> int:
        """Questions in hand at a time: while some are under way, others are prepared and kept."""
        return 2 * self.at_once if self.at_once > 1 else 1

    @property
    def question_tokens(self) -> int:
        """Tokens that a question may have."""
        return max(1_000, self.context - self.answer_tokens)
