"""A deleted meeting leaves no word of the client's, and the proof that things were decided."""

import random
from pathlib import Path

import pytest

from pipeline import review
from pipeline.errors import NotFoundError
from pipeline.models.answer import KeptAnswer
from pipeline.models.job import Job, StageKey, StageRecord
from pipeline.models.model_use import ModelUse
from pipeline.models.review import verify
from pipeline.models.speech import HeardBatch, HeardSegment
from pipeline.models.transcript import EngineName, Segment, Transcript

SECRET = "绝密原话甲乙丙"
ATTACHED = "b" * 64
KEY = StageKey(stage="transcribe", input_digest="d", engine="e")


@pytest.fixture
def full(store, make, project):
    """A meeting with something in every table."""
    recording = make.recording().with_(name=f"{SECRET}.mp3")
    store.add_meeting(make.meeting(project.uid, title=SECRET, recordings=(recording,)))
    segment = Segment(id="s1", index=0, text=SECRET)
    store.save_transcript("m1", Transcript(engine=EngineName(name="x"), segments=(segment,)))
    store.save_our_talk("m1", ["s1"])
    heard = HeardSegment(start=0, end=1, text=SECRET, channel=0)
    store.save_answer("m1", "k", KeptAnswer(site="asks", prompt="p", text=SECRET))
    store.add_model_use("m1", ModelUse(site="asks", model=SECRET, requests=1))
    store.save_batch("m1", KEY, HeardBatch(key="b", channel=0, start=0, end=1, segments=(heard,)))
    store.save_record(
        StageRecord(meeting="m1", key=KEY, output=SECRET * 3000, seconds=1, finished_at="x")
    )
    store.save_minutes(store.identify("m1", make.minutes(asks=(make.ask("a", "s1", SECRET),))))
    ask = store.minutes("m1").asks[0]
    store.save_spec("m1", store.identify_spec("m1", ask, make.spec(SECRET)))
    edit = review.propose(ask, "set", field="text", after=SECRET + "！", reason=SECRET)
    store.append_edit(make.actor, project=project.uid, meeting="m1", edit=edit)
    store.keep_attachment("m1", project.uid, ATTACHED, 3)
    return store


def test_what_was_removed_and_kept_is_said(full, make):
    done = full.delete_meeting("m1")
    assert done.removed == {
        "edit_texts": 1,
        "spec_versions": 1,
        "specs": 1,
        "items": 1,
        "drafts": 1,
        "transcripts": 1,
        "our_talk": 1,
        "stage_records": 1,
        "batches": 1,
        "answers": 1,
        "model_use": 1,
        "jobs": 0,
        "files": 1,
        "attachments": 1,
        "meetings": 1,
    }
    assert done.kept == {"edits": 1}
    assert done.unused_blobs == tuple(sorted((make.recording().sha256, ATTACHED)))


def test_nothing_of_the_meeting_is_found_any_more(full):
    full.delete_meeting("m1")
    with pytest.raises(NotFoundError):
        full.meeting("m1")
    with pytest.raises(NotFoundError):
        full.delete_meeting("m1")
    assert full.meetings() == ()
    assert (full.transcript("m1"), full.minutes("m1"), full.specs("m1")) == (None, None, ())
    assert full.our_talk("m1") == ()
    assert (full.record("m1", KEY), full.batches("m1", KEY)) == (None, {})
    assert full.answer("m1", "k") is None
    assert (full.model_use("m1"), full.model_use()) == ((), ())


def test_who_still_works_on_it_is_told_that_it_is_gone(full, make, project):
    minutes, (spec,) = full.minutes("m1"), full.specs("m1")
    edit = review.propose(minutes.asks[0], "set", field="text", after=SECRET + "？")
    nothing, meeting, transcript = make.minutes(), full.meeting("m1"), full.transcript("m1")
    full.delete_meeting("m1")
    attempts = [
        lambda: full.identify("m1", minutes),
        lambda: full.save_minutes(minutes),
        lambda: full.save_minutes(nothing),
        lambda: full.identify_spec("m1", minutes.asks[0], spec),
        lambda: full.save_spec("m1", spec),
        lambda: full.save_our_talk("m1", ["s1"]),
        lambda: full.save_our_talk("m1", []),
        lambda: full.save_meeting(meeting.with_(title="回来了")),
        lambda: full.save_transcript("m1", transcript),
        lambda: full.save_record(StageRecord(meeting="m1", key=KEY, seconds=1, finished_at="x")),
        lambda: full.save_batch("m1", KEY, HeardBatch(key="c", channel=0, start=0, end=1)),
        lambda: full.add_model_use("m1", ModelUse(site="asks", model="m", requests=1)),
        lambda: full.save_job(Job(uid="m1-1", meeting="m1", run=1, created_at="x", changed_at="x")),
        lambda: full.append_edit(make.actor, project=project.uid, meeting="m1", edit=edit),
    ]
    for attempt in attempts:
        with pytest.raises(NotFoundError, match="meeting_not_found"):
            attempt()
    assert [event.body for event in full.edits("m1")] == [None]


def test_an_edit_too_late_leaves_no_word_on_the_disk(full, make, project, tmp_path: Path):
    edit = review.propose(full.minutes("m1").asks[0], "reject", reason=SECRET)
    full.delete_meeting("m1")
    with pytest.raises(NotFoundError):
        full.append_edit(make.actor, project=project.uid, meeting="m1", edit=edit)
    assert not any(SECRET.encode() in file.read_bytes() for file in tmp_path.glob("dragoman.db*"))


