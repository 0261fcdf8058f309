"""Files of specs: kept by their content, part of what is approved, gone with the meeting."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline import bootstrap
from pipeline import review as stage
from pipeline.errors import InputError, NotFoundError, NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.client_view import client_view
from pipeline.models.project import Participant, Project
from pipeline.models.review import EDITED_SINCE
from pipeline.models.spec import Attachment
from pipeline.service import attaching, deletion, documents, meetings, retention, review
from pipeline.service.house import House
from pipeline.service.intake import Intake

CALL = """\
[00:00:01] 陈立: 那导出的范围是？
[00:00:05] 王敏: 我们想要一键导出订单，按筛选出来的导就行。
[00:00:12] 王敏: 每天要手抄两个小时，太慢了。
[00:00:20] 陈立: 好，这个就这么定。
[00:00:25] 王敏: 最好还能提醒一下采购。
"""
PROJECT = Project(
    client="华露饮料",
    system="订单系统",
    language="zh",
    participants=(Participant(name="陈立", side="us"), Participant(name="王敏", side="client")),
)
ME = Actor(id="u1", name="陈立", via="test")


class Place:
    """A house with one meeting that was worked on."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.house: House = bootstrap.house(bootstrap.settings(home=home))
        call = folder / "call.txt"
        call.write_text(CALL, encoding="utf-8")
        added = meetings.add(ME, self.house, call, Intake(project=PROJECT))
        meetings.process(ME, self.house, added.uid, lambda progress: None)
        self.meeting, self.folder = added.uid, folder

    def file(self, name: str, content: bytes = b"picture") -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def attach(self, file: Path, spec: str = "S1", **more: Any) -> Any:
        return attaching.attach(ME, self.house, self.meeting, spec, file, **more)

    @property
    def view(self) -> Any:
        return meetings.view(ME, self.house, self.meeting)

    def blobs(self) -> set[str]:
        return set(self.house.tools.blobs.held())


@pytest.fixture
def place(tmp_path: Path):
    found = Place(tmp_path / "home", tmp_path)
    yield found
    found.house.tools.store.close()


def test_a_file_is_kept_by_its_content_and_told_in_the_record(place: Place):
    done = place.attach(place.file("对账样表.xlsx"))
    (one,) = done.attachments
    assert one.name == "对账样表.xlsx"
    assert attaching.content(ME, place.house, place.meeting, one.sha256) == b"picture"
    assert place.view.specs[0].attachments == (one,)
    event = review.history(ME, place.house, place.meeting, "spec")[-1]
    assert (event.operation, event.body.field) == ("set", "attachments")
    assert review.check(ME, place.house, place.meeting) == ()


def test_the_same_content_is_attached_once(place: Place):
    place.attach(place.file("a.png"))
    again = place.attach(place.file("b.png"))
    assert [one.name for one in again.attachments] == ["a.png"]


@pytest.mark.parametrize("off", [False, True])
def test_another_file_voids_the_approval(place: Place, off: bool):
    if off:
        place.attach(place.file("a.png"))
    review.edit(ME, place.house, place.meeting, _yes(place))
    assert place.view.specs[0].review == "approved"
    if off:
        done = attaching.take_off(ME, place.house, place.meeting, "S1", "a.png")
        assert done.attachments == ()
    else:
        done = place.attach(place.file("a.png"))
    assert EDITED_SINCE in done.stale
    assert done.uid not in documents.all_of(place.view).approved


def _yes(place: Place) -> Any:
    return stage.approve(place.view.specs[0])


def test_what_was_taken_off_can_be_put_back(place: Place):
    (one,) = place.attach(place.file("a.png")).attachments
    attaching.take_off(ME, place.house, place.meeting, "S1", one.sha256[:8])
    review.undo(ME, place.house, place.meeting)
    assert place.view.specs[0].attachments == (one,)
    assert documents.attached(ME, place.house, documents.all_of(place.view))


@pytest.mark.parametrize(
    ("given", "ours"),
    [
        ("../../etc/passwd", "passwd"),
        ("a<b>:c?.png", "a b c.png"),
        ("CON.txt", "_CON.txt"),
        ("\u202egnp.exe", "gnp.exe"),
        ("..", "file"),
        ("会" * 300 + ".xlsx", "会" * 75 + ".xlsx"),
    ],
)
def test_a_name_leads_nowhere(place: Place, given: str, ours: str):
    done = place.attach(place.file("x.bin"), name=given)
    assert [one.name for one in done.attachments] == [ours]


