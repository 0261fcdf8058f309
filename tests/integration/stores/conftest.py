"""A real database in a folder of its own, and things to put into it."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.models.actor import Actor
from pipeline.models.evidence import Evidence
from pipeline.models.meeting import Meeting, Recording
from pipeline.models.minutes import Action, Ask, Decision, Minutes
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.stores.database import SqlStore, open_store


def said(segment: str) -> tuple[Evidence, ...]:
    return (
        Evidence(
            meeting="m1", transcript_version=1, segments=(segment,), quote="原话", match="exact"
        ),
    )


class Make:
    """Things as the stages make them: grounded items carry a draft ref and no uid."""

    actor = Actor(id="u1", name="陈立", via="test")

    def project(self) -> Project:
        return Project(client="华露饮料", system="订单系统")

    def ask(self, ref: str, segment: str, text: str = "导出订单", **more: Any) -> Ask:
        return Ask(uid="", id=ref, text=text, evidence=said(segment), origin_engine="rules", **more)

    def action(self, ref: str, segment: str, text: str = "发方案") -> Action:
        return Action(uid="", id=ref, text=text, evidence=said(segment), origin_engine="rules")

    def decision(self, ref: str, segment: str, text: str = "先做", **more: Any) -> Decision:
        return Decision(
            uid="", id=ref, text=text, evidence=said(segment), origin_engine="rules", **more
        )

    def minutes(self, meeting: str = "m1", **arrays: Any) -> Minutes:
        return Minutes(meeting=meeting, transcript_version=1, language="zh", **arrays)

    def spec(self, title: str = "订单导出", **more: Any) -> FeatureSpec:
        return FeatureSpec(
            uid="",
            id="",
            project="",
            meetings=(),
            asks=(),
            title=title,
            origin_engine="rules",
            **more,
        )

    def recording(self, sha256: str = "a" * 64) -> Recording:
        return Recording(name="通话.mp3", sha256=sha256, size=3_000_000_000, duration=12.5)

    def meeting(self, project: str, uid: str = "m1", title: str = "碰头", **more: Any) -> Meeting:
        created = f"2026-03-18T06:00:0{uid[-1] if uid[-1].isdigit() else 0}.000Z"
        return Meeting(uid=uid, project=project, title=title, created_at=created, **more)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'dragoman.db').as_posix()}"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty database, made once."""
    file = tmp_path_factory.mktemp("empty") / "dragoman.db"
    open_store(f"sqlite:///{file.as_posix()}").close()
    return file


@pytest.fixture
def store(url: str, empty: Path, tmp_path: Path) -> Iterator[SqlStore]:
    """An empty database."""
    shutil.copy(empty, tmp_path)
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def raw(store: SqlStore, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The same database past all of our code."""
    connection = sqlite3.connect(tmp_path / "dragoman.db", isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def project(store: SqlStore, make: Make) -> Project:
    """A project in the store."""
    return store.save_project(make.project())


@pytest.fixture
def meeting(store: SqlStore, make: Make, project: Project) -> Meeting:
    """A meeting `m1` in the store."""
    saved = make.meeting(project.uid)
    store.add_meeting(saved)
    return saved
