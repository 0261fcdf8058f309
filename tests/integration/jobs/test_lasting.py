"""What lasts: a full disk, a newer program, another library, an older database."""

import contextlib
import shutil
import sqlite3
import subprocess
from importlib import metadata
from pathlib import Path

import dbos
import pytest
from alembic import command
from alembic.config import Config
from ulid import ULID

from pipeline import bootstrap
from pipeline.jobs import flow
from pipeline.jobs.worker import ROOM
from pipeline.models.meeting import Meeting, Recording
from pipeline.service import jobs
from pipeline.stores import schema
from pipeline.stores.blobs import FileBlobs
from pipeline.stores.database import SqlStore
from pipeline.stores.engine import connect
from pipeline.stores.session import Sessions
from tests.integration.jobs.conftest import ME, make_site
from tests.integration.jobs.program import TURNS


@pytest.mark.slow
def test_a_disk_that_takes_nothing_more_is_said_so_and_the_work_goes_on_after(site, undisturbed):
    meeting = site.submit()
    worker = site.start(batch=0.05, full_at="batch:9", until_done=False)
    site.until(lambda: "refused disk_" in worker.said)
    worker.kill()
    assert site.job(meeting).under_way, "nothing could be written, so nothing is claimed"
    board = jobs.listed(ME, site.house)
    site.until(lambda: jobs.listed(ME, site.house).jobs[0].stalled)
    assert board.jobs[0].meeting.uid == meeting
    site.finish()
    assert site.job(meeting).state == "succeeded"
    assert site.result(meeting) == undisturbed
    assert sum(site.heard().values()) <= len(TURNS) + 2


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, as small as a full one; only root may mount it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this system lets nobody mount a disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
def test_a_nearly_full_disk_stops_the_job_while_its_state_can_still_be_kept(
    small_disk, undisturbed
):
    site = make_site(small_disk)
    meeting = site.submit()
    worker = site.start(batch=0.1, until_done=False)
    site.until(lambda: len(site.heard()) >= 5)
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file:
        file.write(b"x" * (shutil.disk_usage(small_disk).free - ROOM + 4096))
    site.until(lambda: site.job(meeting).state == "failed")
    failure = site.job(meeting).failure
    assert failure.code == "disk_low"
    heard = len(site.heard())
    assert heard < len(TURNS)
    assert worker.process.poll() is None
    ballast.unlink()
    jobs.retry(ME, site.house, meeting)
    site.until(lambda: site.job(meeting).state == "succeeded")
    assert site.result(meeting) == undisturbed
    assert set(site.heard().values()) == {1}
    site.close()


@pytest.mark.slow
def test_a_job_whose_turn_comes_on_a_full_disk_says_what_it_waits_for(small_disk, undisturbed):
    site = make_site(small_disk)
    meeting = site.submit()
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file:
        file.write(b"x" * (shutil.disk_usage(small_disk).free - ROOM + 4096))
    site.start(until_done=False)
    site.until(lambda: site.job(meeting).failure is not None)
    job = site.job(meeting)
    assert (job.state, job.failure.code, job.attempt) == ("queued", "disk_waits", 0)
    assert site.heard() == {}
    ballast.unlink()
    site.until(lambda: site.job(meeting).state == "succeeded")
    assert site.job(meeting).failure is None
    assert site.result(meeting) == undisturbed
    site.close()


@pytest.mark.slow
def test_a_newer_program_takes_up_what_an_older_one_left(site, undisturbed):
    meeting = site.submit()
    assert site.start(die="batch:9", code="before").wait() == -9
    site.finish(code="after")
    assert site.job(meeting).state == "succeeded"
    assert site.result(meeting) == undisturbed
    assert set(site.heard().values()) == {1}


@pytest.mark.slow
def test_another_release_of_the_library_takes_up_what_this_one_left(site):
    """The library's own default version changes with its release and with our code."""
    meeting = site.submit()
    assert site.start(die="before:extract").wait() == -9
    with sqlite3.connect(site.home / "dragoman.db") as raw:
        versions = raw.execute("SELECT DISTINCT application_version FROM workflow_status")
        assert versions.fetchall() == [(flow.VERSION,)]
    raw.close()
    site.finish(library="99.0.0")
    assert site.job(meeting).state == "succeeded"


