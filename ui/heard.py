"""Who speaks in a file that is to be taken in, and who of the project that is."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language.people import Guess, guesses
from pipeline.models.project import Project
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
    """Those who can be filled in, each as the project calls them where only one can be meant."""
    later: tuple[str, ...]
    """Whom a person has to tell: numbers that a recorder gave to voices, which are somebody else in
    the next call of the project, and names that fit several."""


def heard(speakers: Sequence[Speaker], known: Known) -> Heard:
    """Everybody who speaks, once, as a row of the form."""
    people: dict[str, Person] = {}
    later = []
    for label, guess in _guesses(speakers, known.project).items():
        passing = numbered(label) and not known.alone
        if guess.person is None and (guess.could_be or passing):
            later.append(label)
            continue
        row = _row(label, guess, known.project)
        people.setdefault(row.name, row)
    return Heard(tuple(people.values()), tuple(later))


def _guesses(speakers: Sequence[Speaker], project: Project | None) -> dict[str, Guess]:
    labels = dict.fromkeys(one.name for one in speakers)
    if project is None:
        return dict.fromkeys(labels, Guess())
    said = {label: person for label in labels if (person := project.participant(label))}
    read = guesses(labels, project.participants, client=project.client)
    return {
        label: Guess(person=said[label].name) if label in said else read[label] for label in labels
    }


def _row(label: str, guess: Guess, project: Project | None) -> Person:
    person = project.participant(guess.person) if project else None
    if person is None:
        return Person(name=label, label=label, side=guess.side)
    return Person(name=person.name, label=label, side=person.side, title=person.title or "")
