"""A text is looked into before anything is made of it, and read as something else afterwards."""

from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.errors import ConflictError, InputError, NotFoundError, NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.meeting import Recording
from pipeline.service import jobs, meetings, previews, rereading, review, transcripts, uploads
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.service.previews import Preview, Refused
from pipeline.service.upload_folder import CHUNK

ME = Actor(id="local:chen", name="陈工", via="desk")
OTHER = Actor(id="local:wu", name="吴总", via="desk")
TALK = """\
1
00:00:03,000 --> 00:00:06,200
林芳: 盘点单能不能按仓库分开打？

第 1 页

2
00:00:07,000 --> 00:00:08,400
周凯: 可以，按仓库和库区。

3
00:01:08,000 --> 00:01:10,000
林芳: 那就这样。
"""
CUES = """\
1
00:00:03,000 --> 00:00:06,200
林芳: <c.x>盘点单能不能按仓库分开打？

2
00:00:07,000 --> 00:00:08,400
周凯: 可以，按仓库和库区。
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return bootstrap.house(bootstrap.settings(home=tmp_path / "home"))


def put(house: House, name: str, text: str = TALK) -> str:
    return uploads.put(ME, house, name, text.encode()).id


def seen(house: House, upload: str, shape: str | None = None) -> Preview:
    found = previews.preview(ME, house, upload, shape)
    assert isinstance(found, Preview)
    return found


@pytest.fixture
def meeting(house: House, tmp_path: Path) -> str:
    """Cues that were heard, and one of whose turns was corrected."""
    file = tmp_path / "盘点.srt"
    file.write_text(CUES, encoding="utf-8")
    uid = meetings.add(ME, house, file, Intake()).uid
    heard = meetings.transcribe(ME, house, uid, lambda progress: None)
    turn = heard.segments[1]
    transcripts.correct(
        ME, house, uid, turn.id, field="text", before=turn.text, after="可以，按仓库和货位。"
    )
    return uid


def test_a_text_that_waits_shows_what_is_read_of_it(house):
    found = seen(house, put(house, "盘点 2026-11-20.txt"))
    assert (found.shape, found.kind, found.turns, found.length) == ("srt", "call", 3, 70.0)
    assert [(one.name, one.turns) for one in found.speakers] == [("林芳", 2), ("周凯", 1)]
    assert [one.text for one in found.first][:1] == ["盘点单能不能按仓库分开打？"]
    assert [(one.line, one.text) for one in found.dropped] == [(5, "第 1 页")]
    assert (found.dropped_count, found.lost_count) == (1, 1)


def test_what_a_file_says_that_it_is_about_is_shown(house):
    found = seen(
        house, put(house, "粘贴.md", "# 盘点访谈\n\n- 盘点单要能一键导出\n- 希望按仓库分开打\n")
    )
    assert found.title == "盘点访谈"


def test_read_as_what_it_is_not_it_says_so_and_waits_on(house):
    upload = put(house, "盘点.txt")
    found = previews.preview(ME, house, upload, "turns")
    assert isinstance(found, Refused)
    assert (found.error.code, found.params["file"]) == ("not_of_shape", "盘点.txt")
    assert seen(house, upload).turns == 3


def test_only_texts_of_a_bearable_size_are_looked_into(house, monkeypatch):
    assert previews.preview(ME, house, put(house, "call.mp3")) is None
    monkeypatch.setattr(previews, "LARGEST", 20)
    found = previews.preview(ME, house, put(house, "盘点.txt"))
    assert isinstance(found, Refused)
    assert found.code == "too_large_to_show"


def test_nobody_looks_into_what_others_sent(house):
    upload = put(house, "盘点.txt")
    with pytest.raises(NotFoundError):
        previews.preview(OTHER, house, upload)


def test_a_file_half_here_is_not_looked_into(house):
    upload = uploads.begin(ME, house, "盘点.txt", 10, 1)
    with pytest.raises(InputError):
        previews.preview(ME, house, upload.id)


def test_what_is_put_in_is_whole_however_long(house):
    data = b"x" * (CHUNK + 7)
    one = uploads.put(ME, house, "long.txt", data)
    assert one.complete
    assert house.uploads.whole(one).read_bytes() == data


def test_read_again_it_is_a_new_version_with_the_corrections(house, meeting):
    before = meetings.view(ME, house, meeting).transcript
    after = rereading.reread(ME, house, meeting, "vtt")
    assert before is not None
    assert (before.engine.model, after.engine.model) == ("srt", "vtt")
    assert after.version == before.version + 1
    assert [one.text for one in after.segments] == [
        "盘点单能不能按仓库分开打？",
        "可以，按仓库和货位。",
    ]
    assert meetings.view(ME, house, meeting).meeting.sources[0].shape == "vtt"
    (event,) = review.history(ME, house, meeting, "meeting")
    assert event.body is not None
    assert (event.actor, event.body.before, event.body.after) == (ME, "srt", "vtt")


def test_minutes_of_another_reading_are_told_from_those_of_this_one(house, meeting):
    meetings.process(ME, house, meeting, lambda progress: None)

    def otherwise() -> bool:
        view = meetings.view(ME, house, meeting)
        assert view.minutes is not None
        return rereading.read_otherwise(ME, house, view.meeting, view.minutes)

    assert not otherwise()
    rereading.reread(ME, house, meeting, "vtt")
    assert otherwise()
    meetings.process(ME, house, meeting, lambda progress: None)
    assert not otherwise()


def test_read_again_as_what_it_is_nothing_changes(house, meeting):
    before = meetings.view(ME, house, meeting).transcript
    assert rereading.reread(ME, house, meeting, "srt") == before
    assert review.history(ME, house, meeting, "meeting") == ()


def test_a_reading_that_fails_changes_nothing(house, meeting):
    before = meetings.view(ME, house, meeting)
    with pytest.raises(NotReadableError):
        rereading.reread(ME, house, meeting, "turns")
    with pytest.raises(InputError):
        rereading.reread(ME, house, meeting, "no-such")
    assert meetings.view(ME, house, meeting) == before


def test_a_meeting_that_is_worked_on_is_left_alone(house, meeting):
    jobs.begin(ME, house, meeting)
    with pytest.raises(ConflictError):
        rereading.reread(ME, house, meeting, "vtt")
    assert house.tools.store.meeting(meeting).sources[0].shape == "srt"


def test_a_recording_is_read_as_nothing(house, meeting):
    store = house.tools.store
    recording = Recording(name="a.mp3", sha256="0" * 64, size=1)
    store.save_meeting(store.meeting(meeting).with_(recordings=(recording,), sources=()))
    assert previews.of_meeting(ME, house, meeting) is None
    with pytest.raises(InputError):
        rereading.reread(ME, house, meeting, "vtt")
