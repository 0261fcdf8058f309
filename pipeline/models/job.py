"""Stage records: what made each output, so that work is resumed, cached, audited, replayed."""

from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import Field

from pipeline.models.base import Model
from pipeline.models.speech import HeardSegment

StageName = Literal["transcribe", "ingest", "join", "extract", "ground", "cover", "specify"]


class StageKey(Model):
    """Everything that decides a stage's output. Equal keys mean equal outputs."""

    stage: StageName
    subject: str = ""
    """What inside the meeting: an ask's uid for specify and lint, else empty."""
    input_digest: str
    engine: str
    model: str | None = None
    prompt: str | None = None
    """name@version+digest of the prompt, where the engine uses one."""
    settings_digest: str = ""
    """Digest of the settings that matter to the stage, secrets excluded."""


class StageRecord(Model):
    """One finished stage of one meeting."""

    meeting: str
    key: StageKey
    output: Any = Field(default=None, description="the stage's output as JSON")
    seconds: float
    finished_at: str


class Hearing(Model):
    """How the hearing of a recording goes in this run: what was kept from before is no speed."""

    key: StageKey | None = None
    """What the pieces that were heard are kept under."""
    lines: int = 1
    """Lines of the recording: 2 where both sides have one of their own."""
    our_line: int = 0
    pieces: int = 0
    """Heard in this run. Before the first one is, the speech model is loaded."""
    heard: float = 0.0
    """Seconds of sound heard, the mean of all lines: grows with every piece."""
    speed: float | None = None
    """Seconds of sound heard in a second; null before that can be told."""
    left: float | None = None
    """Seconds until all is heard; null before that can be told honestly."""


class Progress(Model):
    """How far a stage is, for whoever watches."""

    stage: StageName
    state: Literal["started", "going", "done", "cached", "failed", "saving"]
    """saving: about to keep what it made, in the transaction that is open now: whoever watches
    may still say that it is not wanted any more."""
    done: float = 0.0
    """Items done so far; seconds of audio up to which every line is heard."""
    total: float | None = None
    note: str | None = None
    hearing: Hearing | None = None
    said: HeardSegment | None = None
    """The last turn heard so far."""


JobState = Literal["queued", "running", "succeeded", "failed", "cancelled"]
UNDER_WAY: tuple[JobState, ...] = ("queued", "running")


SILENT = 3
"""A worker that missed so many signs of life is taken for dead."""


class Failure(Model):
    """Why a job ended without success: the code of an error and the values it is about."""

    code: str
    params: dict[str, str] = Field(default_factory=dict)


class Job(Model):
    """One processing of a meeting by a worker: heard, then understood."""

    uid: str
    """`<meeting uid>-<run>`."""
    meeting: str
    run: int
    """1-based: a retry is another run, which goes on where the last one stopped."""
    state: JobState = "queued"
    stage: StageName | None = None
    """The stage under way, or the one it ended in."""
    done: float = 0.0
    """Seconds of audio, or items, done of that stage."""
    total: float | None = None
    hearing: Hearing | None = None
    """How its recording was heard last, also after that ended."""
    furthest: float = 0.0
    """How far it ever got, as a number that only grows: see pipeline/jobs/states.py."""
    attempt: int = 0
    """How often it was begun. Whoever works on it under a smaller number has lost it."""
    tries: int = 0
    """How often it was begun since it last got any further."""
    worker: str | None = None
    """Name of the worker that began it last."""
    failure: Failure | None = None
    """Why it ended without success, or what it waits for besides a worker."""
    created_at: str
    """UTC instants with Z."""
    started_at: str | None = None
    """When it was first begun."""
    changed_at: str
    finished_at: str | None = None

    @property
    def under_way(self) -> bool:
        """Whether a worker has it, or will have it."""
        return self.state in UNDER_WAY


class Worker(Model):
    """A program that works on jobs, as it was last heard of."""

    name: str
    host: str
    pid: int
    started_at: str
    """UTC instants with Z."""
    seen_at: str
    every: float
    """Seconds between two signs of life."""

    def silent(self, at: datetime) -> bool:
        """Whether it has not been heard of for so long that it is taken for dead."""
        return at - datetime.fromisoformat(self.seen_at) > timedelta(seconds=SILENT * self.every)
