"""A file that came whole becomes a meeting under its own name; one that cannot be read is told."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.errors import InputError, NotFoundError, StorageError
from pipeline.models.actor import Actor
from pipeline.models.project import Project
from pipeline.service import jobs, projects, retention, uploads
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.service.jobs import Submitted
from pipeline.service.upload_folder import UploadFolder
from pipeline.service.uploads import Refusal

ME = Actor(id="local:chen", name="陈工", via="desk")
TALK = "陈工：导出按当前筛选条件。\n吴总：五万行顶天了。\n".encode()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return bootstrap.house(bootstrap.settings(home=tmp_path / "home"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "uploads"


def sent(house: House, name: str, content: bytes = TALK) -> str:
    upload = uploads.begin(ME, house, name, len(content), 1)
    chunk = uploads.chunk(ME, house, upload.id, 0, len(content))
    chunk.write(content)
    chunk.finish(None)
    chunk.close(keep=True)
    return upload.id


def test_it_is_a_meeting_under_the_name_it_came_with(house, folder):
    uid = sent(house, "订单会.txt")
    intake = Intake(project=Project(client="华露饮料"), consent=True)
    done = uploads.hand_over(ME, house, uid, intake)
    assert isinstance(done, Submitted)
    assert (done.meeting.title, done.meeting.consent, done.known) == ("订单会", True, False)
    assert done.meeting.sources[0].name == "订单会.txt"
    assert [one.meeting.uid for one in jobs.listed(ME, house).jobs] == [done.meeting.uid]
    assert list(folder.iterdir()) == []
    assert [one.client for one in projects.listed(ME, house)] == ["华露饮料"]


def test_the_same_file_again_is_the_same_meeting(house):
    first = uploads.hand_over(ME, house, sent(house, "a.txt"), Intake(consent=True))
    again = uploads.hand_over(ME, house, sent(house, "b.txt"), Intake())
    assert isinstance(first, Submitted)
    assert isinstance(again, Submitted)
    assert (again.meeting.uid, again.known) == (first.meeting.uid, True)
    assert again.meeting.consent is True


def test_what_cannot_be_read_is_told_by_its_name_and_not_kept(house, folder):
    told = uploads.hand_over(ME, house, sent(house, "坏 文件.mp3", b"\xff\xfbnoise" * 99), Intake())
    assert isinstance(told, Refusal)
    assert (told.params["file"], told.kept) == ("坏 文件.mp3", False)
    assert list(folder.iterdir()) == []


def test_what_the_disk_refuses_is_kept_for_another_try(house, folder, monkeypatch):
    uid = sent(house, "a.txt")
    with monkeypatch.context() as patch:

        def full(path: Path) -> tuple[str, int]:
            raise StorageError("disk_full", path="home")

        patch.setattr(house.tools.blobs, "put", full)
        told = uploads.hand_over(ME, house, uid, Intake())
    assert isinstance(told, Refusal)
    assert told.kept
    assert (folder / f"{uid}.whole").read_bytes() == TALK
    assert isinstance(uploads.hand_over(ME, house, uid, Intake()), Submitted)


def test_half_a_file_is_not_handed_over(house):
    upload = uploads.begin(ME, house, "a.txt", 100, 1)
    with pytest.raises(InputError, match="upload_not_complete"):
        uploads.hand_over(ME, house, upload.id, Intake())


def test_what_somebody_sent_is_theirs(house):
    uid = sent(house, "a.txt")
    other = Actor(id="local:li", name="李工", via="desk")
    assert [one.id for one in uploads.waiting(ME, house)] == [uid]
    assert uploads.waiting(other, house) == ()
    with pytest.raises(NotFoundError):
        uploads.hand_over(other, house, uid, Intake())


def test_what_nobody_went_on_with_for_a_week_goes(house, folder):
    old, new = sent(house, "old.txt"), sent(house, "new.txt")
    week_ago = time.time() - 7 * 24 * 3600 - 60
    for at in folder.glob(f"{old}*"):
        os.utime(at, (week_ago, week_ago))
    done = retention.tidy(ME, house, keep_days=0)
    assert done.removed["uploads"] == 1
    assert [one.id for one in uploads.waiting(ME, house)] == [new]
    assert uploads.begin(ME, house, "old.txt", len(TALK), 1).offset == 0


def test_of_two_windows_that_hand_over_one_file_one_makes_the_meeting(house):
    uid = sent(house, "a.txt")
    with ThreadPoolExecutor(8) as windows:
        tried = [
            windows.submit(uploads.hand_over, ME, house, uid, Intake(consent=True))
            for _ in range(8)
        ]
    gone = [one for one in tried if isinstance(one.exception(), NotFoundError)]
    (made,) = (one.result() for one in tried if one not in gone)
    assert isinstance(made, Submitted)
    assert not made.known
    assert len(house.tools.store.meetings()) == 1


def test_a_file_that_goes_never_looks_as_if_it_were_to_be_sent_again(house, monkeypatch):
    uid = sent(house, "a.txt")
    seen = []
    unlink = Path.unlink

    def watched(at, missing_ok=False):
        seen.append(uploads.waiting(ME, house))
        unlink(at, missing_ok=missing_ok)
        seen.append(uploads.waiting(ME, house))

    monkeypatch.setattr(Path, "unlink", watched)
    uploads.discard(ME, house, uid)
    assert [[one.complete for one in those] for those in seen if those] == [[True]]
    assert uploads.waiting(ME, house) == ()


def test_a_file_that_goes_while_it_is_looked_at_is_gone(house, monkeypatch):
    first, _ = sent(house, "a.txt"), sent(house, "b.txt")
    offset = UploadFolder._offset

    def slow(folder, one, label):
        folder._remove(one)
        return offset(folder, one, label)

    monkeypatch.setattr(UploadFolder, "_offset", slow)
    with pytest.raises(NotFoundError):
        house.uploads.get(ME.id, first)
    assert uploads.waiting(ME, house) == ()
