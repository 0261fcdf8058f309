"""A meeting that the rules engine read, in a data folder of its own."""

import shutil
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.project import Participant, Project
from pipeline.service import adding, meetings
from pipeline.service.intake import Intake

CALL = """\
[00:00:01] 陈立: 那导出的范围是？
[00:00:05] 王敏: 我们想要一键导出订单，按筛选出来的导就行。
[00:00:12] 陈立: 好，这个就这么定。
[00:00:25] 陈立: 还有别的吗？
[00:00:40] 王敏: 月底服务器会不会扛不住？
[00:00:44] 王敏: 上个月就卡了半天。
"""
SERVER = "s0005"
PROJECT = Project(
    client="华露饮料",
    system="订单系统",
    language="zh",
    participants=(Participant(name="陈立", side="us"), Participant(name="王敏", side="client")),
)


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("adding")
    (folder / "call.txt").write_text(CALL, encoding="utf-8")
    house = bootstrap.house(bootstrap.settings(home=folder / "home"))
    actor = Actor(id="u0", name="Setup", via="test")
    found = meetings.add(actor, house, folder / "call.txt", Intake(project=PROJECT, title="碰头"))
    meetings.process(actor, house, found.uid, lambda progress: None)
    house.tools.store.close()
    return folder / "home", found.uid


@pytest.fixture
def home(worked_on, tmp_path) -> Path:
    return Path(shutil.copytree(worked_on[0], tmp_path / "home"))


@pytest.fixture
def house(home):
    built = bootstrap.house(bootstrap.settings(home=home))
    yield built
    built.tools.store.close()


@pytest.fixture
def meeting(worked_on) -> str:
    return worked_on[1]


@pytest.fixture
def turn(view):
    """The turn as the list of what was said and not minuted shows it."""
    return lambda: next(one for one in view().minutes.coverage.uncited if one.segment == SERVER)


@pytest.fixture
def take(house, meeting, chen, turn):
    def taken(kind="ask", **more):
        more = {"actor": chen, "seen": turn()} | more
        return adding.take(more.pop("actor"), house, meeting, SERVER, kind=kind, **more)

    return taken


@pytest.fixture
def again(house, meeting, chen):
    """Another run of the meeting."""
    return lambda: meetings.process(chen, house, meeting, lambda progress: None)


@pytest.fixture
def items(view):
    return lambda: {item.id: item for _, item in view().minutes.items()}
