"""Reading: what a reader made of a file that somebody else wrote."""

from pipeline.models.base import Model
from pipeline.models.meeting import MeetingKind
from pipeline.models.project import Project
from pipeline.models.transcript import Dropped, Segment


class Reading(Model):
    """Turns in input order, neither merged nor split, with all that was not understood."""

    shape: str
    """The layout the file was read as, such as "vtt"."""
    kind: MeetingKind = "call"
    segments: tuple[Segment, ...]
    dropped: tuple[Dropped, ...] = ()
    project: Project | None = None
    """Where the file carries its own project."""
    title: str | None = None
    date: str | None = None
    """ISO date of the call, or date and time of its beginning; of a chat that writes no years,
    "--06-15T15:02:11"."""
    languages: tuple[str, ...] = ()
