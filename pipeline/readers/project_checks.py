"""What a project file may not say although its fields fit: keys and people twice, unknown zones."""

import zoneinfo
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import yaml

from pipeline.models.project import Participant


class Twice(NamedTuple):
    """Something that stands at two places, of which `where` is the second."""

    value: str
    where: tuple[str | int, ...]


def repeated_key(root: yaml.Node | None) -> yaml.Node | None:
    """The first key that stands twice in one mapping; YAML itself would keep the last silently."""
    for mapping in _mappings(root):
        seen: set[str] = set()
        for key, _ in mapping.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                continue
            if key.value in seen:
                return key
            seen.add(key.value)
    return None


def _mappings(root: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    """Every mapping once, in reading order; an alias may lead back to what holds it."""
    seen: set[int] = set()
    left = [root] if root is not None else []
    while left:
        node = left.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield node
            left += reversed([value for _, value in node.value])
        elif isinstance(node, yaml.SequenceNode):
            left += reversed(node.value)


def repeated_person(people: Sequence[Participant]) -> Twice | None:
    """The first name or label that stands for two people: nobody could tell which one speaks."""
    owners: dict[str, int] = {}
    for place, person in enumerate(people):
        for field in ("name", "label"):
            called = getattr(person, field)
            if called and owners.setdefault(called, place) != place:
                return Twice(called, ("participants", place, field))
    return None


@cache
def zone_known(name: str) -> bool:
    """Whether this is a time zone; on a machine without a list of them, everything is."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return name == "UTC" or not zoneinfo.available_timezones()
    return True