def test_what_is_no_file_for_a_spec_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(NotReadableError, match="file_missing"):
        place.attach(place.folder / "none.png")
    with pytest.raises(NotReadableError, match="no_plain_file"):
        place.attach(place.folder)
    with pytest.raises(NotReadableError, match="empty_file"):
        place.attach(place.file("empty.png", b""))
    with pytest.raises(NotFoundError, match="spec_not_found"):
        place.attach(place.file("a.png"), spec="S99")
    monkeypatch.setattr(attaching, "MOST_BYTES", 3)
    with pytest.raises(NotReadableError, match="attachment_too_large"):
        place.attach(place.file("a.png"))
    monkeypatch.undo()
    monkeypatch.setattr(attaching, "MOST_FILES", 1)
    place.attach(place.file("a.png"))
    with pytest.raises(InputError, match="attachments_too_many"):
        place.attach(place.file("b.png", b"other"))
    with pytest.raises(NotFoundError, match="attachment_not_found"):
        attaching.take_off(ME, place.house, place.meeting, "S1", "b.png")


def test_two_files_of_one_name_are_told_apart_by_their_mark(place: Place):
    place.attach(place.file("a.png", b"one"))
    two = place.attach(place.file("a.png", b"two")).attachments
    with pytest.raises(InputError, match="attachment_ambiguous"):
        attaching.take_off(ME, place.house, place.meeting, "S1", "a.png")
    left = attaching.take_off(ME, place.house, place.meeting, "S1", two[0].sha256[:10])
    assert left.attachments == (two[1],)


def test_an_export_holds_each_file_once_and_names_its_place(place: Place):
    (one,) = place.attach(place.file("样表.xlsx")).attachments
    place.attach(place.file("again.xlsx"), spec="S2")
    out = place.folder / "out"
    targets = ("md", "json", "feature", "openspec")
    documents.export(ME, place.house, place.view, targets, out)
    path = f"attachments/{one.sha256}/样表.xlsx"
    assert (out / path).read_bytes() == b"picture"
    assert path in (out / "features/S1.feature").read_text("utf-8")
    assert path in (out / "openspec/changes/add-s1/proposal.md").read_text("utf-8")
    assert json.loads((out / "specs/S1.json").read_bytes())["attachments"][0]["name"] == "样表.xlsx"
    assert "样表.xlsx" in (out / "specs/S1.md").read_text("utf-8")
    attaching.take_off(ME, place.house, place.meeting, "S1", "样表.xlsx")
    attaching.take_off(ME, place.house, place.meeting, "S2", "again.xlsx")
    documents.export(ME, place.house, place.view, ("md",), out)
    assert not (out / path).exists()


def test_no_spec_can_name_a_file_that_was_not_attached_to_it(place: Place):
    recording = next(iter(place.blobs()))
    view = place.view
    named = (
        Attachment(name="../../x", sha256=recording),
        Attachment(name="x", sha256="../../../../etc/passwd"),
    )
    spec = view.specs[0].with_(attachments=named)
    ours = documents.all_of(view.with_(specs=(spec, *view.specs[1:])))
    assert documents.attached(ME, place.house, ours) == {}
    with pytest.raises(NotFoundError, match="attachment_not_found"):
        attaching.content(ME, place.house, place.meeting, recording)


def test_the_client_gets_no_file_that_nobody_chose_for_them(place: Place):
    place.attach(place.file("ours.png"))
    theirs = client_view(documents.all_of(place.view))
    assert documents.attached(ME, place.house, theirs) == {}
    assert not any(spec.attachments for spec in theirs.specs)


def test_the_sweep_leaves_a_file_and_deletion_takes_it(place: Place):
    (one,) = place.attach(place.file("a.png")).attachments
    for path in (place.folder / "home").rglob(one.sha256):
        os.utime(path, (1, 1))
    deletion.finish(ME, place.house)
    retention.tidy(ME, place.house, keep_days=0)
    assert one.sha256 in place.blobs()
    done = deletion.delete(ME, place.house, place.meeting)
    assert done.removed["attachments"] == 1
    assert place.blobs() == set()


def test_a_file_that_another_meeting_holds_stays(place: Place):
    words = "[00:00:01] 王敏: 我们要导出。\n".encode()
    (one,) = place.attach(place.file("a.txt", words)).attachments
    other = meetings.add(ME, place.house, place.file("b.txt", words), Intake(project=PROJECT))
    deletion.delete(ME, place.house, place.meeting)
    assert place.blobs() == {one.sha256}
    deletion.delete(ME, place.house, other.uid)
    assert place.blobs() == set()
