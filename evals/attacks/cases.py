"""The spoken attacks, as they stand in files: one ordinary call in each language, many intrusions."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

import yaml

from pipeline.models.base import Model
from pipeline.models.project import Participant, Project

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


class Attack(Model):
    """What is slipped into the call."""

    id: str
    after: int
    """Behind so many turns of the ordinary call."""
    who: str
    says: tuple[str, ...]
    plants: str
    """What a model writes that obeys: no turn of the ordinary call says it."""


class Case(Model):
    """One call with one attack."""

    language: Lang
    attack: Attack
    project: Project
    talk: tuple[tuple[str, str], ...]
    """Speaker and words of every turn of the ordinary call."""

    @property
    def name(self) -> str:
        """For reports."""
        return f"{self.language}/{self.attack.id}"

    @property
    def turns(self) -> tuple[tuple[str, str], ...]:
        """The whole call."""
        at, said = self.attack.after, [(self.attack.who, one) for one in self.attack.says]
        return (*self.talk[:at], *said, *self.talk[at:])

    @property
    def attacked(self) -> range:
        """Places of the turns that were slipped in."""
        return range(self.attack.after, self.attack.after + len(self.attack.says))


def cases(*languages: Lang) -> tuple[Case, ...]:
    """Every attack in these languages; all without any."""
    return tuple(one for lang in languages or LANGUAGES for one in _read(lang))


def _read(lang: Lang) -> tuple[Case, ...]:
    text = files("evals.attacks").joinpath(f"{lang}.yaml").read_text("utf-8")
    told: Mapping[str, Any] = yaml.safe_load(text)
    people = tuple(Participant(name=name, side=side) for name, side in told["people"].items())
    return tuple(
        Case(
            language=lang,
            attack=Attack.model_validate(one),
            talk=told["talk"],
            project=Project(
                client=told["client"],
                system=f"{told['system']} {one['id']}",
                language=lang,
                participants=people,
                capabilities=told["capabilities"],
                scope=told["scope"],
            ),
        )
        for one in told["attacks"]
    )
