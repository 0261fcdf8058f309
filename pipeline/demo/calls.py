"""The bundled calls: where their recordings and project files lie."""

import datetime as dt
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple

import yaml

from pipeline.models.project import Project


class DemoCall(NamedTuple):
    """One bundled call."""

    title: str
    date: dt.date
    recording: Path
    project: Project
    answers: Path
    """Folder of what a language model once answered about it; it may not be there."""


def demo_folder() -> Path:
    """Where the bundled calls and their speech model lie."""
    return Path(str(files("pipeline.demo")))


def demo_call(language: Literal["zh", "en"]) -> DemoCall:
    """The bundled call in one language."""
    folder = demo_folder() / language
    script = yaml.safe_load((folder / "script.yaml").read_text(encoding="utf-8"))
    project = yaml.safe_load((folder / "project.yaml").read_text(encoding="utf-8"))
    return DemoCall(
        title=script["title"],
        date=script["date"],
        recording=folder / "call.opus",
        project=Project.model_validate(project),
        answers=folder / "recording",
    )
