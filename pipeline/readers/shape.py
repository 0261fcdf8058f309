"""What a shape is: how a file of it is recognised by its content, and how it is read."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from pipeline.models.meeting import MeetingKind
from pipeline.models.reading import Reading

CERTAIN, STRONG, FAIR, FAINT, NONE = 1.0, 0.8, 0.5, 0.1, 0.0
"""How likely a file has a shape: it says so itself (a schema, WEBVTT, a vendor's own heading); its
structure does from end to end; most of its lines fit; nothing speaks against it; it cannot have."""

SAMPLE = 4_000
"""Lines that tell how likely a shape is."""

Form = Literal["text", "json", "document", "table"]


class Content(NamedTuple):
    """What a file holds, out of its encoding and its container."""

    name: str
    """The file, for errors; it tells nothing about the shape."""
    form: Form
    text: str = ""
    """Lines ended by newlines, without control characters; of a document one a paragraph."""
    data: Any = None
    """The parsed value of JSON."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells of a workbook or of the tables of a document; empty cells are empty text."""
    beside: tuple[str, ...] = ()
    """What a document has beside its text: comments, notes at the foot, heads of pages."""
    starts: tuple[int, ...] = ()
    """Where in `rows` each sheet or table begins."""

    @property
    def lines(self) -> list[str]:
        """The lines, in their order: line 1 is the first."""
        return self.text.split("\n")

    @property
    def beginning(self) -> "Content":
        """The content with the lines alone that tell how likely a shape is."""
        return self._replace(text="\n".join(self.text.split("\n", SAMPLE)[:SAMPLE]))


class Shape(NamedTuple):
    """A layout that transcripts, chats or notes come in."""

    name: str
    """Short and lasting: it is stored with each file that was read so."""
    kind: MeetingKind
    likely: Callable[[Content], float]
    """From NONE to CERTAIN; of several that fit the likeliest reads the file. Never raises."""
    read: Callable[[Content], Reading]
    """Reads all of it, leniently; raises NotReadableError only where nothing can be read."""
