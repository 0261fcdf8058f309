"""Labelled calls -> what training needs: turns, names, and a target and a weight for every kind."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from evals.training.labels import Labels, labels_of
from pipeline.engines.rules.sense.spoken import Spoken, names_of
from pipeline.models.base import Language
from pipeline.models.project import Project


class Sample(NamedTuple):
    """One labelled call."""

    id: str
    language: Language
    """zh or en: that of its thresholds; a mixed call counts as zh."""
    turns: tuple[Spoken, ...]
    names: tuple[str, ...]
    labels: Labels
    digest: str = ""
    """First sixteen digits of the file's SHA-256."""


def samples(folders: Iterable[Path]) -> list[Sample]:
    """Every labelled call of some folders, by id.

    Raises:
        ValueError: two calls have the same id, a file is no labelled call, or there is none.
    """
    found = sorted((sample_of(path) for path in _files(folders)), key=lambda one: one.id)
    if not found:
        raise ValueError(f"no labelled call in {', '.join(map(str, folders))}")
    twice = {one.id for one, other in pairwise(found) if one.id == other.id}
    if twice:
        raise ValueError(f"labelled twice: {', '.join(sorted(twice))}")
    return found


def sample_of(path: Path) -> Sample:
    """One labelled call of the form of the practice calls.

    Raises:
        ValueError: the file is not one; the message names it.
    """
    held = path.read_bytes()
    try:
        data: dict[str, Any] = json.loads(held)
        project = _project(data)
        turns = tuple(
            Spoken(one["speaker"], project.side_of(one["speaker"]), one["text"])
            for one in data["turns"]
        )
        return Sample(
            data["id"],
            "en" if data["lang"] == "en" else "zh",
            turns,
            names_of(project),
            labels_of(data["gold"], [turn.text for turn in turns], [turn.side for turn in turns]),
            hashlib.sha256(held).hexdigest()[:16],
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name!r} is no labelled call: {error!r}") from error


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from folder.glob("*.json")


def _project(data: Mapping[str, Any]) -> Project:
    people = [
        {key: one[key] for key in ("name", "label", "side") if key in one}
        for one in data["participants"]
    ]
    project = data["project"]
    return Project.model_validate(
        {"client": project["client"], "system": project["system"], "participants": people}
    )