def test_the_names_that_jobs_under_way_are_stored_under_never_change():
    assert (flow.NAME, flow.VERSION) == ("dragoman", "dragoman-flow-1")
    assert flow.WORKFLOWS == {"hear": "hear_v1", "understand": "understand_v1"}
    assert (flow.SPEECH, flow.WORDS) == ("speech", "words")


def test_the_library_has_the_private_call_we_need():
    """Work of a dead worker is put back only if it is still that worker's: no public call does so."""
    assert metadata.version("dbos").startswith("3.4.")
    call = dbos._sys_db.SystemDatabase.reenqueue_for_recovery
    assert call.__wrapped__.__code__.co_varnames[:4] == (
        "self",
        "workflow_id",
        "executor_ids",
        "recovery_queue_name",
    )


@pytest.mark.slow
def test_a_database_from_before_the_jobs_is_brought_up_to_date(tmp_path, undisturbed):
    url = f"sqlite:///{(tmp_path / 'home' / 'dragoman.db').as_posix()}"
    (tmp_path / "home").mkdir()
    engine = connect(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option(
            "script_location", str(Path(schema.__file__).with_name("migrations"))
        )
        command.upgrade(config, "v0001")
    old = SqlStore(Sessions(engine))
    call = bootstrap.demo_call("zh")
    project = old.save_project(call.project.with_(system=f"{call.project.system} call"))
    sound = tmp_path / "call.wav"
    sound.write_bytes(b"RIFFcall" + b"\0" * 2000)
    sha256, size = FileBlobs(tmp_path / "home" / "recordings").put(sound)
    file = Recording(name="call.wav", sha256=sha256, size=size, duration=206.458)
    meeting = Meeting(uid=str(ULID()), project=project.uid, title="call", recordings=(file,))
    old.add_meeting(meeting)
    old.close()
    site = make_site(tmp_path)
    assert site.submit() == meeting.uid
    site.finish()
    assert site.result(meeting.uid) == undisturbed
    site.close()


@pytest.mark.slow
def test_work_that_the_library_ended_by_itself_is_said_to_be_broken_off(site):
    meeting = site.submit()
    with sqlite3.connect(site.home / "dragoman.db") as raw:
        raw.execute("UPDATE workflow_status SET status = 'ERROR'")
    raw.close()
    assert site.house.jobs().settle() == 1
    job = site.job(meeting)
    assert (job.state, job.failure.code) == ("failed", "job_broken_off")
    jobs.retry(ME, site.house, meeting)
    site.finish()
    assert site.job(meeting).state == "succeeded"


@pytest.mark.slow
def test_rows_of_the_library_go_when_they_are_old(site):
    site.submit()
    site.finish()
    queue = site.house.jobs()
    assert queue.forget_ended() == 0
    with sqlite3.connect(site.home / "dragoman.db") as raw:
        raw.execute("UPDATE workflow_status SET completed_at = completed_at - 864000000")
    raw.close()
    assert queue.forget_ended() == 2


@pytest.mark.slow
def test_work_that_the_library_could_not_end_is_taken_up_again_by_the_same_worker(site):
    """A row that stays under way for ever would fill the one place there is for recordings."""
    stuck, waiting = site.submit("stuck"), site.submit("waiting")
    worker = site.start(until_done=False)
    site.until(lambda: site.job(waiting).state == "succeeded")
    with contextlib.closing(sqlite3.connect(site.home / "dragoman.db", timeout=10)) as raw, raw:
        # As it stands when the disk was full at the very moment: under way, and nobody has it.
        raw.execute("DELETE FROM operation_outputs")
        raw.execute(
            "UPDATE workflow_status SET status = 'PENDING', executor_id = 'w1', output = NULL"
            " WHERE workflow_uuid = ?",
            (f"hear-{stuck}-1",),
        )
    later = site.submit("later")
    site.until(lambda: site.job(later).state == "succeeded")
    assert worker.process.poll() is None
