"""A run: what an engine reached on each call of a dataset, as it is stored and read again."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from evals.errors import EvalsError, faults_of
from evals.scorers.share import Share
from pipeline.models.base import Model

RUN_FILE = "run.json"
Group = Literal["all", "zh", "en", "mixed"]
GROUPS: tuple[Group, ...] = ("all", "zh", "en", "mixed")


class CallRun(Model):
    """What was reached on one call."""

    id: str
    language: Literal["zh", "en", "mixed"]
    digest: str
    """Of the call with its labels: figures of another text are not compared."""
    cells: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """For each figure, so many of so many."""
    missing: tuple[str, ...] = ()
    """What a model gave no answer to: the figures are too low by that."""

    @property
    def shares(self) -> Mapping[str, Share]:
        """The same, to add up."""
        return {name: Share(*both) for name, both in self.cells.items()}


class Run(Model):
    """One run over a dataset."""

    schema_: Literal["dragoman/evals-run/v1"] = Field(
        default="dragoman/evals-run/v1", alias="schema"
    )
    made_at: str
    """UTC."""
    engine: str
    model: str | None = None
    version: str = ""
    """Of the rules or the prompts, and of our own code."""
    dataset: str
    tasks: tuple[str, ...] = ()
    calls: tuple[CallRun, ...] = ()
    beside: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """Figures that belong to no call of the dataset: attacks, speech."""

    def group(self, group: Group) -> Sequence[Mapping[str, Share]]:
        """The calls of one language, or all; figures of no call count with all."""
        found = self.drawn(group)
        return found if group != "all" or not self.beside else [*found, self._beside]

    def drawn(self, group: Group) -> Sequence[Mapping[str, Share]]:
        """The calls that chance draws: figures of no call are none of them."""
        return [one.shares for one in self.calls if group in ("all", one.language)]

    @property
    def _beside(self) -> Mapping[str, Share]:
        return {name: Share(*both) for name, both in self.beside.items()}


def save(run: Run, folder: Path) -> Path:
    """Store a run; the file.

    Raises:
        EvalsError: the folder cannot be written.
    """
    file = folder / RUN_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise EvalsError("not_written", path=str(folder), reason=error.strerror) from error
    return file


def load(place: Path) -> Run:
    """A stored run, by its folder or its file.

    Raises:
        EvalsError: there is none, or it is broken.
    """
    file = place / RUN_FILE if place.is_dir() else place
    try:
        return Run.read(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise EvalsError("no_run", path=str(place), reason=error.strerror) from error
    except ValidationError as error:
        raise EvalsError("broken_run", path=str(file), reason=faults_of(error)) from error
    except (ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise EvalsError("broken_run", path=str(file), reason=reason) from error
