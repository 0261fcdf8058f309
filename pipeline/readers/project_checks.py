"""What a project file may not say although its fields fit: keys and people twice, unknown zones."""

import zoneinfo
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import yaml

from pipeline.language.mending import heard_form, stands_in
from pipeline.models.correction import LONGEST, Correction
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


class Refused(NamedTuple):
    """A correction that does not hold, and why."""

    code: str
    value: str
    where: tuple[str | int, ...]


def refused_correction(corrections: Sequence[Correction]) -> Refused | None:
    """The first correction that says nothing, too much, or other than one before it."""
    known: dict[str, Correction] = {}
    for place, one in enumerate(corrections):
        for field, value, code in _faults(one):
            return Refused(f"correction_{code}", value, ("corrections", place, field))
        same = known.setdefault(heard_form(one.heard), one)
        if same.meant != one.meant:
            return Refused("correction_twice", one.heard, ("corrections", place, "heard"))
    return None


def _faults(one: Correction) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one of them: the field, what it says, and the end of the code."""
    for field in ("heard", "meant"):
        text = getattr(one, field)
        if not text.strip() or not heard_form(text):
            yield field, text, "empty"
        if len(text) > LONGEST:
            yield field, text, "long"
        if not text.isprintable() or text != text.strip():
            yield field, text, "sign"
    if one.heard == one.meant:
        yield "meant", one.meant, "same"
    for word in one.not_in:
        if len(word) > LONGEST:
            yield "not_in", word, "long"
        if not stands_in(one.heard, word):
            yield "not_in", word, "apart"


@cache
def zone_known(name: str) -> bool:
    """Whether this is a time zone; on a machine without a list of them, everything is."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return name == "UTC" or not zoneinfo.available_timezones()
    return True