def test_no_word_is_left_on_the_disk(full, tmp_path: Path):
    written = SECRET.encode()
    assert any(written in file.read_bytes() for file in tmp_path.glob("dragoman.db*"))
    full.delete_meeting("m1")
    assert not any(written in file.read_bytes() for file in tmp_path.glob("dragoman.db*"))


def test_that_something_was_decided_stays_provable(full, make):
    full.delete_meeting("m1")
    (event,) = full.edits("m1")
    assert (event.actor, event.operation, event.body, event.salt) == (make.actor, "set", None, None)
    assert verify([event]) == ()


def test_ids_are_not_given_out_again(full, make, project):
    full.delete_meeting("m1")
    full.add_meeting(make.meeting(project.uid))
    draft = make.minutes(asks=(make.ask("a", "s1"),))
    minutes = full.identify("m1", draft)
    full.save_minutes(minutes)
    assert minutes.asks[0].id == "A2"
    assert full.identify_spec("m1", minutes.asks[0], make.spec()).id == "S2"


def test_another_meeting_stays_as_it_is(full, make, project):
    other_file = make.recording("b" * 64)
    full.add_meeting(make.meeting(project.uid, "m2", recordings=(other_file,)))
    minutes = full.identify("m2", make.minutes("m2", asks=(make.ask("a", "s1"),)))
    full.save_minutes(minutes)
    full.delete_meeting("m1")
    assert full.minutes("m2") == minutes
    assert full.meeting("m2").recordings == (other_file,)


def test_content_that_another_project_holds_is_still_in_use(full, make):
    other = full.save_project(make.project().with_(client="合骏"))
    full.add_meeting(make.meeting(other.uid, "m2", recordings=(make.recording(),)))
    assert full.delete_meeting("m1").unused_blobs == (ATTACHED,), "only what was attached there"
    assert full.delete_meeting("m2").unused_blobs == (make.recording().sha256,)


@pytest.mark.parametrize("seed", range(6))
def test_rows_that_the_database_moved_about_leave_no_copy(store, make, tmp_path: Path, seed):
    """Overwriting what is deleted is not enough: moved rows leave copies in other pages."""
    dice = random.Random(seed)
    ours, theirs = (store.save_project(make.project().with_(client=c)) for c in ("我", SECRET))
    for number in range(60):
        mine = bool(dice.getrandbits(1))
        uid = f"{dice.getrandbits(64):x}{number}"
        text = ("普通" if mine else SECRET) * dice.choice((1, 9, 60, 400, 3000))
        store.add_meeting(make.meeting((ours if mine else theirs).uid, uid, title=text[:900]))
        other = dice.choice(store.meetings())
        store.save_record(StageRecord(
            meeting=uid, key=KEY, output=text, seconds=1, finished_at="x"))  # fmt: skip
        store.save_meeting(other.with_(title=other.title[: dice.choice((9, 90, 900))]))
    done = store.delete_project(theirs.uid)
    assert (done.removed["projects"], done.kept) == (1, {"edits": 0})
    assert not any(SECRET.encode() in file.read_bytes() for file in tmp_path.glob("dragoman.db*"))
    assert [one.client for one in store.projects()] == ["我"]


def test_a_deleted_project_takes_meetings_counters_and_words_with_it(full, make, project, raw):
    other = full.save_project(make.project().with_(client="合骏"))
    full.add_meeting(make.meeting(other.uid, "m2", recordings=(make.recording(),)))
    done = full.delete_project(project.uid)
    assert done.removed["meetings"] == 1
    assert done.kept == {"edits": 1, "shared_files": 1}
    assert done.unused_blobs == (ATTACHED,), "only what was attached there"
    with pytest.raises(NotFoundError, match="project_not_found"):
        full.delete_project(project.uid)
    tables = [name for (name,) in raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%project%'")]  # fmt: skip
    left = [
        name
        for name in tables
        if name not in ("project", "edit_event")
        and raw.execute(f"SELECT 1 FROM {name} WHERE project = ?", (project.uid,)).fetchone()
    ]
    assert left == []
    assert len(tables) > 10
    assert full.meeting("m2").recordings == (make.recording(),)
    assert full.save_project(make.project()).uid != project.uid


@pytest.mark.slow
def test_what_could_not_be_wiped_is_said_and_tried_again(full, raw, tmp_path: Path):
    def left() -> bool:
        return any(SECRET.encode() in file.read_bytes() for file in tmp_path.glob("dragoman.db*"))

    raw.execute("BEGIN")
    raw.execute("SELECT * FROM item").fetchall()
    done = full.delete_meeting("m1")
    assert done.kept == {"edits": 1, "old_pages": 1}
    assert left()
    raw.execute("COMMIT")
    assert full.wipe()
    assert not left()
    assert raw.execute("PRAGMA user_version").fetchone()[0] % 2 == 0, "odd while it is due"


def test_a_deletion_that_was_rolled_back_leaves_nothing_to_wipe(full, raw):
    class Late(Exception):
        pass

    def late() -> None:
        with full.transaction():
            full.delete_meeting("m1")
            raise Late

    with pytest.raises(Late):
        late()
    assert full.meeting("m1").title == SECRET
    assert raw.execute("PRAGMA user_version").fetchone()[0] % 2 == 0, "odd while it is due"


def test_when_a_meeting_was_touched_last(full, make, project, meeting_without_work):
    changes = full.last_changes()
    assert changes[meeting_without_work] == "2026-03-18T06:00:09.000Z"
    assert changes["m1"] > "2026-03-18T06:00:09.000Z"
    assert full.files_in_use() == {make.recording().sha256, ATTACHED}


@pytest.fixture
def meeting_without_work(full, make, project) -> str:
    full.add_meeting(make.meeting(project.uid, "m9"))
    return "m9"
