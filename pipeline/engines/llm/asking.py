"""A question to a model, until there is an answer we may use or a fault that says why not."""

import hashlib
import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda

from pipeline.engines.llm.chat import usage_of
from pipeline.engines.llm.endpoint import Endpoint, Mode
from pipeline.engines.llm.faults import LASTING, Fault
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.masking import OPEN, Mask
from pipeline.engines.llm.meter import Counting, Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.quiet import untraced
from pipeline.engines.llm.reading import Bad, read
from pipeline.engines.llm.tokens import Scale, estimate
from pipeline.engines.llm.wire import Wire, strict_schema
from pipeline.models.answer import KeptAnswer, Usage
from pipeline.models.hashing import digest

W = TypeVar("W", bound=Wire)
LASTS = 30.0
"""Seconds for which nothing else is asked after a fault that would end it the same way."""
LONGEST_WAIT = 120.0
"""Seconds that we wait where an endpoint asks us to; longer is said and not waited for."""
CUT_BELOW = 0.6
"""Share of our estimate below which an endpoint's own count says that it dropped something."""
CUT_FROM = 1_500
"""Tokens below which an estimate is too coarse to tell."""


class Question(NamedTuple, Generic[W]):
    """One request, whole."""

    site: str
    """Call site: the folder of its prompt."""
    prompt: str
    """name@version+digest of the prompt."""
    messages: tuple[BaseMessage, ...]
    schema: type[W]
    meeting: str = ""
    """uid of the meeting it is about."""
    mask: Mask = OPEN
    """What is hidden from the endpoint."""
    last_turn: str | None = None
    """id of the last turn shown; an answer that names another one read less."""


class Answer(NamedTuple, Generic[W]):
    """What came back."""

    value: W
    bad: tuple[Bad, ...] = ()
    usage: Usage = Usage()
    kept: bool = False
    """It was known from an earlier run: nothing was asked."""


class Memory(Protocol):
    """Answers of models, by meeting and the digest of everything that decides them."""

    def answer(self, meeting: str, key: str) -> KeptAnswer | None:
        """What was answered before."""

    def save_answer(self, meeting: str, key: str, answer: KeptAnswer) -> None:
        """Remember an answer that could be used."""


