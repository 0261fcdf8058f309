"""An Asker whose answers are written down as well, by what was asked and nothing else."""

from typing import Protocol

from langchain_core.language_models import BaseChatModel

from pipeline.engines.llm.asking import Answer, Asker, Memory, Question, W, key_of
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault, Kind
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.meter import Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.wire import strict_schema
from pipeline.models.answer import KeptAnswer
from pipeline.models.hashing import digest
from pipeline.models.recording import RecordedAnswer

TOLD: frozenset[Kind] = frozenset(
    {"refused", "cut_off", "filtered", "not_json", "invalid", "input_cut", "too_long"}
)
"""Faults that belong to the question: they are replayed too, so that it is halved as it was.
The others belong to the hour in which it was asked."""


class Recorder(Protocol):
    """Where answers are written down."""

    def add(self, meeting: str, answer: RecordedAnswer) -> None:
        """Keep an answer about a meeting."""


def question_digest(question: Question[W]) -> str:
    """Digest of a question alone: whoever it is put to, however, it is the same."""
    return digest(
        {
            "prompt": question.prompt,
            "messages": [[one.type, str(one.content)] for one in question.messages],
            "form": form_digest(question.schema),
        }
    )


def form_digest(schema: type[W]) -> str:
    """Digest of the form that an answer has to keep to."""
    return digest(strict_schema(schema, keep_bounds=True))


class RecordingAsker(Asker):
    """Asks as any other; what is known from an earlier run is written down like what is new."""

    def __init__(
        self,
        chat: BaseChatModel,
        endpoint: Endpoint,
        *,
        memory: Memory,
        meter: Meter,
        pace: Pace,
        forms: Forms,
        recorder: Recorder,
    ) -> None:
        super().__init__(chat, endpoint, memory=memory, meter=meter, pace=pace, forms=forms)
        self._recorder = recorder

    def ask(self, question: Question[W]) -> Answer[W]:
        """The answer to one question, written down.

        Raises:
            Fault: there is none to be had, or none of use.
            OutputError: it cannot be written down.
        """
        try:
            answer = super().ask(question)
        except Fault as fault:
            if fault.kind in TOLD:
                self._recorder.add(question.meeting, _unanswered(question, fault))
            raise
        kept = self._memory.answer(question.meeting, key_of(question, self._endpoint))
        if kept is not None:
            self._recorder.add(question.meeting, _answered(question, kept))
        return answer


def _answered(question: Question[W], kept: KeptAnswer) -> RecordedAnswer:
    return RecordedAnswer(
        question=question_digest(question),
        site=question.site,
        prompt=question.prompt,
        form=form_digest(question.schema),
        text=kept.text,
        usage=kept.usage,
    )


def _unanswered(question: Question[W], fault: Fault) -> RecordedAnswer:
    return RecordedAnswer(
        question=question_digest(question),
        site=question.site,
        prompt=question.prompt,
        form=form_digest(question.schema),
        text=fault.raw,
        fault=fault.kind,
        detail=fault.detail,
        usage=fault.usage,
    )
