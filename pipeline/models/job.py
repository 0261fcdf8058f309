"""Stage records: what made each output, so that work is resumed, cached, audited, replayed."""

from typing import Any, Literal

from pydantic import Field

from pipeline.models.base import Model

StageName = Literal["transcribe", "ingest", "extract", "ground", "cover", "specify"]


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


class Progress(Model):
    """How far a stage is, for whoever watches."""

    stage: StageName
    state: Literal["started", "going", "done", "cached", "failed"]
    done: float = 0.0
    """Seconds of audio, or items, done so far."""
    total: float | None = None
    note: str | None = None
