"""Vocabulary: what a file of the client's or the vendor's says about a system's own words."""

from typing import Literal

from pydantic import Field

from pipeline.models.base import Model
from pipeline.models.project import Entity, Project

Kind = Literal["dictionary", "capabilities", "scope"]
"""What a file is handed in as."""


class FileFinding(Model):
    """Something in a file that was not taken as it stands, and what to do about it.

    The sentence is `vocabulary.<code>` in pipeline/words, filled with `params`.
    """

    code: str
    file: str
    line: int | None = None
    """1-based, of a text or of a sheet."""
    place: str = ""
    """Where lines do not help: a sheet, or a path such as `data_dictionary[3].fields`."""
    params: dict[str, str | int] = Field(default_factory=dict)


class Vocabulary(Model):
    """The tables and columns that a file names."""

    shape: str
    """What it was read as: `yaml`, `json`, `xlsx`, `csv`, `openapi`, `SQL (MySQL)`."""
    entities: tuple[Entity, ...] = ()
    partial: tuple[str, ...] = ()
    """Tables of which the file may tell only a part (lists, ALTER TABLE): they are completed."""
    findings: tuple[FileFinding, ...] = ()


class Lines(Model):
    """What a product can do, or what a contract covers: a line each, as written."""

    shape: str
    lines: tuple[str, ...] = ()
    findings: tuple[FileFinding, ...] = ()


class Count(Model):
    """How many of something a project would get."""

    new: int = 0
    changed: int = 0
    gone: int = 0


class Proposal(Model):
    """What a project would become, and how that differs from what it is."""

    seen: Project
    wanted: Project
    shapes: dict[str, str] = Field(default_factory=dict)
    """What each file was read as, by its name."""
    tables: Count = Count()
    columns: Count = Count()
    capabilities: int = 0
    """Lines that are new."""
    scope: int = 0
    findings: tuple[FileFinding, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether taking it would make any difference."""
        return self.seen != self.wanted
