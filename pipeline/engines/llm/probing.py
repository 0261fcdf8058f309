"""What an endpoint really does: whether it answers, in which form, and whether it reads all.

Three short questions, none with a word of any client in it.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from pipeline.engines.llm.asking import Answer, Asker, Question
from pipeline.engines.llm.endpoint import Endpoint, Mode
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.forms import Forms, described
from pipeline.engines.llm.meter import Meter
from pipeline.engines.llm.pace import Pace
from pipeline.engines.llm.reading import W
from pipeline.engines.llm.wire import Wire
from pipeline.models.answer import KeptAnswer

LONG = 0.8
"""Share of the context that the last question fills."""
_LINE = "The order of day {number} was written down and put on the shelf beside the others.\n"


class Colour(Wire):
    """An answer whose form the model would not choose by itself."""

    colour_of_the_sky: Literal["blau", "grün"]
    number_of_sides_of_a_triangle: int


class Echo(Wire):
    """What a model read last."""

    last_number: int


class Probed(NamedTuple):
    """What was found."""

    mode: Mode | None = None
    """The strictest form that it takes; None where it does not answer."""
    enforced: bool = False
    """Whether the form holds although the question asks for another."""
    whole: bool | None = None
    """Whether it reads as much as it is said to; None where that was not tried."""
    fault: Fault | None = None
    """Why not, where something failed."""


class _Nothing:
    """Remembers nothing: a probe asks each time."""

    def answer(self, meeting: str, key: str) -> KeptAnswer | None:
        del meeting, key
        return None

    def save_answer(self, meeting: str, key: str, answer: KeptAnswer) -> None:
        del meeting, key, answer


def probe(chat: BaseChatModel, endpoint: Endpoint, *, long: bool = False) -> Probed:
    """Ask it. With `long`, also as much as its context is said to hold: that costs tokens."""
    forms = Forms(endpoint)
    asker = Asker(
        chat,
        endpoint,
        memory=_Nothing(),
        meter=Meter(),
        pace=Pace(),
        forms=forms,
    )
    plain = _ask(asker, Colour, "Fill in the form. JSON only.", "The sky is blau.")
    if isinstance(plain, Fault):
        return Probed(fault=plain)
    told = "Answer with one word of prose and no JSON at all."
    enforced = not isinstance(_ask(asker, Colour, told, "Which colour has the sky?"), Fault)
    if not long:
        return Probed(forms.mode, enforced)
    whole = _reads_all(asker, endpoint)
    return Probed(forms.mode, enforced, whole is None, whole)


def _reads_all(asker: Asker, endpoint: Endpoint) -> Fault | None:
    """What went wrong with a question that fills its context; None where nothing did."""
    count = int(endpoint.question_tokens * LONG / asker.tokens(_LINE.format(number=1)))
    text = "".join(_LINE.format(number=number) for number in range(1, count + 1))
    told = "last_number is the number of the last day in the text. JSON only."
    found = _ask(asker, Echo, told, text)
    if isinstance(found, Fault):
        return found
    seen = found.value.last_number
    return None if seen == count else Fault("input_cut", f"{seen} != {count}")


def _ask(asker: Asker, schema: type[W], told: str, text: str) -> Answer[W] | Fault:
    messages: Sequence[BaseMessage] = (
        SystemMessage(content=f"{told}\n{described(schema)}"),
        HumanMessage(content=text),
    )
    question = Question("probe", "probe", tuple(messages), schema)
    try:
        return asker.ask(question)
    except Fault as fault:
        return fault
