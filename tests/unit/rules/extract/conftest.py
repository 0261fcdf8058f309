"""Calls in a few lines, read by the rules from extraction to summary."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from pipeline.engines.rules.extract import RulesExtractor
from pipeline.models.base import Language
from pipeline.models.draft import Draft
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript

DEMO = Path(__file__).parents[4] / "pipeline" / "demo"
PEOPLE = (
    Participant(name="Uma", side="us"),
    Participant(name="Udo", side="us"),
    Participant(name="Cleo", side="client"),
    Participant(name="Carl", side="client"),
    Participant(name="王敏", title="王总", side="client"),
    Participant(name="赵工", side="client"),
    Participant(name="刘工", side="us"),
)
Read = Callable[..., Draft]


def transcript(turns: Sequence[tuple[str, str]], project: Project, date: str | None) -> Transcript:
    """A transcript of these speakers and words; the id of a segment is its place."""
    segments = (
        Segment(
            id=str(index),
            index=index,
            start=5.0 * index,
            end=5.0 * index + 4,
            speaker=speaker,
            side=project.side_of(speaker),
            text=text,
        )
        for index, (speaker, text) in enumerate(turns)
    )
    return Transcript(date=date, engine=EngineName(name="test"), segments=tuple(segments))


def draft_of(call: Transcript, project: Project) -> Draft:
    """What all calls of the port make of it, in the order `run` has."""
    rules = RulesExtractor()
    draft = rules.extract(call, project)
    draft = rules.thread(draft, call, project)
    draft = rules.relate(draft, call, project)
    return rules.summarise(draft, call, project)


@pytest.fixture
def project() -> Project:
    """A project with people of both sides and a few lines of contract."""
    scope = (
        "3.1 订单：查询、导出",
        "2.2 Refund approval rules",
        "2.5 Mobile apps are not part of it",
    )
    return Project(client="C", system="S", language="en", participants=PEOPLE, scope=scope)


@pytest.fixture
def read(project: Project) -> Read:
    """Reads lines such as "Cleo: We need a report." on Wednesday 2026-03-18."""

    def _read(*lines: str, date: str | None = "2026-03-18", within: Project = project) -> Draft:
        turns = [(line[: line.index(":")], line[line.index(":") + 1 :].strip()) for line in lines]
        return draft_of(transcript(turns, within, date), within)

    return _read


@pytest.fixture
def bundled() -> Callable[..., Draft]:
    """Reads a bundled script; `spoil` changes the words of every turn first."""

    def _read(language: Language, spoil: Callable[[str], str] = str) -> Draft:
        folder = DEMO / language
        script = yaml.safe_load((folder / "script.yaml").read_text("utf-8"))
        project = Project.read(yaml.safe_load((folder / "project.yaml").read_text("utf-8")))
        turns = [(turn["speaker"], spoil(turn["text"])) for turn in script["turns"]]
        return draft_of(transcript(turns, project, str(script["date"])), project)

    return _read
