"""Whose file is whose after a join, and what becomes of the other meeting."""

import dataclasses
from pathlib import Path

import pytest

from pipeline import bootstrap, run
from pipeline.errors import InputError, NotFoundError
from pipeline.service import backups, deletion, joining, meetings, playback, retention, transcripts
from tests.integration.service.joining.conftest import (
    ME,
    PROJECT,
    TURNS,
    WANTED,
    export,
    heard,
    imported,
    shown,
)


def test_a_file_belongs_to_the_meeting_it_was_joined_to(house, tmp_path):
    uid = heard(house, tmp_path)
    file = export(tmp_path)
    joining.accept(ME, house, uid, file)
    again = meetings.Intake(project=PROJECT, title="导出的名字")
    kept = meetings.add(ME, house, file, again)
    assert (kept.uid, kept.title) == (uid, "录音")
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
    deletion.finish(ME, house)
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
