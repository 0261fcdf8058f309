"""An endpoint -> the engines that ask it, with one pace and one memory for both."""

from typing import NamedTuple

from pipeline.engines.llm.asking import Asker, Memory
from pipeline.engines.llm.chat import CompatChat
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.extract import LlmExtractor
from pipeline.engines.llm.forms import Forms
from pipeline.engines.llm.meter import Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.readings import Private
from pipeline.engines.llm.specify import LlmSpecifier


class Engines(NamedTuple):
    """Both engines of one endpoint."""

    extractor: LlmExtractor
    specifier: LlmSpecifier


def engines(endpoint: Endpoint, memory: Memory, private: Private) -> Engines:
    """Built without asking anything; the endpoint hears of it with the first question."""
    asker = Asker(
        CompatChat(endpoint=endpoint),
        endpoint,
        memory=memory,
        meter=Meter(prices=endpoint.prices, budget=endpoint.budget),
        pace=Pace(requests=endpoint.requests_per_minute, tokens=endpoint.tokens_per_minute),
        forms=Forms(endpoint),
    )
    return Engines(LlmExtractor(endpoint, asker, private), LlmSpecifier(endpoint, asker, private))
