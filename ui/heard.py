"""Who speaks in a file that is to be taken in, and who of the project that is."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.models.project import Participant, Project
from pipeline.service.previews import Speaker
from ui.intake import Person, numbered


class Known(NamedTuple):
    """What is known of the call that a file is of."""

    project: Project | None
    alone: bool
    """Whether people belong to this call and to no project: a recorder's number is one of them."""


class Heard(NamedTuple):
    """The speakers of a file."""

    people: tuple[Person, ...]
    """Those who can be filled in, each with the side the project gives them."""
    numbers: tuple[str, ...]
    """What a recorder called voices: in the next call of the project the same is somebody else."""


def suggested(label: str, project: Project | None) -> Participant | None:
    """Who of the project a speaker is; None where nothing says it."""
    return project.participant(label) if project else None


def heard(speakers: Sequence[Speaker], known: Known) -> Heard:
    """Everybody who speaks, once, as a row of the form."""
    people: dict[str, Person] = {}
    numbers = []
    for one in speakers:
        person = suggested(one.name, known.project)
        if person is None and numbered(one.name) and not known.alone:
            numbers.append(one.name)
            continue
        row = Person(name=one.name, label=one.name)
        if person is not None:
            row = row.with_(name=person.name, side=person.side, title=person.title or "")
        people.setdefault(row.name, row)
    return Heard(tuple(people.values()), tuple(numbers))
