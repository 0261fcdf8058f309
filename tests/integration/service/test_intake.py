"""The same file handed in twice at the same time, by two programs."""

import datetime as dt
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline import review as stage
from pipeline.models.project import Project
from pipeline.service import meetings, review
from pipeline.service.house import House
from pipeline.service.intake import Intake

SENDER = """
import json, sys, time
from pathlib import Path
from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.project import Project
from pipeline.service import meetings
from pipeline.service.intake import Intake

home, name = sys.argv[1:]
me = Actor(id=name, name=name, via="test")
house = bootstrap.house(bootstrap.settings(home=Path(home)))
print("ready", flush=True)
for line in sys.stdin:
    order = json.loads(line)
    project = Project(client="澄江茶饮", system=order["system"]) if order["system"] else None
    intake = Intake(project=project, title=name)
    time.sleep(max(0, order["at"] - time.time()))
    print(meetings.add(me, house, Path(order["file"]), intake).uid, flush=True)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def house(home: Path) -> House:
    return bootstrap.house(bootstrap.settings(home=home))


@pytest.fixture
def pair(home: Path):
    """Two programs; both start on an empty folder, at once."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SENDER, str(home), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("陈立", "王敏")
    ]
    assert [one.stdout.readline() for one in started] == ["ready\n"] * 2

    def send(file: Path, *systems: str | None) -> list[str]:
        moment = time.time() + 0.05
        for one, system in zip(started, systems, strict=True):
            order = {"file": str(file), "system": system, "at": moment}
            one.stdin.write(json.dumps(order) + "\n")
            one.stdin.flush()
        return [one.stdout.readline().strip() for one in started]

    yield send
    for one in started:
        one.stdin.close()
        one.stdout.close()
        assert one.wait(30) == 0


def call(folder: Path, number: int = 0) -> Path:
    file = folder / f"call{number}.json"
    turns = [
        {"speaker": "王敏", "text": f"能不能给我们来个一键导出？第 {number} 次说了。"},
        {"speaker": "陈立", "text": "导成Excel吗？"},
    ]
    file.write_text(json.dumps({"turns": turns * 20}), encoding="utf-8")
    return file


def stored(home: Path) -> list[Path]:
    blobs = home / "recordings"
    assert list((blobs / "tmp").iterdir()) == []
    return [one for one in (blobs / "sha256").rglob("*") if one.is_file()]


def test_into_one_project_it_is_one_meeting_and_stored_once(pair, house, home, tmp_path, chen):
    for number in range(10):
        first, second = pair(call(tmp_path, number), "云仓", "云仓")
        assert len(first) == 26
        assert first == second
    found = meetings.listed(chen, house)
    assert len(found) == 10
    assert {one.meeting.title for one in found} <= {"陈立", "王敏"}
    assert len(house.tools.store.projects()) == 1
    assert len(stored(home)) == 10


def test_without_a_project_it_is_one_meeting_of_the_default_project(pair, house, tmp_path, chen):
    first, second = pair(call(tmp_path), None, None)
    assert first == second
    assert len(house.tools.store.projects()) == 1


def test_into_two_projects_it_is_two_meetings_and_stored_once(pair, house, home, tmp_path, chen):
    for number in range(10):
        first, second = pair(call(tmp_path, number), "云仓", "订单系统")
        assert first != second
    found = meetings.listed(chen, house)
    assert (len(found), len({one.project.uid for one in found})) == (20, 2)
    assert len(stored(home)) == 10
    assert all(house.tools.blobs.path(one.meeting.sources[0].sha256) for one in found)


def test_handed_in_again_under_another_title_nothing_of_it_is_lost(house, tmp_path, chen):
    file, project = call(tmp_path), Project(client="澄江茶饮", system="云仓")
    named = Intake(project=project, title="碰头", date=dt.date(2026, 3, 18))
    made = meetings.add(chen, house, file, named)
    meetings.process(chen, house, made.uid, lambda _: None)
    ask = meetings.view(chen, house, made.uid).minutes.asks[0]
    review.edit(chen, house, made.uid, stage.propose(ask, "set", field="text", after="我的写法"))
    before = meetings.view(chen, house, made.uid)
    again = meetings.add(chen, house, file, Intake(project=project, title="需求确认"))
    after = meetings.view(chen, house, made.uid)
    assert (again.uid, after.meeting.title, after.meeting.date) == (made.uid, "需求确认", made.date)
    assert (after.minutes, after.specs) == (before.minutes, before.specs)
    assert after.minutes.asks[0].text == "我的写法"
    meetings.process(chen, house, made.uid, lambda _: None)
    assert meetings.view(chen, house, made.uid).minutes.asks[0].text == "我的写法"
