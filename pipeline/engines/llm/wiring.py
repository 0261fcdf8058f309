"""An endpoint -> the engines that ask it, with one pace and one memory for both."""

from functools import partial
from typing import NamedTuple

from pipeline.engines.llm.asking import Asker, Memory
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.extract import LlmExtractor
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.meter import Book, Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.readings import Private
from pipeline.engines.llm.recording import Recorder, RecordingAsker
from pipeline.engines.llm.specify import LlmSpecifier


class Engines(NamedTuple):
    """Both engines of one endpoint."""

    extractor: LlmExtractor
    specifier: LlmSpecifier


def engines(
    endpoint: Endpoint,
    memory: Memory,
    private: Private,
    recorder: Recorder | None = None,
    *,
    book: Book | None = None,
) -> Engines:
    """Built without asking anything; the endpoint hears of it with the first question."""
    asking = Asker if recorder is None else partial(RecordingAsker, recorder=recorder)
    asker = asking(
        CompatChat(endpoint=endpoint),
        endpoint,
        memory=memory,
        meter=Meter(
            model=endpoint.model, prices=endpoint.prices, budget=endpoint.budget, book=book
        ),
        pace=Pace(requests=endpoint.requests_per_minute, tokens=endpoint.tokens_per_minute),
        forms=Forms(endpoint),
    )
    return Engines(LlmExtractor(endpoint, asker, private), LlmSpecifier(endpoint, asker, private))
