"""How a job changes: pure, so that every change can be made under the Store's own lock."""

from pipeline.models.job import Failure, Job, Progress, StageName

MOST_TRIES = 5
"""A job that was begun so often without getting any further stops, and says why."""

_STAGE = 10**9
"""More than any stage has seconds or items."""
_ORDER: dict[StageName, int] = {
    "transcribe": 0,
    "ingest": 0,
    "join": 0,
    "extract": 1,
    "ground": 2,
    "cover": 3,
    "specify": 4,
}


def fresh(meeting: str, run: int, at: str) -> Job:
    """A job that waits for a worker."""
    return Job(uid=f"{meeting}-{run}", meeting=meeting, run=run, created_at=at, changed_at=at)


def following(earlier: Job, at: str) -> Job:
    """Another run after this one; until it is begun it shows what was heard and is kept."""
    job = fresh(earlier.meeting, earlier.run + 1, at)
    if earlier.stage != "transcribe":
        return job
    return job.with_(
        stage=earlier.stage, done=earlier.done, total=earlier.total, hearing=earlier.hearing
    )


def begun(job: Job, worker: str, at: str) -> Job:
    """A worker takes it; whoever had it before has lost it."""
    return job.with_(
        state="running",
        worker=worker,
        attempt=job.attempt + 1,
        tries=job.tries + 1,
        started_at=job.started_at or at,
        hearing=job.hearing and job.hearing.with_(pieces=0, speed=None, left=None),
        failure=None,
        changed_at=at,
    )


def held(job: Job, why: Failure, at: str) -> Job:
    """It waits for something, and says for what; it begins by itself."""
    return job.with_(state="queued", failure=why, changed_at=at)


def exhausted(job: Job) -> bool:
    """Whether it took its worker down so often that nobody should try again."""
    return job.tries >= MOST_TRIES


def advanced(job: Job, progress: Progress, at: str) -> Job:
    """It goes on. Getting further than ever before makes earlier tries forgotten.

    A stage that is begun again shows where it was until it tells where it is: what is kept is
    done.
    """
    if progress.state == "saving":
        return job.with_(changed_at=at)
    reached = _reached(progress)
    further = reached > job.furthest
    done, total = (progress.done, progress.total) if progress.state == "going" else (0.0, None)
    if progress.state == "started" and progress.stage == job.stage:
        done, total = job.done, job.total
    return job.with_(
        stage=progress.stage,
        done=done,
        total=total,
        hearing=progress.hearing or job.hearing,
        furthest=reached if further else job.furthest,
        tries=1 if further else job.tries,
        changed_at=at,
    )


def handed_on(job: Job, at: str) -> Job:
    """Its next part waits for a worker."""
    return job.with_(state="queued", tries=0, changed_at=at)


def left(job: Job, at: str) -> Job:
    """Its worker died or fell silent: another one takes it, and the try counts."""
    return job.with_(state="queued", attempt=job.attempt + 1, changed_at=at)


def let_go(job: Job, at: str) -> Job:
    """Its worker was asked to stop: another one takes it, and the try does not count."""
    return left(job, at).with_(tries=max(0, job.tries - 1))


def succeeded(job: Job, at: str) -> Job:
    """All of it is done."""
    return job.with_(state="succeeded", tries=0, changed_at=at, finished_at=at)


def failed(job: Job, failure: Failure, at: str) -> Job:
    """It cannot go on; a retry goes on where it stopped."""
    return job.with_(state="failed", failure=failure, changed_at=at, finished_at=at)


def cancelled(job: Job, at: str) -> Job:
    """Somebody does not want it any more; what is finished is kept."""
    return job.with_(state="cancelled", changed_at=at, finished_at=at)


def _reached(progress: Progress) -> float:
    """How far this is on the whole way, as a number to compare.

    Seconds and items count as they are: how long a recording is may be unknown or wrong.
    """
    place = _ORDER[progress.stage]
    if progress.state in ("done", "cached"):
        return float((place + 1) * _STAGE)
    # One line may be heard further while another one waits: that is progress too.
    done = progress.hearing.heard if progress.hearing else progress.done
    return float(place * _STAGE + min(done, _STAGE - 1))
