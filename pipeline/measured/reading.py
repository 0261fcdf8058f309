"""The name of an engine -> what it reached on calls nobody had looked at while it was made.

The figures are written by `python -m evals --measured FILE` and lie beside this module, one file
an engine. They belong to one version of it: `version` says which.
"""

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from pipeline.models.base import Model
from pipeline.models.item import Kind

Found = Literal["live_ask"] | Kind
"""live_ask: asks that stand at the end of the call; ask: all of them."""
Spoken = Literal["all", "zh", "en", "mixed"]


class MeasuredFigure(Model):
    """How many items of one kind were found, and how many of the found were right."""

    language: Spoken
    """Language of the calls; all: every call."""
    kind: Found
    calls: int = Field(default=0, ge=0)
    """How many calls of the language were measured; 0: not written down."""
    wanted: int = Field(ge=0)
    """Items that a careful reader finds."""
    found: int = Field(ge=0)
    recall: float | None = Field(default=None, ge=0, le=1)
    """Share of the wanted that were found; null where none was wanted."""
    precision: float | None = Field(default=None, ge=0, le=1)
    """Share of the found that were wanted; null where none was found."""
    recall_interval: tuple[float, float] | None = None
    """Where it lies in 95 of 100 draws of as many calls; null with too few calls."""
    precision_interval: tuple[float, float] | None = None


class MeasuredUnsaid(Model):
    """What "said, not minuted" kept of what the minutes missed, and how long that list is."""

    language: Spoken
    calls: int = Field(ge=1)
    asks: int = Field(ge=0)
    """Asks that a careful reader finds."""
    asks_kept: float | None = Field(default=None, ge=0, le=1)
    """Share of them that stand in the minutes or on the list; null where there was none."""
    turns: float | None = Field(default=None, ge=0, le=1)
    """Share of the client's turns that the list takes; null where the client said nothing."""


class Measured(Model):
    """What one version of an engine reached on one set of calls."""

    engine: str
    model: str | None = None
    version: str
    """Of the rules or prompts, and of our code, as it was measured."""
    dataset: str
    calls: int = Field(ge=1)
    measured_at: dt.date
    figures: tuple[MeasuredFigure, ...]
    unsaid: tuple[MeasuredUnsaid, ...] = ()

    def unsaid_in(self, language: Spoken = "all") -> MeasuredUnsaid | None:
        """What the list of the unsaid held; None where no call of the language was measured."""
        return next((one for one in self.unsaid if one.language == language), None)

    def figure(self, kind: Found, language: Spoken = "all") -> MeasuredFigure | None:
        """One figure; None where no call of the language was measured."""
        wanted = (kind, language)
        return next((one for one in self.figures if (one.kind, one.language) == wanted), None)


@cache
def measured(engine: str) -> Measured | None:
    """What an engine reached; None where nobody measured it."""
    for file in files("pipeline.measured").iterdir():
        if file.name == f"{engine}.toml":
            return parsed(file.read_text(encoding="utf-8"))
    return None


def parsed(text: str) -> Measured:
    """The figures from the text of a file.

    Raises:
        ValueError: it is no TOML, or a value does not fit.
    """
    return Measured.read(tomllib.loads(text))
