"""A chat and notes go the whole way: minutes, specs and documents, by day or without any time."""

import re
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.exporters.subtitles import write_transcript
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.models.project import Participant, Project
from pipeline.run import Outcome
from pipeline.service import documents, meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake

ME = Actor(id="t", name="Tester", via="test")
PROJECT = Project(
    client="江畔面馆",
    system="订货台",
    language="zh",
    participants=(
        Participant(name="汪敏", side="client"),
        Participant(name="许立", side="us"),
    ),
)
CHAT = """汪敏 2026/6/15 15:02:11
能不能给我们来个一键导出？
财务催得很

许立 2026/6/15 15:03:40
「汪敏：能不能给我们来个一键导出？」
- - - - - - - - - -
可以，导成 xlsx 行吗？

汪敏 2026/6/16 9:01:20
[图片]
另外还要这几个：
1. 打印送货单
2. 库存低于 20 短信提醒店长
3. 金额大于 500 的要审批

许立 2026/6/17 10:00:00
好的，明天给您方案
"""
NOTES = """# 导出访谈
时间：2026-06-15 14:00

- 汪敏：导出要带金额
- 客户希望能批量审核
- 报表按门店分
- 许工周五前给排期
- 决定先上 xlsx，不做 pdf
- 旧数据比较脏，导入可能延期
"""
NOTHING = re.compile(r"None|\b0:00\b|\[\]|（）|\( *\)|--:--|\[ *“ *”")
"""What stands where a document has a place for something that is not there."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return bootstrap.house(bootstrap.settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def chat(house: House, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return processed(house, tmp_path_factory.mktemp("chat"), CHAT, Intake(project=PROJECT))


def quiet(progress: Progress) -> None:
    del progress


def processed(house: House, folder: Path, text: str, intake: Intake) -> Outcome:
    file = folder / "粘贴.txt"
    file.write_text(text, encoding="utf-8")
    return meetings.process(ME, house, meetings.add(ME, house, file, intake).uid, quiet)


def page(house: House, outcome: Outcome, name: str) -> str:
    view = documents.all_of(meetings.view(ME, house, outcome.meeting.uid))
    files = documents.rendered(ME, house, view, ["md"])
    return files[name].decode()


def test_a_chat_is_minuted_by_day_and_each_line_of_a_list_is_asked(house: House, chat: Outcome):
    outcome = chat
    assert (outcome.meeting.kind, outcome.transcript.date) == ("chat", "2026-06-15T15:02:11")
    asks = {ask.text: ask for ask in outcome.minutes.asks}
    assert list(asks) == ["一键导出", "打印送货单", "库存低于 20 短信提醒店长", "金额大于 500 的要审批"]  # fmt: skip
    (one,) = asks["打印送货单"].evidence
    assert (one.segments, one.quote) == (("s0003",), "打印送货单")
    assert [action.due_date for action in outcome.minutes.actions] == ["2026-06-18"]
    assert (outcome.minutes.status, outcome.minutes.coverage.uncited) == ("complete", ())
    cited = {one.quote for spec in outcome.specs for slot in spec.rules for one in slot.evidence}
    assert "1. 打印送货单" not in cited
    told = page(house, outcome, "minutes.md")
    assert "06-15 15:02 汪敏 “能不能给我们来个一键导出？”" in told
    assert "2026-06-15（周一） 15:02 起" in told
    assert "聊天纪要" in told
    assert not NOTHING.search(told)


def test_notes_become_asks_decisions_actions_and_risks_without_any_time(
    house: House, tmp_path: Path
):
    outcome = processed(house, tmp_path, NOTES, Intake())
    minutes = outcome.minutes
    assert (outcome.meeting.kind, outcome.meeting.title) == ("note", "导出访谈")
    assert [ask.text for ask in minutes.asks] == ["导出要带金额", "能批量审核"]
    assert [one.state for one in minutes.decisions] == ["agreed"]
    assert [(one.owner, one.due_date) for one in minutes.actions] == [("许工", "2026-06-19")]
    assert len(minutes.risks) == 1
    left = [outcome.transcript.segment(one.segment) for one in minutes.coverage.uncited]
    assert [one.text for one in left if one] == ["报表按门店分"]
    told = page(house, outcome, "minutes.md")
    assert "笔记整理：导出访谈" in told
    assert not NOTHING.search(told)


def test_a_chat_written_as_text_is_the_same_chat_when_read_again(
    house: House, chat: Outcome, tmp_path: Path
):
    first = chat
    write_transcript(first.transcript, tmp_path / "again.txt")
    again = house.tools.reader.read((tmp_path / "again.txt").read_bytes(), name="again.txt")
    assert again.date == first.transcript.date
    assert [(one.start, one.speaker, one.text) for one in again.segments] == [
        (one.start, one.speaker, one.text) for one in first.transcript.segments
    ]
    write_transcript(first.transcript, tmp_path / "again.json")
    own = house.tools.reader.read((tmp_path / "again.json").read_bytes(), name="again.json")
    assert (own.kind, own.date) == ("chat", first.transcript.date)
