"""A version of a spec: one content that held for a while, by which run or edit, and who said yes."""

from pipeline.models.base import Model
from pipeline.models.spec import Approval, FeatureSpec


class SpecVersion(Model):
    """One content of a spec. The same content again is the same version."""

    number: int
    """1-based, in the order in which the contents first held."""
    content_hash: str
    at: str
    """UTC instant with Z: when it first held."""
    by: str | None = None
    """Name of whoever edited; null where a run wrote it."""
    spec: FeatureSpec
    """The spec as it was then."""
    approvals: tuple[Approval, ...] = ()
    """Every yes to exactly this content that was not taken back."""
    current: bool = False
    """Whether it is what holds now."""
