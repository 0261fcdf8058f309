"""How a job changes: its tries, its attempts, and how far it is."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.jobs import flow, states
from pipeline.models.job import Failure, Hearing, Job, Progress, Worker

AT = "2026-03-18T06:00:00.000Z"


def going(stage, done, total=10.0):
    return Progress(stage=stage, state="going", done=done, total=total)


@pytest.fixture
def job() -> Job:
    return states.fresh("01M8AC3831R0XEX9SPA4NX8HES", 1, AT)


def test_a_fresh_job_waits_under_the_name_of_its_meeting_and_run(job):
    assert (job.uid, job.state, job.attempt) == ("01M8AC3831R0XEX9SPA4NX8HES-1", "queued", 0)
    assert job.under_way


def test_five_tries_that_get_nowhere_exhaust_it(job):
    for _ in range(states.MOST_TRIES):
        assert not states.exhausted(job)
        job = states.begun(job, "w1", AT)
        job = states.advanced(job, Progress(stage="transcribe", state="started"), AT)
    assert states.exhausted(job)


def test_getting_further_than_ever_makes_earlier_tries_forgotten(job):
    job = states.advanced(states.begun(job, "w1", AT), going("transcribe", 3), AT)
    for _ in range(3):
        job = states.begun(job, "w1", AT)
    again = states.advanced(job, going("transcribe", 3), AT)
    assert again.tries == 4, "as far as before is no further"
    assert states.advanced(again, going("transcribe", 4), AT).tries == 1
    assert states.advanced(again, Progress(stage="extract", state="done"), AT).tries == 1


def test_a_stage_that_is_done_again_shows_where_it_is_and_is_no_progress(job):
    job = states.advanced(states.begun(job, "w1", AT), going("specify", 5), AT)
    back = states.advanced(states.begun(job, "w2", AT), going("transcribe", 1), AT)
    assert (back.stage, back.done, back.total) == ("transcribe", 1, 10)
    assert (back.furthest, back.tries) == (job.furthest, 2)


def test_whoever_lost_it_has_an_older_attempt_number(job):
    first = states.begun(job, "w1", AT)
    assert states.begun(states.left(first, AT), "w2", AT).attempt > first.attempt
    assert states.let_go(first, AT).attempt > first.attempt


def test_a_worker_that_was_asked_to_stop_does_not_count_as_a_try(job):
    begun = states.begun(job, "w1", AT)
    assert states.let_go(begun, AT).tries == 0
    assert states.left(begun, AT).tries == 1


def test_a_job_that_ended_keeps_why_and_when(job):
    why = Failure(code="disk_low", params={"free": "3"})
    ended = states.failed(states.begun(job, "w1", AT), why, AT)
    assert (ended.state, ended.failure, ended.finished_at) == ("failed", why, AT)
    assert not ended.under_way


@pytest.mark.parametrize("part", ["hear", "understand"])
def test_the_name_of_a_workflow_says_which_part_of_which_job_it_is(job, part):
    place = flow.place_of(flow.workflow_id(part, job))
    assert place == (part, job.meeting, job.run)


@pytest.mark.parametrize("name", ["", "hear", "hear-x", "hear-x-y", "other-01M8-1", "hear--1"])
def test_workflows_of_others_have_no_place(name):
    assert flow.place_of(name) is None


def test_three_missed_signs_of_life_mean_silence():
    seen = datetime(2026, 3, 18, 6, tzinfo=UTC)
    worker = Worker(name="w", host="h", pid=1, started_at=AT, seen_at=AT, every=10)
    assert not worker.silent(seen + timedelta(seconds=30))
    assert worker.silent(seen + timedelta(seconds=31))


def test_seconds_heard_are_progress_whatever_the_length_is(job):
    job = states.begun(job, "w1", AT)
    for seconds in (20, 40, 60):
        job = states.advanced(job, Progress(stage="transcribe", state="going", done=seconds), AT)
        assert job.tries == 1
        job = states.begun(job, "w1", AT)
    beyond = states.advanced(job, going("transcribe", 80, total=30), AT)
    assert beyond.tries == 1


def heard(done, heard, pieces=0):
    hearing = Hearing(heard=heard, pieces=pieces, speed=6.0, left=60.0)
    return going("transcribe", done).with_(hearing=hearing)


def test_one_line_that_is_heard_further_is_progress_while_the_other_waits(job):
    job = states.advanced(states.begun(job, "w1", AT), heard(0, 5), AT)
    again = states.advanced(states.begun(job, "w2", AT), heard(0, 8), AT)
    assert (again.done, again.tries) == (0, 1)


def test_a_hearing_that_is_begun_again_shows_what_was_heard_and_no_speed_of_before(job):
    job = states.advanced(states.begun(job, "w1", AT), heard(7, 7, pieces=3), AT)
    again = states.begun(states.left(job, AT), "w2", AT)
    again = states.advanced(again, Progress(stage="transcribe", state="started"), AT)
    assert (again.done, again.total) == (7, 10)
    assert again.hearing == Hearing(heard=7)


def test_how_it_was_heard_stays_known_while_the_minutes_are_made(job):
    job = states.advanced(states.begun(job, "w1", AT), heard(7, 7, pieces=3), AT)
    later = states.advanced(job, Progress(stage="extract", state="started"), AT)
    assert (later.done, later.total, later.hearing) == (0, None, job.hearing)


def test_another_run_shows_what_was_heard_before_it_is_begun(job):
    stopped = states.cancelled(states.advanced(job, heard(7, 7, pieces=3), AT), AT)
    again = states.following(stopped, AT)
    assert (again.run, again.state, again.furthest) == (2, "queued", 0)
    assert (again.stage, again.done, again.hearing) == ("transcribe", 7, stopped.hearing)
    later = states.advanced(stopped, Progress(stage="extract", state="started"), AT)
    assert states.following(later, AT) == states.fresh(job.meeting, 2, AT)
