"""The engines over recorded answers: no network, no key, no model; what was not recorded is a fault."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult

from pipeline.engines.llm.asking import Answer, Asker, Question, W
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.extract import LlmExtractor
from pipeline.engines.llm.faults import REMEDIES, Fault, Kind
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.meter import Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.reading import read
from pipeline.engines.llm.readings import Private
from pipeline.engines.llm.recording import question_digest
from pipeline.engines.llm.specify import LlmSpecifier
from pipeline.models.answer import KeptAnswer, RecordedFrom
from pipeline.models.draft import Draft, DraftSpec
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.recording import RecordedAnswer
from pipeline.models.transcript import Transcript

NAME = "recorded"


class Recorded(Protocol):
    """Answers that were written down."""

    def find(self, question: str) -> RecordedAnswer | None:
        """By the digest of the question."""


class Silent(BaseChatModel):
    """A model that cannot be asked: whoever tries is told so."""

    @property
    def _llm_type(self) -> str:
        return "silent"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        del messages, stop, run_manager, kwargs
        raise Fault("not_recorded")


class _Nothing:
    """A memory without anything in it."""

    def answer(self, meeting: str, key: str) -> KeptAnswer | None:
        del meeting, key
        return None

    def save_answer(self, meeting: str, key: str, answer: KeptAnswer) -> None:
        del meeting, key, answer


class ReplayingAsker(Asker):
    """Takes every answer from a recording."""

    def __init__(self, endpoint: Endpoint, recorded: Recorded) -> None:
        super().__init__(
            Silent(),
            endpoint,
            memory=_Nothing(),
            meter=Meter(),
            pace=Pace(),
            forms=Forms(endpoint),
        )
        self._recorded = recorded

    def ask(self, question: Question[W]) -> Answer[W]:
        """What was answered to this very question.

        Raises:
            Fault: nothing was, or nothing of use.
        """
        known = self._recorded.find(question_digest(question))
        if known is None:
            raise Fault("not_recorded", question.prompt)
        self._meter.remembered(question.meeting, question.site)
        if known.fault is not None:
            raise Fault(_kind(known.fault), known.detail, raw=known.text, usage=known.usage)
        found = read(known.text, question.schema, mask=question.mask)
        return Answer(found.value, found.bad, known.usage, kept=True)


def _kind(told: str) -> Kind:
    """A fault by its name; one that only a later program knows stops as any."""
    return told if told in REMEDIES else "rejected"


class RecordedExtractor(LlmExtractor):
    """Reads a call as the model did that was recorded."""

    name = NAME

    def __init__(
        self,
        endpoint: Endpoint,
        asker: Asker,
        private: Private,
        *,
        model: str,
        origin: RecordedFrom,
    ) -> None:
        super().__init__(endpoint, asker, private)
        self.model = model
        self._origin = origin

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        """Every item, with a word on where it comes from.

        Raises:
            DragomanError: nothing about this call was recorded.
        """
        return super().extract(transcript, project).with_(recorded_from=self._origin)


class RecordedSpecifier(LlmSpecifier):
    """Writes specs as the model did that was recorded."""

    name = NAME

    def __init__(self, endpoint: Endpoint, asker: Asker, private: Private, *, model: str) -> None:
        super().__init__(endpoint, asker, private)
        self.model = model

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        """A spec.

        Raises:
            DragomanError: nothing about this ask was recorded.
        """
        return super().specify(ask, minutes, transcript, project).with_(origin_engine=NAME)


class Replaying(NamedTuple):
    """Both engines of one recording."""

    extractor: RecordedExtractor
    specifier: RecordedSpecifier


def engines(
    recorded: Recorded,
    private: Private,
    *,
    place: str,
    digest: str,
    origin: RecordedFrom,
    questions: Mapping[str, object],
) -> Replaying:
    """The engines over one recording.

    Args:
        recorded: its answers.
        private: tells which turns were not meant for everybody.
        place: where it lies, for messages.
        digest: of all of it: another recording of the same model is another engine.
        origin: what minutes tell of it.
        questions: the settings it was recorded with.

    Raises:
        ValueError: a setting is none that this version knows, or does not fit.
    """
    endpoint = Endpoint(base_url=place, model=origin.model)
    if unknown := sorted(questions.keys() - endpoint.decisive.keys()):
        raise ValueError(f"questions.{unknown[0]}")
    endpoint = endpoint.with_(**questions)
    asker = ReplayingAsker(endpoint, recorded)
    model = f"{origin.model}+{digest[:8]}"
    return Replaying(
        RecordedExtractor(endpoint, asker, private, model=model, origin=origin),
        RecordedSpecifier(endpoint, asker, private, model=model),
    )
