"""A recording: all that a model answered about a call, to be replayed without it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from pipeline.models.answer import Instant, RecordedFrom, Told, Usage
from pipeline.models.base import Model
from pipeline.models.hashing import digest
from pipeline.models.transcript import Transcript

RECORDING_SCHEMA: Literal["dragoman/recording/v1"] = "dragoman/recording/v1"
ANSWER_SCHEMA: Literal["dragoman/recorded-answer/v1"] = "dragoman/recorded-answer/v1"
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hex."""


class RecordedAnswer(Model):
    """What was answered to one question, or why it could not be."""

    schema_: Literal["dragoman/recorded-answer/v1"] = Field(default=ANSWER_SCHEMA, alias="schema")
    question: Digest
    """Of the label of its prompt, its messages and its form; of nothing else."""
    site: str
    """Call site: the folder of its prompt."""
    prompt: str
    """name@version+digest of the prompt."""
    form: Digest
    """Of the JSON Schema that the answer had to keep to."""
    text: str
    """As it came; what was hidden from whoever answered is still hidden."""
    fault: str | None = None
    """What was wrong with every answer, where none was of use."""
    detail: str = ""
    """What was said about that."""
    usage: Usage = Usage()


class RecordedCall(Model):
    """A call that the answers are about."""

    title: str = ""
    words: Digest
    """Of who says what: see `words_of`."""


class AnswerManifest(Model):
    """What stands in recording.json, beside the answers."""

    schema_: Literal["dragoman/recording/v1"] = Field(default=RECORDING_SCHEMA, alias="schema")
    model: Told
    """Name of the model, as whoever recorded it told."""
    answered_by: Told
    """Who or what answered, in words."""
    recorded_at: Instant
    """UTC instant with Z: when the first answer came."""
    questions: Mapping[str, str | int | float | bool | None]
    """Settings that decide how questions are made; replayed with the same."""
    calls: tuple[RecordedCall, ...] = ()
    prompts: tuple[str, ...] = ()
    """Labels of the prompts that were asked with, each once."""
    answers: Mapping[Digest, Digest] = Field(default_factory=dict)
    """By digest of the question: the digest of its file, answers/<question>.json."""

    @property
    def origin(self) -> RecordedFrom:
        """What minutes tell of it."""
        return RecordedFrom(
            model=self.model, answered_by=self.answered_by, recorded_at=self.recorded_at
        )

    def holds(self, transcript: Transcript) -> bool:
        """Whether it was recorded on a call of exactly these words."""
        return words_of(transcript) in {one.words for one in self.calls}


class RecordTo(NamedTuple):
    """Where the answers of a run are written down, and what is told of whoever gave them."""

    folder: Path
    answered_by: str = "a language model at an OpenAI-compatible endpoint"
    """In words."""


def words_of(transcript: Transcript) -> str:
    """Digest of who says what, turn by turn; times and the engine that heard it do not count."""
    return digest([[one.speaker, one.text] for one in transcript.segments])
