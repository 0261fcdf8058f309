"""Where a meeting stands: what tells, without reading it, whether and where it became another."""

from pipeline.models.base import Model
from pipeline.models.review import Entity


class Standing(Model):
    """What runs and people wrote so far. Two that are equal mean the same minutes and specs."""

    drafts: str
    """Digest of what the runs wrote when."""
    events: int
    """How many edits there are."""
    bodies: int
    """How many of them still have their words."""
    place: int
    """Where the last of them stands among all edits of the house."""
    last: str | None
    """Its uid: after a restore, another may stand in the same place."""
    touched: tuple[tuple[Entity, str], ...] | None = None
    """What was edited since an earlier standing; null where more than that is another."""
