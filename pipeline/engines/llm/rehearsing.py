"""A rehearsal: the very engines of a real run, with a chat that notes each request and sends none.

What was answered before is taken from the same memory, so that later questions come into sight
as soon as those before them are answered. After the first step with a question that is not, the
work ends: what follows would rest on answers that nobody gave.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import PrivateAttr

from pipeline.addresses import host_of, proxy_to
from pipeline.engines.llm.asking import Answer, Asker, Memory, Question
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.estimating import Call, taken, to_come
from pipeline.engines.llm.extract import LlmExtractor
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.meter import Book, Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.readings import Private
from pipeline.engines.llm.specify import LlmSpecifier
from pipeline.engines.llm.tokens import estimate
from pipeline.engines.llm.wire import Wire
from pipeline.errors import DragomanError, StoppedError
from pipeline.models.draft import Draft
from pipeline.models.model_use import Cost
from pipeline.models.project import Project
from pipeline.models.sending import Hidden, Outgoing, Sending
from pipeline.models.transcript import Transcript

W = TypeVar("W", bound=Wire)


class Unsent(CompatChat):
    """A chat that sends nothing; it has no connection to send anything over."""

    _requests: list[Mapping[str, Any]] = PrivateAttr(default_factory=list)

    @property
    def requests(self) -> Sequence[Mapping[str, Any]]:
        """The bodies of all requests, in their order."""
        return self._requests

    def send(self, asked: Mapping[str, Any]) -> str:
        """Note the request.

        Raises:
            Fault: always.
        """
        self._requests.append(asked)
        raise Fault("not_sent")


class Noting(Asker):
    """An asker that notes what was asked, and which of it would be sent."""

    def __init__(self, endpoint: Endpoint, memory: Memory) -> None:
        self._unsent = Unsent(endpoint=endpoint)
        self.meter = Meter(model=endpoint.model)
        super().__init__(
            self._unsent,
            endpoint,
            memory=memory,
            meter=self.meter,
            pace=Pace(),
            forms=Forms(endpoint),
        )
        self.asked: list[str] = []
        """Site of every question, also of those that were answered before."""
        self.out: list[Outgoing] = []
        self.signs: dict[str, str] = {}
        """What is hidden, by its sign."""

    def ask(self, question: Question[W]) -> Answer[W]:
        """The answer that was given before.

        Raises:
            Fault: there is none; the request is noted.
        """
        self.asked.append(question.site)
        noted = len(self._unsent.requests)
        try:
            return super().ask(question)
        finally:
            for request in self._unsent.requests[noted:]:
                self.out.append(_outgoing(question.site, request))
                self.signs |= {sign: text for text, sign in question.mask.signs.items()}


class LlmRehearsal:
    """The engines of one rehearsal, and what they would have sent.

    Args:
        endpoint: Where a real run would send it.
        memory: Answers of earlier runs; nothing is added to them.
        private: As for the engines.
        book: What models took so far.
    """

    def __init__(self, endpoint: Endpoint, memory: Memory, private: Private, *, book: Book) -> None:
        self._endpoint = endpoint
        self._book = book
        one_by_one = endpoint.with_(at_once=1)
        self._asker = Noting(one_by_one, memory)
        self.extractor = RehearsedExtractor(
            LlmExtractor(one_by_one, self._asker, private), self._asker
        )
        self.specifier = LlmSpecifier(one_by_one, self._asker, private)

    def told(self, meeting: str) -> Sending:
        """What would have been sent so far, and about what is still to come."""
        first, call = tuple(self._asker.out), self.extractor.call
        if call is not None:
            call = call._replace(pieces=max(1, self._asker.asked.count("asks")))
        later = to_come(first, call, self._endpoint) if call and first else ()
        past = Cost(
            uses=tuple(one for one in self._book.model_use() if one.model == self._endpoint.model)
        )
        spent = Cost(uses=self._book.model_use(meeting))
        sites = {one.site: one for one in past.sites}
        return Sending(
            host=urlsplit(self._endpoint.base_url).netloc.rpartition("@")[2],
            proxy=host_of(proxy_to(self._endpoint.base_url)),
            model=self._endpoint.model,
            hides=self._endpoint.hide,
            first=first,
            hidden=tuple(_standing(self._asker.signs, first)),
            later=later,
            kept=self._asker.meter.cost(meeting).total.kept,
            estimate=taken(first, later, call, self._endpoint, sites),
            spent=spent.total.money,
            budget=self._endpoint.budget,
        )


class RehearsedExtractor:
    """The extractor, until the first step that would send anything."""

    def __init__(self, extractor: LlmExtractor, asker: Noting) -> None:
        self._extractor = extractor
        self._asker = asker
        self.name, self.model = extractor.name, extractor.model
        self.prompt, self.settings = extractor.prompt, extractor.settings
        self.looks_twice = extractor.looks_twice
        self.call: Call | None = None
        """The call, once anything was asked about it."""

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        """Every item that earlier answers hold.

        Raises:
            StoppedError: something would be sent.
        """
        self.call = Call(transcript, project.language)
        return self._step(lambda: self._extractor.extract(transcript, project))

    def thread(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """As `extract`, for far turns."""
        if self.call is not None:
            self.call = self.call._replace(asks=len(draft.asks))
        return self._step(lambda: self._extractor.thread(draft, transcript, project))

    def relate(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """As `extract`, for relations."""
        return self._step(lambda: self._extractor.relate(draft, transcript, project))

    def reconsider(
        self, draft: Draft, segments: Sequence[str], transcript: Transcript, project: Project
    ) -> Draft:
        """As `extract`, for the second look."""
        return self._step(lambda: self._extractor.reconsider(draft, segments, transcript, project))

    def summarise(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """As `extract`, for the summaries."""
        return self._step(lambda: self._extractor.summarise(draft, transcript, project))

    def _step(self, make: Callable[[], Draft]) -> Draft:
        try:
            draft = make()
        except DragomanError as error:
            raise (StoppedError("not_sent") if self._asker.out else error) from error
        if self._asker.out:
            raise StoppedError("not_sent")
        return draft


def _outgoing(site: str, request: Mapping[str, Any]) -> Outgoing:
    told = Outgoing(site=site, request=dict(request))
    return told.with_(tokens_in=sum(estimate(one.text) for one in told.messages))


def _standing(signs: Mapping[str, str], first: Sequence[Outgoing]) -> list[Hidden]:
    """The signs that stand in what would be sent."""
    text = "\n".join(message.text for one in first for message in one.messages)
    return [Hidden(sign=sign, text=hidden) for sign, hidden in signs.items() if sign in text]
