"""Attached files through deletion, backup and restore: no word stays, and none is lost."""

import pytest

from pipeline import bootstrap
from pipeline.errors import NotFoundError
from pipeline.service import attaching, backups, deletion, meetings
from pipeline.service.intake import Intake
from tests.integration.service.test_attaching import ME, PROJECT, Place

SECRET = "绝密甲乙丙XyzzyPlover"


@pytest.fixture
def place(tmp_path):
    found = Place(tmp_path / "home", tmp_path)
    yield found
    found.house.tools.store.close()


def where(place: Place, word: str = SECRET) -> set[str]:
    """Files of the data folder that hold a word, or have it in their names."""
    home = place.folder / "home"
    forms = [word.encode(code) for code in ("utf-8", "utf-16-le", "unicode_escape")]
    return {
        path.name
        for path in home.rglob("*")
        if path.is_file() and (word in path.name or any(one in path.read_bytes() for one in forms))
    }


@pytest.mark.slow
@pytest.mark.parametrize("off", [False, True])
def test_no_word_of_a_file_stays_after_deletion(place: Place, off):
    file = place.file(f"{SECRET}.txt", SECRET.encode() * 3)
    place.attach(file)
    if off:
        attaching.take_off(ME, place.house, place.meeting, "S1", file.name)
    assert where(place)
    deletion.delete(ME, place.house, place.meeting)
    assert where(place) == set()
    assert place.blobs() == set()


def test_a_client_that_goes_takes_the_files_along(place: Place):
    project = place.house.tools.store.meeting(place.meeting).project
    place.attach(place.file(f"{SECRET}.txt", SECRET.encode()))
    deletion.delete_project(ME, place.house, project)
    assert where(place) == set()
    assert place.blobs() == set()


def test_a_file_two_clients_have_goes_with_the_last(place: Place):
    store = place.house.tools.store
    (one,) = place.attach(place.file("a.txt", SECRET.encode())).attachments
    words = place.file("c2.txt", "[00:00:01] 王敏: 我们想要一键导出订单。\n".encode())
    other = meetings.add(ME, place.house, words, Intake(project=PROJECT.with_(client="白鹭物业")))
    meetings.process(ME, place.house, other.uid, lambda progress: None)
    attaching.attach(ME, place.house, other.uid, "S1", place.file("b.txt", SECRET.encode()))
    deletion.delete_project(ME, place.house, store.meeting(place.meeting).project)
    assert attaching.content(ME, place.house, other.uid, one.sha256) == SECRET.encode()
    deletion.delete(ME, place.house, other.uid)
    assert place.blobs() == set()


def test_a_backup_brings_an_attached_file_back(place: Place):
    tools = bootstrap.backup_tools(bootstrap.settings(home=place.folder / "home"))
    (one,) = place.attach(place.file("a.txt", SECRET.encode())).attachments
    made = backups.back_up(ME, tools, place.folder / "copy")
    assert made.lost == ()
    assert (place.folder / "copy").is_dir()
    deletion.delete(ME, place.house, place.meeting)
    assert where(place) == set()
    place.house.tools.store.close()
    done = backups.restore(ME, tools, place.folder / "copy")
    assert done.missing == ()
    place.house = bootstrap.house(bootstrap.settings(home=place.folder / "home"))
    assert attaching.content(ME, place.house, place.meeting, one.sha256) == SECRET.encode()
    assert place.view.specs[0].attachments == (one,)


def test_the_next_backup_forgets_what_was_deleted(place: Place):
    tools = bootstrap.backup_tools(bootstrap.settings(home=place.folder / "home"))
    place.attach(place.file("a.txt", SECRET.encode()))
    backups.back_up(ME, tools, place.folder / "copy")
    deletion.delete(ME, place.house, place.meeting)
    backups.back_up(ME, tools, place.folder / "copy")
    held = [
        path
        for path in (place.folder / "copy").rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    assert held == []


def test_a_file_the_disk_lost_is_said_so(place: Place):
    (one,) = place.attach(place.file("a.txt", SECRET.encode())).attachments
    place.house.tools.blobs.delete(one.sha256)
    with pytest.raises(NotFoundError):
        attaching.content(ME, place.house, place.meeting, one.sha256)
