"""Document: what is on a page, before anyone decides whether it is Markdown, HTML or Word.

Everything here is plain text: a renderer escapes for its own format and trusts nothing.
"""

from typing import Literal

from pydantic import Field

from pipeline.models.base import Language, Model

Tone = Literal["plain", "strong", "muted", "accent", "warn", "done", "code", "struck"]
"""How a run looks. Colour only for state: one accent, one warning, one for done."""


class Run(Model):
    """A stretch of text in one tone."""

    text: str
    tone: Tone = "plain"


Line = tuple[Run, ...]
"""Runs that follow each other without a break; spaces and points between them are runs too."""


class Quote(Model):
    """Words that were really said, with when and by whom."""

    at: str | None = None
    """Place in the call as MM:SS or H:MM:SS; null where the source has no times."""
    speaker: str | None = None
    words: str
    """Empty where no words were found: then the mark says so."""
    mark: Run | None = None
    """What is doubtful about it; null for words found as they were cited."""


class Heading(Model):
    """A heading that a word processor's navigation shows."""

    level: Literal[1, 2, 3]
    text: str
    anchor: str | None = None
    """Name to link to inside the document."""


class Paragraph(Model):
    """A line of running text."""

    line: Line


class Bullets(Model):
    """A list."""

    items: tuple[Line, ...]
    ordered: bool = False


class Banner(Model):
    """What must be seen before anything else, such as "draft, not reviewed"."""

    line: Line
    tone: Literal["warn", "muted"] = "warn"


class Fact(Model):
    """A label and its value, at the head of a document."""

    label: str
    line: Line


class Facts(Model):
    """The head: client, system, date, who was there."""

    rows: tuple[Fact, ...]


class Entry(Model):
    """One item with its short id, what belongs to it, and the words it rests on."""

    ref: str
    line: Line
    notes: tuple[Line, ...] = ()
    quotes: tuple[Quote, ...] = ()


class Entries(Model):
    """Items below each other."""

    items: tuple[Entry, ...]


class Column(Model):
    """A column and its share of the width; the shares of a table need no particular sum."""

    title: str
    share: int = Field(gt=0)


class Cell(Model):
    """What stands in one place of a table."""

    lines: tuple[Line, ...] = ()
    quotes: tuple[Quote, ...] = ()


class Table(Model):
    """A table; its header is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | Bullets | Banner | Facts | Entries | Table


class Document(Model):
    """A whole document."""

    title: str
    language: Language
    running: str = ""
    """Short line at the top of each page."""
    author: str = ""
    date: str | None = None
    """ISO date the document is of; never the day it was written out."""
    blocks: tuple[Block, ...]
