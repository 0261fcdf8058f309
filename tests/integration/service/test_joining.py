"""Joining a meeting with another account of it: shown first, kept through reruns, taken apart again."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from pipeline import bootstrap, run
from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.actor import Actor
from pipeline.models.job import Job
from pipeline.models.project import Participant, Project
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.record import now
from pipeline.service import backups, deletion, joining, meetings, playback, retention, transcripts
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


def test_a_proposal_changes_nothing(house, tmp_path):
    uid = heard(house, tmp_path)
    before = house.tools.store.transcript(uid)
    seen = joining.propose(ME, house, uid, export(tmp_path))
    assert seen.text == "theirs"
    assert seen.joined.agreement.begins == pytest.approx(-180, abs=0.1)
    assert house.tools.store.transcript(uid) == before
    assert house.tools.store.meeting(uid).join is None
    assert len(house.tools.store.files_in_use()) == 1
    assert len(list((tmp_path / "home" / "recordings").rglob("*.*"))) <= 1


def test_every_rerun_gives_the_joined_call_again_and_hears_nothing_twice(house, tmp_path, ears):
    uid = heard(house, tmp_path)
    done = joining.accept(ME, house, uid, export(tmp_path))
    assert shown(done.transcript) == WANTED
    assert ears.heard == len(TURNS)
    again = meetings.process(ME, house, uid, lambda progress: None)
    assert again.transcript == done.transcript
    assert ears.heard == len(TURNS)
    told: list[tuple[str, str]] = []
    meetings.process(ME, house, uid, lambda one: told.append((one.stage, one.state)))
    assert ("join", "cached") in told
    newer = dataclasses.replace(house, tools=house.tools._replace(code="newer"))
    assert run.hear(uid, newer.tools, lambda progress: None) == done.transcript
    assert ears.heard == len(TURNS)


def test_minutes_cite_the_joined_words_after_the_next_run(house, tmp_path):
    uid = heard(house, tmp_path)
    first = meetings.process(ME, house, uid, lambda progress: None).minutes
    done = joining.accept(ME, house, uid, export(tmp_path))
    assert house.tools.store.minutes(uid).transcript_version == first.transcript_version
    second = meetings.process(ME, house, uid, lambda progress: None).minutes
    assert second.transcript_version == done.transcript.version
    cited = [one for _, item in second.items() for one in item.evidence]
    assert cited
    assert {one.speaker for one in cited} <= {"周岚", "何平"}


def test_corrections_stand_before_and_after(house, tmp_path):
    uid = heard(house, tmp_path)
    for what, after in (("text", "三遍都是一台机器打的？"), ("speaker", "何平")):
        was = house.tools.store.transcript(uid).segments[1]
        transcripts.correct(
            ME, house, uid, was.id, field=what, before=getattr(was, what), after=after
        )
    kept = joining.accept(ME, house, uid, export(tmp_path), text="ours").transcript
    assert kept.segments[1].text == "三遍都是一台机器打的？"
    last = kept.segments[-1]
    transcripts.correct(
        ME, house, uid, last.id, field="text", before=last.text, after="改过的最后一句。"
    )
    again = run.hear(uid, house.tools, lambda progress: None)
    assert [again.segments[1].text, again.segments[-1].text] == [
        "三遍都是一台机器打的？",
        "改过的最后一句。",
    ]


def test_a_file_belongs_to_the_meeting_it_was_joined_to(house, tmp_path):
    uid = heard(house, tmp_path)
    file = export(tmp_path)
    joining.accept(ME, house, uid, file)
    kept = meetings.add(ME, house, file, meetings.Intake(project=PROJECT))
    assert kept.uid == uid
    assert [one.name for one in (*kept.recordings, *kept.sources)] == ["录音.wav", "导出.json"]
    assert kept.own.name == "录音.wav"
    assert len(house.tools.store.meetings()) == 1
    with pytest.raises(InputError) as refused:
        joining.propose(ME, house, heard(house, tmp_path, "二.wav"), file)
    assert refused.value.code == "join_already"


def test_another_meeting_stays_as_it_is_and_can_go_later(house, tmp_path, ears):
    uid, other = heard(house, tmp_path), imported(house, export(tmp_path))
    before = house.tools.store.meeting(other)
    done = joining.accept(ME, house, uid, other)
    assert shown(done.transcript) == WANTED
    assert house.tools.store.meeting(other) == before
    assert done.meeting.sources == ()
    deletion.delete(ME, house, other)
    newer = dataclasses.replace(house, tools=house.tools._replace(code="newer"))
    assert run.hear(uid, newer.tools, lambda progress: None) == done.transcript


def test_another_meeting_that_nobody_worked_on_can_go_with_it(house, tmp_path):
    uid, other = heard(house, tmp_path), imported(house, export(tmp_path))
    done = joining.accept(ME, house, uid, other, remove=True)
    assert done.deletion.removed["meetings"] == 1
    with pytest.raises(NotFoundError):
        house.tools.store.meeting(other)
    file = done.meeting.sources[0]
    assert house.tools.blobs.path(file.sha256).exists()
    assert house.tools.store.find_meeting(done.meeting.project, file.sha256).uid == uid
    back = joining.apart(ME, house, uid)
    assert back.meeting.sources == ()
    again = house.tools.store.find_meeting(done.meeting.project, file.sha256)
    assert again.title == "导出"
    assert [one.text for one in house.tools.store.transcript(again.uid).segments] == [
        text for _, text in TURNS
    ]
    assert run.hear(again.uid, house.tools, lambda progress: None).segments[0].start == 180.0


def test_what_people_worked_on_is_never_removed(house, tmp_path):
    uid, other = heard(house, tmp_path), imported(house, export(tmp_path))
    was = house.tools.store.transcript(other).segments[0]
    transcripts.correct(ME, house, other, was.id, field="text", before=was.text, after="改过了。")
    assert joining.propose(ME, house, uid, other).worked_on
    with pytest.raises(InputError) as refused:
        joining.accept(ME, house, uid, other, remove=True)
    assert refused.value.code == "join_worked_on"
    done = joining.accept(ME, house, uid, other)
    assert any(one.text == "改过了。" for one in done.transcript.segments)
    assert house.tools.store.transcript(other).segments[0].text == "改过了。"


def test_a_transcript_gets_the_sound_of_the_recording(house, tmp_path, ears):
    uid, other = imported(house, export(tmp_path)), heard(house, tmp_path)
    seen = joining.propose(ME, house, uid, other)
    assert seen.moves
    done = joining.accept(ME, house, uid, other)
    assert shown(done.transcript) == WANTED
    assert [one.id for one in done.transcript.segments] == [
        one.id for one in house.tools.store.transcript(uid, 1).segments
    ]
    assert [one.name for one in done.meeting.recordings] == ["录音.wav"]
    assert done.meeting.own.name == "导出.json"
    assert run.hear(uid, house.tools, lambda progress: None) == done.transcript
    assert ears.heard == len(TURNS)
    back = joining.apart(ME, house, uid)
    assert back.transcript.segments[0].start == 180.0
    assert run.hear(uid, house.tools, lambda progress: None) == back.transcript


def test_where_people_worked_on_the_recording_the_join_starts_there(house, tmp_path):
    uid, other = imported(house, export(tmp_path)), heard(house, tmp_path)
    was = house.tools.store.transcript(other).segments[0]
    transcripts.correct(ME, house, other, was.id, field="text", before=was.text, after="改过了。")
    with pytest.raises(InputError) as refused:
        joining.propose(ME, house, uid, other)
    assert refused.value.code == "join_start_there"


def test_a_join_is_taken_apart_again(house, tmp_path, ears):
    uid = heard(house, tmp_path)
    before = house.tools.store.transcript(uid)
    file = export(tmp_path)
    joining.accept(ME, house, uid, file)
    back = joining.apart(ME, house, uid)
    assert back.transcript.segments == before.segments
    assert back.transcript.version == 4
    assert back.meeting.sources == ()
    assert run.hear(uid, house.tools, lambda progress: None) == back.transcript
    with pytest.raises(InputError) as refused:
        joining.apart(ME, house, uid)
    assert refused.value.code == "join_none"
    once_more = joining.accept(ME, house, uid, file).transcript
    first = house.tools.store.transcript(uid, 3)
    assert not {one.id for one in once_more.segments} & {one.id for one in first.segments}
    events = house.tools.store.edits(uid, entity="meeting")
    assert [(one.actor.name, one.body.before, one.body.after) for one in events] == [
        ("叶晴", None, "导出.json"),
        ("叶晴", "导出.json", None),
        ("叶晴", None, "导出.json"),
    ]


def test_deletion_and_retention_take_all_of_it(house, tmp_path):
    uid = heard(house, tmp_path)
    joining.accept(ME, house, uid, export(tmp_path))
    retention.tidy(ME, house, keep_days=0)
    assert len(house.tools.store.files_in_use()) == 2
    deletion.delete(ME, house, uid)
    assert house.tools.store.files_in_use() == frozenset()
    assert not [one for one in (tmp_path / "home" / "recordings").rglob("*") if one.is_file()]


def test_a_backup_holds_what_was_joined(house, tmp_path):
    uid = heard(house, tmp_path)
    done = joining.accept(ME, house, uid, export(tmp_path))
    joining.apart(ME, house, uid)
    tools = bootstrap.backup_tools(bootstrap.settings(home=tmp_path / "home"))
    made = backups.back_up(ME, tools, tmp_path / "backup")
    assert made.backup.recordings == 2
    assert done.meeting.join.name == "导出.json"


def test_two_sounds_of_one_call_play_the_first(house, tmp_path):
    uid, other = heard(house, tmp_path), heard(house, tmp_path, "手机二.wav")
    done = joining.accept(ME, house, uid, other, remove=True)
    assert [one.name for one in done.meeting.recordings] == ["录音.wav", "手机二.wav"]
    assert done.meeting.own.name == "录音.wav"
    asked: list[str] = []

    class Player:
        def sound(self, sha256: str, path: Path) -> None:
            asked.append(sha256)

        def forget(self, used: object) -> int:
            return 0

    playback.sound(ME, dataclasses.replace(house, playback=Player()), uid)
    assert asked == [done.meeting.recordings[0].sha256]


@pytest.mark.parametrize(
    ("other", "code"),
    [("self", "join_itself"), ("strange", "join_strangers"), ("sound", "join_recording_first")],
)
def test_what_cannot_be_joined_is_refused_and_nothing_changes(house, tmp_path, other, code):
    uid = heard(house, tmp_path)
    before = house.tools.store.transcript(uid)
    strange = [("某人", f"第{at}站的站台门今天检修，请走{at + 3}号口换乘。") for at in range(9)]
    sound = tmp_path / "新.wav"
    sound.write_bytes(b"RIFF" + b"\1" * 3000)
    chosen = {"self": uid, "strange": export(tmp_path, strange, "别的.json"), "sound": sound}[other]
    with pytest.raises(InputError) as refused:
        joining.accept(ME, house, uid, chosen)
    assert refused.value.code == code
    assert house.tools.store.transcript(uid) == before
    assert house.tools.store.meeting(uid).join is None


def test_a_meeting_of_another_project_is_refused(house, tmp_path):
    uid = heard(house, tmp_path)
    file = export(tmp_path)
    elsewhere = meetings.Intake(project=Project(client="别家", system="别的"))
    other = meetings.add(ME, house, file, elsewhere).uid
    run.hear(other, house.tools, lambda progress: None)
    with pytest.raises(InputError) as refused:
        joining.propose(ME, house, uid, other)
    assert refused.value.code == "join_other_project"


def test_words_that_changed_since_they_were_shown_are_shown_again(house, tmp_path):
    uid = heard(house, tmp_path)
    file = export(tmp_path)
    seen = joining.propose(ME, house, uid, file)
    was = house.tools.store.transcript(uid).segments[0]
    transcripts.correct(ME, house, uid, was.id, field="text", before=was.text, after="改过了。")
    with pytest.raises(ConflictError) as refused:
        joining.accept(ME, house, uid, file, version=seen.version)
    assert refused.value.code == "join_changed"
    assert house.tools.store.meeting(uid).join is None


def test_nothing_is_joined_or_taken_apart_while_a_worker_is_at_it(house, tmp_path):
    uid, file = heard(house, tmp_path), export(tmp_path)
    job = Job(uid=f"{uid}-1", meeting=uid, run=1, created_at=now(), changed_at=now())
    house.tools.store.save_job(job.with_(state="running"))
    with pytest.raises(ConflictError) as refused:
        joining.accept(ME, house, uid, file)
    assert refused.value.code == "join_busy"
    house.tools.store.save_job(job.with_(state="succeeded"))
    joining.accept(ME, house, uid, file)
    house.tools.store.save_job(job.with_(state="running"))
    with pytest.raises(ConflictError):
        joining.apart(ME, house, uid)
    assert house.tools.store.meeting(uid).join is not None
