"""Spoken: one turn as the reader takes it, and how names are kept out of what it sees."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.language.script import has_cjk
from pipeline.models.base import Side
from pipeline.models.project import DEFAULT_CLIENT, Project

LONGEST = 4_000
"""Characters of a turn that are read; nobody's single turn is longer."""
NAME = "@"
"""What stands for a name."""
_SHORTEST = 2
_ADDRESS = "总|工|经理|主任|部长|科长|处长|院长|老师|医生|姐|哥|师傅|队长|厂长|店长|校长|会计|主管"


class Spoken(NamedTuple):
    """One turn of a call."""

    speaker: str | None
    side: Side
    """us, client or unknown."""
    text: str


def names_of(project: Project) -> tuple[str, ...]:
    """What is called by a name in a project: its people, their labels, the client, the system."""
    people = (one for person in project.participants for one in (person.name, person.label))
    client = None if project.client == DEFAULT_CLIENT else project.client
    return tuple(dict.fromkeys(name for name in (*people, client, project.system) if name))


def masked(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """The texts, each cut to LONGEST characters, with every name replaced by NAME.

    A name of several words is hidden whole and word by word where it is written with a capital
    (so that "will" stays); a Chinese one also by its given name and by its family name with a
    form of address. Text without any of the names comes back as it is.
    """
    cut = [text[:LONGEST] for text in texts]
    pattern = _pattern(names)
    return [pattern.sub(NAME, text) for text in cut] if pattern else cut


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    known = [name.strip() for name in names]
    chinese = _either(part for name in known if has_cjk(name) for part in _chinese(name))
    latin = _either(part for name in known if not has_cjk(name) for part in _latin(name))
    both = [chinese, latin and f"(?<![A-Za-z])(?:{latin})(?![A-Za-z])"]
    return re.compile("|".join(one for one in both if one)) if any(both) else None


def _either(parts: Iterable[str]) -> str:
    """The longest first, so that a whole name is not left half."""
    return "|".join(sorted(set(parts), key=lambda part: (-len(part), part)))


def _latin(name: str) -> Iterator[str]:
    if len(name) < _SHORTEST:
        return
    yield re.escape(name)
    for word in re.findall(r"[^\W\d_]+", name):
        if len(word) >= _SHORTEST and word[0].isupper():
            yield re.escape(word)


def _chinese(name: str) -> Iterator[str]:
    if len(name) < _SHORTEST:
        return
    yield re.escape(name)
    if len(name) in (2, 3) and " " not in name:
        family = re.escape(name[0])
        yield f"[老小]{family}|{family}(?:{_ADDRESS})"
    if len(name) == 3:
        yield re.escape(name[1:])
