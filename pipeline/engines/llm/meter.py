"""What was asked, what it took, and whether there is money left."""

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from pipeline.engines.llm.chat import usage_of
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.tokens import estimate
from pipeline.models.answer import Usage
from pipeline.models.model_use import Cost, ModelUse, Prices


class Book(Protocol):
    """What models took, kept with the meeting they were asked about."""

    def add_model_use(self, meeting: str, use: ModelUse) -> None:
        """Count on top of what is there for this site and model."""

    def model_use(self, meeting: str | None = None) -> tuple[ModelUse, ...]:
        """By site and model: of one meeting, or of all together."""


class Sheet:
    """A book that is forgotten with the program; safe to share among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._uses: dict[tuple[str, str, str], ModelUse] = {}

    def add_model_use(self, meeting: str, use: ModelUse) -> None:
        """Count on top of what is there for this site and model."""
        key = (meeting, use.site, use.model)
        with self._lock:
            known = self._uses.get(key)
            self._uses[key] = known.plus(use) if known else use

    def model_use(self, meeting: str | None = None) -> tuple[ModelUse, ...]:
        """By site and model: of one meeting, or of all together."""
        with self._lock:
            return tuple(one for (of, *_), one in self._uses.items() if meeting in (None, of))


class Meter:
    """Counts into a book, by meeting and call site; safe to share among threads.

    Args:
        model: Name of the model that is asked.
        prices: What its tokens cost.
        budget: Money that one meeting may cost, whichever program spent it.
        book: Where the counts are kept; none means for as long as the program runs.
    """

    def __init__(
        self,
        *,
        model: str = "",
        prices: Prices | None = None,
        budget: float | None = None,
        book: Book | None = None,
    ) -> None:
        self._model = model
        self._prices = prices
        self._budget = budget
        self._book = book or Sheet()

    def asked(
        self, meeting: str, site: str, usage: Usage, seconds: float, *, estimated: bool = False
    ) -> None:
        """One request came to an end, whether or not its answer was of use."""
        use = ModelUse(
            site=site,
            model=self._model,
            requests=1,
            usage=usage,
            seconds=round(seconds, 3),
            money=self._prices.cost(usage) if self._prices else None,
            unpriced=0 if self._prices else 1,
            estimated=1 if estimated else 0,
        )
        self._book.add_model_use(meeting, use)

    def remembered(self, meeting: str, site: str) -> None:
        """A question was answered from what is kept."""
        self._book.add_model_use(meeting, ModelUse(site=site, model=self._model, kept=1))

    def cost(self, meeting: str) -> Cost:
        """What a meeting took so far."""
        return Cost(uses=self._book.model_use(meeting))

    def sites(self, meeting: str) -> Mapping[str, ModelUse]:
        """What a meeting took, by call site."""
        return {one.site: one for one in self.cost(meeting).sites}

    def total(self, meeting: str) -> Usage:
        """All tokens of a meeting."""
        return self.cost(meeting).total.usage

    def money(self, meeting: str) -> float | None:
        """What a meeting cost; None without prices."""
        return self.cost(meeting).total.money

    def exhausted(self, meeting: str) -> bool:
        """Whether the budget of a meeting is used up."""
        if self._budget is None:
            return False
        spent = self.money(meeting)
        return spent is not None and spent >= self._budget


class Begun(NamedTuple):
    """A request under way."""

    meeting: str
    site: str
    at: float
    """Seconds of a clock that only goes forward."""
    messages: Sequence[BaseMessage]


class Counting(BaseCallbackHandler):
    """Feeds the meter with every request that langchain-core sees end.

    Whoever asks says in the metadata of the call which meeting and which site it is for. What an
    endpoint does not tell is estimated from the texts, so that a budget holds there too.
    """

    raise_error = True
    """A count that cannot be kept is told: a budget rests on it."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._lock = threading.Lock()
        self._begun: dict[UUID, Begun] = {}

    def on_chat_model_start(
        self,
        serialized: dict[str, Any],
        messages: list[list[BaseMessage]],
        *,
        run_id: UUID,
        metadata: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """A request goes out."""
        del serialized, kwargs
        told = metadata or {}
        meeting, site = str(told.get("meeting", "")), str(told.get("site", ""))
        with self._lock:
            self._begun[run_id] = Begun(meeting, site, time.monotonic(), messages[0])

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **kwargs: Any) -> None:
        """It was answered: the answer carries what it took."""
        del kwargs
        generation = response.generations[0][0]
        message = generation.message if isinstance(generation, ChatGeneration) else None
        told = usage_of(message) if isinstance(message, AIMessage) else Usage()
        self._ended(run_id, told, answer=generation.text)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        """It was not: the fault carries what it took all the same."""
        del kwargs
        if isinstance(error, Fault):
            self._ended(run_id, error.usage, answer=error.raw if error.billed else None)
        else:
            self._ended(run_id, Usage(), answer=None)

    def _ended(self, run_id: UUID, told: Usage, *, answer: str | None) -> None:
        with self._lock:
            begun = self._begun.pop(run_id)
        used = told if answer is None else completed(told, begun.messages, answer)
        self._meter.asked(
            begun.meeting,
            begun.site,
            used,
            time.monotonic() - begun.at,
            estimated=used != told,
        )


def completed(told: Usage, messages: Sequence[BaseMessage], answer: str) -> Usage:
    """The tokens of a request, with our estimate of those that the endpoint did not tell."""
    return told.with_(
        tokens_in=told.tokens_in or sum(estimate(str(one.content)) for one in messages),
        tokens_out=told.tokens_out or estimate(answer),
    )
