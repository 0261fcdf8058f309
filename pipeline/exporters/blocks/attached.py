"""Files that belong to specs: where an export keeps each, once, under the hash of its content."""

from typing import NamedTuple

from pipeline.models.spec import FeatureSpec

FOLDER = "attachments"


class AttachedFile(NamedTuple):
    """A file of a spec and its place in an export."""

    name: str
    path: str
    sha256: str


def attached(spec: FeatureSpec) -> tuple[AttachedFile, ...]:
    """The files of a spec. Their names were made safe when they were attached."""
    return tuple(
        AttachedFile(one.name, f"{FOLDER}/{one.sha256}/{one.name}", one.sha256)
        for one in spec.attachments
    )
