"""Files that belong to specs, as the documents name them."""

from typing import NamedTuple

from pipeline.language.file_names import place_of
from pipeline.models.spec import FeatureSpec


class AttachedFile(NamedTuple):
    """A file of a spec and its place in an export."""

    name: str
    path: str


def attached(spec: FeatureSpec) -> tuple[AttachedFile, ...]:
    """The files of a spec that an export holds."""
    places = ((one.name, place_of(one)) for one in spec.attachments)
    return tuple(AttachedFile(name, path) for name, path in places if path)
