"""The model as an Extractor: every call of the port, with code deciding what code can."""

from collections.abc import Sequence

from pipeline.engines.llm import relating
from pipeline.engines.llm.asking import Asker
from pipeline.engines.llm.deciding import decided, room
from pipeline.engines.llm.drafting import drafted, unanswered
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.readings import Private, Readings
from pipeline.engines.llm.second_look import reconsidered
from pipeline.engines.llm.stopping import raised
from pipeline.engines.llm.summing_up import summed_up
from pipeline.engines.llm.threading_asks import threaded
from pipeline.models.draft import Draft, Step
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript
from prompts.loader import prompt

SITES = ("asks", "rest", "thread", "relate", "reconsider", "summarise", "tell_client")


class LlmExtractor:
    """Asks a model; a fault in a later step leaves what the earlier ones found."""

    name = "llm"
    looks_twice = True

    def __init__(self, endpoint: Endpoint, asker: Asker, private: Private) -> None:
        self._endpoint = endpoint
        self._readings = Readings(endpoint, asker, private)
        self.model: str | None = endpoint.model
        self.settings = endpoint.decisive

    @property
    def prompt(self) -> str:
        """name@version+digest of every prompt, in both languages."""
        labels = (prompt(site, language).label for site in SITES for language in ("zh", "en"))
        return " ".join(labels)

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        """Every item, each citing the turns it was found in.

        Raises:
            DragomanError: the endpoint answered nothing at all.
        """
        reading = self._readings.of(transcript, project)
        try:
            draft = drafted(reading)
        except Fault as fault:
            raise raised(fault, self._endpoint) from fault
        return decided(draft, room(reading), project)

    def thread(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Far turns that add to an ask join its citations."""
        reading = self._readings.of(transcript, project)
        return decided(threaded(draft, reading), room(reading), project)

    def relate(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Later beats earlier; the same again; there already; in the contract or not."""
        try:
            return relating.related(draft, self._readings.of(transcript, project))
        except Fault as fault:
            return _noted(draft, "relate", fault)

    def reconsider(
        self, draft: Draft, segments: Sequence[str], transcript: Transcript, project: Project
    ) -> Draft:
        """What a second look at turns that led to no item finds besides the draft."""
        reading = self._readings.of(transcript, project)
        found = decided(reconsidered(draft, segments, reading), room(reading), project)
        return found.with_(internal=())

    def summarise(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Summaries and topics."""
        try:
            return summed_up(draft, self._readings.of(transcript, project))
        except Fault as fault:
            return _noted(draft, "summarise", fault)


def _noted(draft: Draft, step: Step, fault: Fault) -> Draft:
    unparsed = (*draft.unparsed, unanswered(step, fault))
    return draft.with_(unparsed=unparsed, undone=(*draft.undone, step))
