"""The desk in a data folder of its own, with one imported call in it or none."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.project import Participant, Project
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.service.meetings import MeetingView
from pipeline.words import loader
from ui import session
from ui.components import kept_words

APP = Path(__file__).parents[3] / "ui" / "app.py"
ME = Actor(id="local:陈工", name="陈工", via="test")
CALL = """\
[00:00:01] 陈立: 那导出的范围是？
[00:00:05] 王敏: 我们想要一键导出订单，按筛选出来的导就行。
[00:00:12] 王敏: 每天要手抄两个小时，太慢了。
[00:00:20] 陈立: 好，这个就这么定。
[00:00:25] 王敏: 最好还能 ![x](http://example.invalid/x.png) 提醒一下采购，$100 到 $200 的单子。
[00:00:33] 陈立: 我下周三之前把方案发给您。
[00:00:40] 王敏: 月底服务器会不会扛不住？
"""
PROJECT = Project(
    client="华露饮料",
    system="订单系统",
    language="zh",
    time_zone="Asia/Shanghai",
    participants=(Participant(name="陈立", side="us"), Participant(name="王敏", side="client")),
    capabilities=("订单列表筛选",),
    glossary={"金蝶": "客户在用的 ERP"},
)


class Desk(NamedTuple):
    """What stands behind the pages."""

    house: House
    meeting: str

    @property
    def view(self) -> MeetingView:
        """The meeting as it is now."""
        return meetings.view(ME, self.house, self.meeting)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with one meeting that was worked on, and its uid."""
    folder = tmp_path_factory.mktemp("filled")
    call = folder / "call.txt"
    call.write_text(CALL, encoding="utf-8")
    house = bootstrap.house(bootstrap.settings(home=folder / "home"))
    intake = Intake(project=PROJECT, title="碰头: 订单/导出?")
    meeting = meetings.add(ME, house, call, intake)
    meetings.process(ME, house, meeting.uid, lambda progress: None)
    house.tools.store.close()
    return folder / "home", meeting.uid


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both languages of the desk."""
    monkeypatch.setenv("DRAGOMAN_LANGUAGE", request.param)
    loader.interface_language.cache_clear()
    return str(request.param)


def forget() -> None:
    """What the desk keeps for as long as it runs."""
    session.settings.cache_clear()
    session.house.clear()
    kept_words.everybodys.clear()
    loader.interface_language.cache_clear()


@pytest.fixture
def desk(filled: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of the filled data folder."""
    home, meeting = filled
    shutil.copytree(home, tmp_path / "home")
    monkeypatch.setenv("DRAGOMAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DRAGOMAN_SPEECH_MODEL", "demo")
    forget()
    return Desk(session.house(), meeting)


@pytest.fixture
def open_page(dragoman_home: Path) -> Callable[..., AppTest]:
    """Open a page of the desk by name and what the address says."""
    forget()

    def opened(name: str, **address: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=30)
        app.switch_page(f"views/{name}.py")
        for key, value in address.items():
            app.query_params[key] = value
        return app.run()

    return opened