class Asker:
    """Asks one endpoint: paced, within the budget of each meeting, each question once."""

    def __init__(
        self,
        chat: BaseChatModel,
        endpoint: Endpoint,
        *,
        memory: Memory,
        meter: Meter,
        pace: Pace,
        forms: Forms,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chat = chat
        self._endpoint = endpoint
        self._memory = memory
        self._meter = meter
        self._counting = Counting(meter)
        self._pace = pace
        self._forms = forms
        self._sleep = sleep
        self._scale = Scale()
        self._clock = clock
        self._lasting: tuple[Fault, float] | None = None
        """A fault that others would meet as well, and until when nobody tries."""
        self._lock = threading.Lock()
        self._under_way = threading.BoundedSemaphore(endpoint.at_once)
        """What limits the requests under way, whoever asks: all meetings of one program."""

    def tokens(self, text: str) -> int:
        """Tokens of a text as this model counts them, as far as its answers told."""
        return self._scale.tokens(text)

    def ask_all(self, questions: Sequence[Question[W]]) -> list[Answer[W] | Fault]:
        """All questions, in their order; as many under way as the endpoint may be asked.

        Twice as many are in hand: while some wait for the endpoint, others are prepared and kept.
        """

        def outcome(question: Question[W]) -> Answer[W] | Fault:
            try:
                return self.ask(question)
            except Fault as fault:
                return fault

        with untraced():
            asking = RunnableLambda(outcome)
            hands = self._endpoint.in_hand
            return asking.batch(list(questions), config={"max_concurrency": hands})

    def ask(self, question: Question[W]) -> Answer[W]:
        """The answer to one question.

        Raises:
            Fault: there is none to be had, or none of use.
        """
        key = key_of(question, self._endpoint)
        if known := self._memory.answer(question.meeting, key):
            self._meter.remembered(question.meeting, question.site)
            found = read(known.text, question.schema, mask=question.mask)
            return Answer(found.value, found.bad, known.usage, kept=True)
        with untraced():
            message, answer = self._until_answered(question)
        kept = KeptAnswer(
            site=question.site,
            prompt=question.prompt,
            text=str(message.content),
            usage=answer.usage,
        )
        self._memory.save_answer(question.meeting, key, kept)
        return answer

    def _until_answered(self, question: Question[W]) -> tuple[AIMessage, Answer[W]]:
        messages, tries, repaired = question.messages, 0, False
        while True:
            mode = self._forms.mode
            try:
                return self._once(question, messages, mode)
            except Fault as fault:
                if fault.remedy == "step_down" and self._forms.step_down(mode):
                    continue
                if fault.remedy == "repair" and not repaired:
                    repaired, messages = True, (*messages, *_repair(fault))
                    continue
                tries += 1
                if fault.remedy != "again" or tries >= self._endpoint.tries:
                    self._give_up(fault)
                    raise
                self._wait(fault, tries)

    def _once(
        self, question: Question[W], messages: Sequence[BaseMessage], mode: Mode
    ) -> tuple[AIMessage, Answer[W]]:
        """One request.

        Raises:
            Fault: no answer of use.
        """
        shown = "\n".join(str(one.content) for one in messages)
        tokens = self._scale.tokens(shown) + self._endpoint.answer_tokens // 2
        bound = self._chat.bind(**self._forms.arguments(question.schema, mode))
        with self._under_way:
            self._may_ask(question)
            self._pace.take(tokens)
            message = bound.invoke(list(messages), config=self._counted(question))
        used = usage_of(message)
        try:
            self._check_whole(shown, used)
            found = read(str(message.content), question.schema, mask=question.mask)
        except Fault as fault:
            fault.usage = used
            raise
        self._check_canary(found.value, question, used)
        return message, Answer(found.value, found.bad, used)

    def _may_ask(self, question: Question[W]) -> None:
        """Whether there is any use in asking.

        Raises:
            Fault: it would end as it did just now, or there is no money left.
        """
        if self._lasting is not None and self._clock() < self._lasting[1]:
            raise self._lasting[0]
        if self._meter.exhausted(question.meeting):
            raise Fault("budget")

    def _counted(self, question: Question[W]) -> RunnableConfig:
        """The meter hears of the request from langchain-core, with what it is for."""
        told = {"meeting": question.meeting, "site": question.site}
        return RunnableConfig(callbacks=[self._counting], metadata=told)

    def _check_whole(self, shown: str, used: Usage) -> None:
        guessed = estimate(shown)
        if guessed >= CUT_FROM and 0 < used.tokens_in < CUT_BELOW * self._scale.tokens(shown):
            raise Fault("input_cut", f"{used.tokens_in} < {guessed}", usage=used)
        self._scale.learn(guessed, used.tokens_in)

    def _check_canary(self, value: Wire, question: Question[W], used: Usage) -> None:
        """Where the endpoint counts nothing, what it read last tells whether it read all."""
        seen = getattr(value, "last_turn_seen", None)
        if used.tokens_in or question.last_turn is None or seen is None:
            return
        if seen != question.last_turn:
            raise Fault("input_cut", f"{seen} != {question.last_turn}", usage=used)

    def _give_up(self, fault: Fault) -> None:
        if fault.kind in LASTING:
            with self._lock:
                self._lasting = (fault, self._clock() + LASTS)

    def _wait(self, fault: Fault, tries: int) -> None:
        """Pause before the next try; longer with each.

        Raises:
            Fault: the endpoint wants us to wait for longer than anybody would.
        """
        if fault.wait is not None:
            if fault.wait > LONGEST_WAIT:
                raise fault
            self._pace.hold(fault.wait)
            self._sleep(fault.wait)
            return
        base: float = min(30.0, 0.5 * 2**tries)
        self._sleep(base * random.uniform(0.75, 1.25))


def key_of(question: Question[W], endpoint: Endpoint) -> str:
    """Digest of everything that decides an answer; no key and no limits."""
    return digest(
        {
            "base_url": endpoint.base_url,
            "model": endpoint.model,
            "mode": endpoint.mode,
            "answer_tokens": endpoint.answer_tokens,
            "prompt": question.prompt,
            "messages": [[one.type, _sha256(str(one.content))] for one in question.messages],
            "schema": strict_schema(question.schema, keep_bounds=True),
        }
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _repair(fault: Fault) -> tuple[BaseMessage, ...]:
    """The answer that did not hold, and in a few lines why."""
    said = f"Your answer could not be used:\n{fault.detail}\nAnswer again with the whole JSON object only."
    return (AIMessage(content=fault.raw), HumanMessage(content=said))
