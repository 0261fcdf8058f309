"""What an endpoint really does: whether it answers, in which form, and whether it reads all.

Three questions, none with a word of any client in it; each is asked once, and nothing that fails
is mended here: what a repair or a second try would hide is what a probe is for.
"""

import random
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from pipeline.engines.llm.chat import usage_of
from pipeline.engines.llm.endpoint import Endpoint, Mode
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.forms import Forms, described
from pipeline.engines.llm.quiet import untraced
from pipeline.engines.llm.reading import read
from pipeline.engines.llm.tokens import estimate
from pipeline.engines.llm.wire import Wire

LONG = 0.8
"""Share of the room for a question that the long one fills."""
SHORT = 600
"""Tokens, generously, of the two short questions and their answers."""
COUNTED = 0.75
"""Share of our estimate below which an endpoint's own count says that it read only part."""
_CUT = 0.6
"""The same where its answer is right all the same: then only a gross difference counts."""
_LINE = "The order of day {number} was written down and put on the shelf beside the others.\n"
_LOST = "The order of day {number} was lost, and nobody has seen it since.\n"
_WANTED = (
    "first_day is the number of the day in the first line of the text, lost_day that of the only "
    "day whose order was lost, last_day that in the last line."
)
_FREE: frozenset[Mode] = frozenset({"json_object", "text"})
"""Forms that hold a model to JSON at most: which JSON is left to it."""
_LOOSE = frozenset({"not_json", "invalid", "empty"})
"""Faults of an answer that came, and in no form or another one."""

Step = Literal["answers", "holds", "reads"]
Reads = Literal["all", "cut", "unsure"]
"""cut: part of a long question does not reach the model; unsure: by the endpoint's own count all
of it did, and yet the model named the wrong lines."""
W = TypeVar("W", bound=Wire)


class Colour(Wire):
    """An answer whose form the model would not choose by itself."""

    colour_of_the_sky: Literal["blau", "grün"]
    number_of_sides_of_a_triangle: int


class Days(Wire):
    """What a model found at the beginning, in the middle and at the end."""

    first_day: int
    lost_day: int
    last_day: int


class Probed(NamedTuple):
    """What was found."""

    mode: Mode | None = None
    """The strictest form that it takes; None where it does not answer."""
    enforced: bool | None = None
    """Whether the form holds although the question asks for another; None where not known."""
    reads: Reads | None = None
    """Whether it reads as much as it is said to; None where that is not known."""
    fault: Fault | None = None
    """Why not, where something failed."""


def long_tokens(endpoint: Endpoint) -> int:
    """About how many tokens the long question has."""
    return int(endpoint.question_tokens * LONG)


def probe(
    chat: BaseChatModel,
    endpoint: Endpoint,
    *,
    long: bool = False,
    told: Callable[[Step], None] = lambda step: None,
) -> Probed:
    """Ask it. With `long`, also as much as its context is said to hold: that costs tokens.

    Args:
        chat: What asks.
        endpoint: How.
        long: Whether the long question is asked too.
        told: Called before each question.
    """
    with untraced():
        asking = _Asking(chat, endpoint)
        found = Probed()
        try:
            told("answers")
            mode = asking.answers()
            found = found._replace(mode=mode)
            told("holds")
            found = found._replace(enforced=asking.holds())
            if long:
                told("reads")
                found = found._replace(reads=asking.reads())
        except Fault as fault:
            return found._replace(fault=fault)
        return found


def _long_text(tokens: int) -> tuple[Days, str]:
    """About so many tokens of lines, and what is to be found in them."""
    first = random.randrange(3_000, 7_000)  # nobody can guess it
    last = first + max(4, tokens // estimate(_LINE.format(number=first)))
    lost = (first + last) // 2
    lines = (
        (_LOST if number == lost else _LINE).format(number=number)
        for number in range(first, last + 1)
    )
    return Days(first_day=first, lost_day=lost, last_day=last), "".join(lines)


class _Asking:
    """One probe under way, and the form that is in use."""

    def __init__(self, chat: BaseChatModel, endpoint: Endpoint) -> None:
        self._chat = chat
        self._endpoint = endpoint
        self._forms = Forms(endpoint)

    def answers(self) -> Mode:
        """The form in which an ordinary question is answered.

        An answer in no form at all is an answer: what it is worth, `holds` tells.

        Raises:
            Fault: there is none.
        """
        told = f"Fill in the form. JSON only.\n{described(Colour)}"
        try:
            self._ask(Colour, told, "The sky is blau.")
        except Fault as fault:
            if fault.kind not in _LOOSE or fault.kind == "empty":
                raise
        return self._forms.mode

    def holds(self) -> bool:
        """Whether the form holds although another one is asked for.

        Raises:
            Fault: no answer.
        """
        if self._forms.mode in _FREE:
            return False
        told = 'Answer with this JSON object and nothing else: {"word": "<the colour>"}'
        try:
            self._ask(Colour, told, "Which colour has the sky?")
        except Fault as fault:
            if fault.kind in _LOOSE:
                return False
            raise
        return True

    def reads(self) -> Reads:
        """Whether both ends and the middle of a long question reach the model.

        What is asked stands before and after the lines: a server may cut either end.

        Raises:
            Fault: no answer, or none of use.
        """
        wanted, lines = _long_text(long_tokens(self._endpoint))
        told = f"{_WANTED} JSON only.\n{described(Days)}"
        text = f"{lines}\nEnd of the text. {told}"
        expected = estimate(told + text)
        try:
            seen, counted = self._ask(Days, told, text)
        except Fault as fault:
            if 0 < fault.usage.tokens_in < _CUT * expected:
                return "cut"
            raise
        if seen == wanted:
            return "cut" if 0 < counted < _CUT * expected else "all"
        return "unsure" if counted >= COUNTED * expected else "cut"

    def _ask(self, schema: type[W], told: str, text: str) -> tuple[W, int]:
        """What was answered, and how many tokens of the question were counted; 0 if not told.

        Raises:
            Fault: nothing of use, in no form that is left.
        """
        messages = [SystemMessage(content=told), HumanMessage(content=text)]
        while True:
            mode = self._forms.mode
            try:
                message = self._chat.bind(**self._forms.arguments(schema, mode)).invoke(messages)
            except Fault as fault:
                if fault.remedy == "step_down" and self._forms.step_down(mode):
                    continue
                raise
            used = usage_of(message)
            try:
                return read(str(message.content), schema).value, used.tokens_in
            except Fault as fault:
                fault.usage = used
                raise
