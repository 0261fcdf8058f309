"""A real database with one meeting in it, and other processes that work on the same."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from pipeline import review as stage
from pipeline.models.actor import Actor
from pipeline.models.evidence import Evidence
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Action, Ask, Coverage, Decision, Minutes, Uncited
from pipeline.models.project import Project
from pipeline.models.slots import Slot, SpecField
from pipeline.models.spec import FeatureSpec, OpenQuestion
from pipeline.ports.tools import Tools
from pipeline.service import meetings, review
from pipeline.service.house import House
from pipeline.stores.database import open_store

CHEN = Actor(id="u1", name="陈立", via="test")
WANG = Actor(id="u2", name="王敏", via="test")

OPENED = """
import json, random, sys, time
from dataclasses import fields
from pipeline import review as stage
from pipeline.errors import ConflictError
from pipeline.models.actor import Actor
from pipeline.models.review import Edit
from pipeline.ports.tools import Tools
from pipeline.service import review
from pipeline.service.house import House
from pipeline.stores.database import open_store

url, name, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
me = Actor(id=name, name=name, via="test")
store = open_store(url)
house = House(Tools(store, *[None] * 7), *[None] * (len(fields(House)) - 1))
def say(**told):
    print(json.dumps(told), flush=True)
say(ready=True)
"""
OBEDIENT = """
for line in sys.stdin:
    order = json.loads(line)
    time.sleep(max(0, order["at"] - time.time()))
    try:
        review.edit(me, house, order.get("meeting", "m1"), Edit.read(order["edit"]))
        say(kept=order["edit"])
    except ConflictError as error:
        say(refused=error.code, **error.params)
"""
"""Makes each edit it is told to, at the moment it is told to."""


def said(segment: str, match: str = "exact") -> tuple[Evidence, ...]:
    one = {"segments": (segment,), "quote": "原话"} if match != "missing" else {}
    return (Evidence(meeting="m1", transcript_version=1, match=match, **one),)


def drafted(kind: type[Any], ref: str, segment: str, text: str, **more: Any) -> Any:
    return kind(uid="", id=ref, text=text, evidence=said(segment), origin_engine="rules", **more)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'dragoman.db').as_posix()}"


@pytest.fixture
def house(url: str) -> Iterator[House]:
    """Only a database stands behind it."""
    store = open_store(url)
    tools: Any = [store, *[None] * (len(Tools._fields) - 1)]
    nothing: Any = [None] * (len(fields(House)) - 1)
    yield House(Tools(*tools), *nothing)
    store.close()


@pytest.fixture
def meeting(house: House) -> str:
    """m1: three items, one of them proved by no words, a spec and an uncited turn."""
    store = house.tools.store
    project = store.save_project(Project(client="华露饮料", system="订单系统"))
    created = "2026-03-18T06:00:00.000Z"
    store.add_meeting(Meeting(uid="m1", project=project.uid, title="碰头", created_at=created))
    unproved = Decision(
        uid="", id="d1", text="先做", evidence=said("", "missing"), origin_engine="rules"
    )
    minutes = Minutes(
        meeting="m1",
        transcript_version=1,
        language="zh",
        asks=(drafted(Ask, "a1", "s1", "导出订单"),),
        actions=(drafted(Action, "t1", "s2", "发方案"),),
        decisions=(unproved,),
        coverage=Coverage(uncited=(Uncited(segment="s9", cue="ask"),)),
    )
    minutes = store.identify("m1", minutes)
    store.save_minutes(minutes)
    spec = FeatureSpec(
        uid="",
        id="",
        project="",
        meetings=(),
        asks=(),
        title="订单导出",
        language="zh",
        origin_engine="rules",
        goal=Slot(value="少抄", origin="stated", evidence=said("s1")),
        limits=(
            Slot(value="单次五万行", origin="stated", evidence=said("s3")),
            Slot(value="半小时内", origin="inferred"),
        ),
        data_fields=(SpecField(label="订单号", origin="stated", evidence=said("s1")),),
        open_questions=(OpenQuestion(id="q1", slot="file_name", question="文件名？"),),
    )
    store.save_spec("m1", store.identify_spec("m1", minutes.asks[0], spec))
    return "m1"


class Writer:
    """Another process with the same database, and what it says."""

    def __init__(self, url: str, name: str, script: str, *rest: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-c", OPENED + script, url, name, *rest],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def told(self) -> dict[str, Any]:
        return json.loads(self.process.stdout.readline())

    def order(self, **order: Any) -> None:
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        assert self.process.wait(30) == 0


@pytest.fixture
def writers(url: str, house: House) -> Iterator[Callable[..., list[Writer]]]:
    """Starts processes that are ready to write."""
    started: list[Writer] = []

    def start(*names: str, script: str = OBEDIENT, rest: tuple[str, ...] = ()) -> list[Writer]:
        new = [Writer(url, name, script, *rest) for name in names]
        started.extend(new)
        for one in new:
            assert one.told() == {"ready": True}
        return new

    yield start
    for one in started:
        one.close()


@pytest.fixture
def chen() -> Actor:
    return CHEN


@pytest.fixture
def wang() -> Actor:
    return WANG


@pytest.fixture
def view(house, meeting, chen):
    return lambda: meetings.view(chen, house, meeting)


@pytest.fixture
def ask(view):
    return lambda: view().minutes.asks[0]


@pytest.fixture
def spec(view):
    return lambda: view().specs[0]


@pytest.fixture
def edit(house, meeting, chen):
    """Proposes on what is given, and keeps it."""

    def make(on, operation="set", field=None, after=None, *, actor=chen, reason=None):
        proposed = stage.propose(on, operation, field=field, after=after, reason=reason)
        return review.edit(actor, house, meeting, proposed)

    return make
