"""All stages on one meeting: resumed, cached, and never taking earlier work with them."""

import dataclasses
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from pipeline import bootstrap, run
from pipeline.errors import NotReadableError, UnavailableError
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.models.project import Participant, Project
from pipeline.models.review import Edit
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.models.transcript import BREAKS_OFF, Dropped
from pipeline.service import meetings, transcripts
from pipeline.service.house import House
from pipeline.service.intake import Intake

ME = Actor(id="t", name="Tester", via="test")
PROJECT = Project(
    client="澄江茶饮",
    system="云仓",
    language="zh",
    participants=(
        Participant(name="陈立", side="us"),
        Participant(name="王敏", side="client"),
    ),
)
TURNS = (
    (1, 0.0, "能不能给我们来个一键导出？财务催得很。"),
    (0, 4.0, "导成Excel吗？"),
    (1, 6.0, "对，就要Excel，订单号和金额一定要有。"),
    (1, 12.0, "第三个，库存要和金蝶ERP每天同步一次。"),
    (0, 16.0, "没有文档我们没法估工期，这是一个风险。"),
    (1, 20.0, "我下周三之前给你答复。"),
)


class FakeTranscriber:
    """Hears TURNS, one batch a turn, and counts what it really heard."""

    name = "fake"
    model = "none"
    our_channel = 0

    def __init__(self, *, dies_after: int | None = None, breaks_off: bool = False) -> None:
        self.heard: list[str] = []
        self.dies_after = dies_after
        self.breaks_off = breaks_off

    @property
    def settings(self) -> Mapping[str, Any]:
        return {}

    def probe(self, path: Path) -> AudioFacts:
        return AudioFacts(duration=24.0, channels=2, codec="pcm", container="wav")

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        for place, (channel, start, text) in enumerate(TURNS):
            key = f"{channel}:{place}"
            if key in done:
                yield done[key]
                continue
            if self.dies_after is not None and len(self.heard) >= self.dies_after:
                raise KeyboardInterrupt
            self.heard.append(key)
            said = HeardSegment(
                start=start, end=start + 3, text=text, channel=channel, language="zh"
            )
            yield HeardBatch(key=key, channel=channel, start=start, end=start + 3, segments=(said,))
        if self.breaks_off:
            lost = Dropped(start=24.0, end=90.0, text="", reason=BREAKS_OFF)
            yield HeardBatch(key="end", channel=0, start=24.0, end=24.0, dropped=(lost,))


class Counting:
    """Counts the calls of an engine and passes them on."""

    def __init__(self, engine: Any, calls: Counter[str]) -> None:
        self._engine = engine
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._engine, name)
        if not callable(found):
            return found

        def counted(*args: Any, **named: Any) -> Any:
            self._calls[name] += 1
            return found(*args, **named)

        return counted


@pytest.fixture
def calls() -> Counter[str]:
    return Counter()


@pytest.fixture
def house(tmp_path: Path, calls: Counter[str]) -> House:
    built = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    tools = built.tools._replace(
        extractor=Counting(built.tools.extractor, calls),
        specifier=Counting(built.tools.specifier, calls),
        transcriber=FakeTranscriber,
        probe=lambda path: AudioFacts(duration=24.0, channels=2, codec="pcm", container="wav"),
    )
    return dataclasses.replace(built, tools=tools)


def using(house: House, **changes: Any) -> House:
    return dataclasses.replace(house, tools=house.tools._replace(**changes))


@pytest.fixture
def meeting(house: House, tmp_path: Path) -> str:
    file = tmp_path / "call.wav"
    file.write_bytes(b"RIFF" + b"\0" * 2000)
    intake = Intake(project=PROJECT, date=dt.date(2026, 3, 18))
    return meetings.add(ME, house, file, intake).uid


def quiet(progress: Progress) -> None:
    del progress


def test_a_recording_becomes_minutes_and_specs(house, meeting):
    outcome = meetings.process(ME, house, meeting, quiet)
    assert [one.speaker for one in outcome.transcript.segments[:2]] == ["王敏", "陈立"]
    assert outcome.minutes.asks
    live = [one for one in outcome.minutes.asks if one.status == "live"]
    assert [one.spec for one in live] == [spec.id for spec in outcome.specs]
    assert all(one.content_hash for _, one in outcome.minutes.items())
    assert outcome.minutes.status == "complete"


def test_minutes_alone_are_those_of_the_whole_run_and_what_is_kept_waits_for_specs(house, meeting):
    torn = using(house, transcriber=lambda: FakeTranscriber(breaks_off=True))
    run.hear(meeting, torn.tools, quiet)
    alone = run.minute(meeting, torn.tools, quiet)
    kept = house.tools.store.minutes(meeting)
    assert (len(alone.missing), len(kept.missing)) == (1, 1)
    assert alone.missing != kept.missing
    assert house.tools.store.specs(meeting) == ()
    whole = meetings.process(ME, torn, meeting, quiet).minutes
    assert whole.missing == alone.missing
    assert [one.text for _, one in whole.items()] == [one.text for _, one in alone.items()]


def test_the_second_run_calls_no_engine_and_changes_nothing(house, meeting, calls):
    first = meetings.process(ME, house, meeting, quiet)
    calls.clear()
    seen: list[str] = []
    second = meetings.process(ME, house, meeting, lambda progress: seen.append(progress.state))
    assert calls == Counter()
    assert set(seen) - {"started", "going", "saving"} == {"cached"}
    assert second.minutes == first.minutes
    assert second.specs == first.specs


