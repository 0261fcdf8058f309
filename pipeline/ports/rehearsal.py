"""The seam to a rehearsal: the engines of a model that note what they would send."""

from typing import Protocol

from pipeline.models.sending import Sending
from pipeline.ports.engines import Extractor, Specifier


class Rehearsal(Protocol):
    """Made anew for each rehearsal. Nothing it makes may be kept."""

    @property
    def extractor(self) -> Extractor:
        """Ends the work with StoppedError after the first step that would send anything."""

    @property
    def specifier(self) -> Specifier:
        """Answers from what is kept; what is not is noted and raises UnavailableError."""

    def told(self, meeting: str) -> Sending:
        """What would have been sent so far, and about what is still to come."""
