"""A house with ears that mishear, a recording, and the export of a meeting tool."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from pipeline import bootstrap, run
from pipeline.models.actor import Actor
from pipeline.models.project import Participant, Project
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.service import meetings
from pipeline.service.house import House

ME = Actor(id="t", name="叶晴", via="test")
PROJECT = Project(
    client="白鹭冷链",
    system="运单台",
    language="zh",
    participants=(Participant(name="周岚", side="client"), Participant(name="何平", side="us")),
)
TURNS = (
    ("周岚", "上周盘点的时候，报损单一共打了三遍，仓库那边都没有收到。"),
    ("何平", "三遍都是从同一台机器上打出来的吗？"),
    ("周岚", "对，都是二号窗口，后来我们只好抄在本子上。"),
    ("周岚", "还有一个，冷柜的温度记录我们想每天早上八点自动发给店长。"),
    ("何平", "这个要看设备能不能联网，我先记下来，周五之前答复您。"),
    ("何平", "那退货这块呢，现在谁来审批？"),
    ("周岚", "两百块以下领班批，超过两百块要区域经理签字，不能让收银员自己点。"),
)
MISHEARD = str.maketrans({"报": "抱", "柜": "贵", "批": "披", "温": "文"})


class Ears:
    """Hears TURNS with some wrong letters and nobody's name, and counts how often."""

    name, model, our_channel = "fake", "none", 0
    settings: ClassVar[dict[str, Any]] = {}

    def __init__(self) -> None:
        self.heard = 0

    def probe(self, path: Path) -> AudioFacts:
        return AudioFacts(duration=70.0, channels=1, codec="pcm", container="wav")

    def hear(self, path: Path, *, done: Any, **known: object) -> Iterator[HeardBatch]:
        for place, (_, text) in enumerate(TURNS):
            if str(place) in done:
                yield done[str(place)]
                continue
            self.heard += 1
            said = HeardSegment(
                start=place * 10.0,
                end=place * 10.0 + 8,
                text=text.translate(MISHEARD),
                channel=0,
                language="zh",
            )
            yield HeardBatch(
                key=str(place), channel=0, start=said.start, end=said.end, segments=(said,)
            )


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def house(tmp_path: Path, ears: Ears) -> House:
    built = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    tools = built.tools._replace(
        transcriber=lambda: ears,
        probe=lambda path: AudioFacts(duration=70.0, channels=1, codec="pcm", container="wav"),
    )
    return dataclasses.replace(built, tools=tools)


def heard(house: House, tmp_path: Path, name: str = "录音.wav") -> str:
    file = tmp_path / name
    file.write_bytes(b"RIFF" + name.encode() + b"\0" * 2000)
    uid = meetings.add(ME, house, file, meetings.Intake(project=PROJECT)).uid
    run.hear(uid, house.tools, lambda progress: None)
    return uid


def export(tmp_path: Path, turns: Any = TURNS, name: str = "导出.json") -> Path:
    file = tmp_path / name
    told = [
        {"speaker": who, "start": at * 10.0 + 180, "end": at * 10.0 + 188, "text": text}
        for at, (who, text) in enumerate(turns)
    ]
    file.write_text(json.dumps({"turns": told}, ensure_ascii=False), encoding="utf-8")
    return file


def imported(house: House, file: Path) -> str:
    uid = meetings.add(ME, house, file, meetings.Intake(project=PROJECT)).uid
    run.hear(uid, house.tools, lambda progress: None)
    return uid


def shown(transcript: Any) -> list[tuple[Any, ...]]:
    return [(one.speaker, one.text, one.start) for one in transcript.segments]


WANTED = [(who, text, at * 10.0) for at, (who, text) in enumerate(TURNS)]
