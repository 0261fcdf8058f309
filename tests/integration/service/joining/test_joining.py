"""Joining a meeting with another account: shown first, kept through reruns, taken apart again."""

import dataclasses

import pytest

from pipeline import run
from pipeline.errors import ConflictError, InputError
from pipeline.models.job import Job
from pipeline.models.project import Project
from pipeline.record import now
from pipeline.service import joining, meetings, transcripts
from tests.integration.service.joining.conftest import (
    ME,
    TURNS,
    WANTED,
    export,
    heard,
    shown,
)


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


def test_a_correction_of_the_words_that_were_joined_stands_after_a_rerun(house, tmp_path):
    uid = heard(house, tmp_path)
    first = joining.accept(ME, house, uid, export(tmp_path)).transcript.segments[0]
    transcripts.correct(
        ME, house, uid, first.id, field="text", before=first.text, after="改过的第一句。"
    )
    again = run.hear(uid, house.tools, lambda progress: None)
    assert again.segments[0].text == "改过的第一句。"


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
