"""The model as a Specifier."""

from pipeline.engines.llm.asking import Asker
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.readings import Private, Readings
from pipeline.engines.llm.specifying import specified
from pipeline.engines.llm.stopping import raised
from pipeline.models.draft import DraftSpec
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript
from prompts.loader import prompt


class LlmSpecifier:
    """Asks a model for one spec at a time."""

    name = "llm"

    def __init__(self, endpoint: Endpoint, asker: Asker, private: Private) -> None:
        self._endpoint = endpoint
        self._readings = Readings(endpoint, asker, private)
        self.model: str | None = endpoint.model
        self.settings = endpoint.decisive
        self.at_once = endpoint.in_hand

    @property
    def prompt(self) -> str:
        """name@version+digest of the prompt, in both languages."""
        return " ".join(prompt("specify", language).label for language in ("zh", "en"))

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        """Slots from what was said about the ask; everything else as questions.

        Raises:
            DragomanError: the endpoint gave no answer of use.
        """
        try:
            return specified(ask, minutes, self._readings.of(transcript, project))
        except Fault as fault:
            raise raised(fault, self._endpoint) from fault