def test_only_what_a_changed_project_touches_is_done_again(house, meeting, calls):
    meetings.process(ME, house, meeting, quiet)
    calls.clear()
    house.tools.store.save_project(PROJECT.with_(scope=("3.1 订单导出",)))
    heard = FakeTranscriber()
    meetings.process(ME, using(house, transcriber=lambda: heard), meeting, quiet)
    assert heard.heard == []
    assert calls["extract"] == 1


def test_a_new_name_in_the_project_needs_no_second_hearing(house, meeting):
    meetings.process(ME, house, meeting, quiet)
    named = Participant(name="陈工", side="us")
    people = (named, *PROJECT.participants[1:])
    house.tools.store.save_project(PROJECT.with_(participants=people))
    heard = FakeTranscriber()
    outcome = meetings.process(ME, using(house, transcriber=lambda: heard), meeting, quiet)
    assert heard.heard == []
    assert outcome.transcript.segments[1].speaker == "陈工"


def test_a_stopped_hearing_goes_on_where_it_stopped(house, meeting):
    dying = FakeTranscriber(dies_after=4)
    with pytest.raises(KeyboardInterrupt):
        meetings.process(ME, using(house, transcriber=lambda: dying), meeting, quiet)
    going_on = FakeTranscriber()
    outcome = meetings.process(ME, using(house, transcriber=lambda: going_on), meeting, quiet)
    assert len(dying.heard) == 4
    assert len(going_on.heard) == len(TURNS) - 4
    assert len(outcome.transcript.segments) == len(TURNS)


def test_a_failed_spec_leaves_minutes_and_the_other_specs_standing(house, meeting):
    class Refusing:
        name = "rules"
        model = None
        prompt = "refusing"
        settings: ClassVar = {}
        at_once = 1

        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def specify(self, ask, minutes, transcript, project):
            if "导出" in ask.text:
                raise UnavailableError("engine_not_here", engine="llm")
            return self.inner.specify(ask, minutes, transcript, project)

    broken = using(house, specifier=Refusing(house.tools.specifier))
    outcome = meetings.process(ME, broken, meeting, quiet)
    assert outcome.minutes.status == "partial"
    assert len(outcome.minutes.missing) == 1
    assert outcome.minutes.asks[0].id in outcome.minutes.missing[0]
    assert outcome.specs
    mended = meetings.process(ME, house, meeting, quiet)
    assert mended.minutes.status == "complete"


def test_a_recording_that_breaks_off_says_where(house, meeting):
    torn = FakeTranscriber(breaks_off=True)
    outcome = meetings.process(ME, using(house, transcriber=lambda: torn), meeting, quiet)
    assert outcome.minutes.status == "partial"
    assert "0:24" in outcome.minutes.missing[0]
    assert outcome.minutes.asks


def test_an_edit_survives_another_run(house, meeting):
    first = meetings.process(ME, house, meeting, quiet)
    ask = first.minutes.asks[0]
    edit = Edit(
        entity="item",
        entity_uid=ask.uid,
        operation="set",
        field="text",
        before=ask.text,
        after="订单列表批量导出",
    )
    house.tools.store.append_edit(ME, project=first.meeting.project, meeting=meeting, edit=edit)
    house.tools.store.save_project(PROJECT.with_(scope=("3.1 订单导出",)))
    again = meetings.process(ME, house, meeting, quiet)
    kept = again.minutes.asks[0]
    assert (kept.uid, kept.id, kept.text, kept.edited) == (
        ask.uid,
        ask.id,
        "订单列表批量导出",
        True,
    )


def test_nobody_speaking_is_no_meeting(house, tmp_path):
    class Deaf(FakeTranscriber):
        def hear(self, path, **named):
            return iter(())

    file = tmp_path / "silent.wav"
    file.write_bytes(b"RIFF" + b"\1" * 2000)
    meeting = meetings.add(ME, house, file, Intake())
    with pytest.raises(NotReadableError) as caught:
        meetings.process(ME, using(house, transcriber=Deaf), meeting.uid, quiet)
    assert caught.value.code == "no_speech"


def test_the_same_file_in_one_project_is_one_meeting_and_in_another_a_second(house, tmp_path):
    file = tmp_path / "call.json"
    file.write_text(json.dumps({"turns": [{"speaker": "a", "text": "we need an export"}]}))
    one = meetings.add(ME, house, file, Intake(project=PROJECT))
    same = meetings.add(ME, house, file, Intake(project=PROJECT, title="Named"))
    other = meetings.add(ME, house, file, Intake(project=PROJECT.with_(system="B")))
    assert one.uid == same.uid != other.uid
    assert same.title == "Named"


def test_a_correction_outlives_every_later_run(house, meeting):
    heard = meetings.process(ME, house, meeting, quiet).transcript
    turn, other = heard.segments[0], heard.segments[2]
    transcripts.correct(
        ME, house, meeting, turn.id, field="text", before=turn.text, after="能不能一键导入？"
    )
    split = transcripts.split(ME, house, meeting, other.id, at=2, before=other.text)
    again = meetings.process(ME, house, meeting, quiet).transcript
    assert again == split
    assert (again.version, again.segments[0].text) == (3, "能不能一键导入？")
    assert [one.id for one in again.segments[2:4]] == [f"{other.id}.1", f"{other.id}.2"]
