"""Settings -> what drafts minutes and specs: the built-in rules, or a model at an endpoint."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pipeline.addresses import can_be_sent
from pipeline.errors import DragomanError, InputError, UnavailableError
from pipeline.ports.engines import Extractor, Specifier
from pipeline.ports.store import Store
from pipeline.ports.tools import Tools
from pipeline.settings import Settings, secrets_file

if TYPE_CHECKING:
    from pipeline.engines.llm.endpoint import Endpoint
    from pipeline.engines.llm.faults import Fault
    from pipeline.engines.llm.probing import Probed


class LongQuestion(NamedTuple):
    """What a question that nearly fills a context costs."""

    tokens: int
    money: float | None
    """In whatever currency the prices have; None where they are not set."""


def engines(chosen: Settings, opened: Store) -> tuple[Extractor, Specifier]:
    """What drafts minutes and specs. A model is asked nothing before there is something to ask.

    Raises:
        UnavailableError: a model was chosen, and its address or name is not set.
    """
    from pipeline.engines.rules.extract import RulesExtractor
    from pipeline.engines.rules.specify import RulesSpecifier

    if chosen.engine == "rules":
        return RulesExtractor(), RulesSpecifier()
    from pipeline.engines.llm import wiring
    from pipeline.engines.rules.private import private_segments

    return wiring.engines(endpoint(chosen), opened, private_segments)


def probed(
    chosen: Settings, *, long: bool = False, told: Callable[[str], None] = lambda step: None
) -> "Probed":
    """What the endpoint that is set really does; asks it, with nothing of any call.

    Raises:
        UnavailableError: its address or the name of the model is missing.
    """
    from pipeline.engines.llm.chat import CompatChat
    from pipeline.engines.llm.probing import probe

    one = endpoint(chosen)
    return probe(CompatChat(endpoint=one), one, long=long, told=told)


def long_question(chosen: Settings) -> LongQuestion:
    """What the long question of a probe costs, before it is asked.

    Raises:
        UnavailableError: the address or the name of the model is missing.
    """
    from pipeline.engines.llm.probing import long_tokens

    tokens = long_tokens(endpoint(chosen))
    price = chosen.model_price_in
    return LongQuestion(tokens, tokens * price / 1e6 if price else None)


def told(fault: "Fault", chosen: Settings) -> DragomanError:
    """A fault of the endpoint that is set, as an error for a person."""
    from pipeline.engines.llm.stopping import raised

    return raised(fault, endpoint(chosen))


class Current:
    """The tools with the engines of the settings as they are now.

    Whoever connects another model need not start anything again: the next meeting is read by it,
    and what is under way keeps what it began with.
    """

    def __init__(self, built: Tools, chosen: Settings, read: Callable[[], Settings]) -> None:
        self._tools = built
        self._chosen = chosen
        self._read = read
        self._lock = threading.Lock()

    def tools(self) -> Tools:
        """What the stages work with from now on.

        Raises:
            InputError: a file of the settings does not hold.
            UnavailableError: a model was chosen, and its address or name is not set.
        """
        chosen = self._read()
        with self._lock:
            if chosen != self._chosen:
                extractor, specifier = engines(chosen, self._tools.store)
                self._tools = self._tools._replace(extractor=extractor, specifier=specifier)
                self._chosen = chosen
            return self._tools


def endpoint(chosen: Settings) -> "Endpoint":
    """The model endpoint as it is set.

    Raises:
        InputError: the key holds what no key has.
        UnavailableError: its address or the name of the model is missing.
    """
    from pipeline.engines.llm.endpoint import Endpoint, Prices

    if not chosen.model_url or not chosen.model_name:
        raise UnavailableError("model_not_set", file=str(secrets_file()))
    if not can_be_sent(chosen.model_key.get_secret_value()):
        raise InputError("model_key_broken")
    priced = chosen.model_price_in or chosen.model_price_out
    return Endpoint(
        base_url=chosen.model_url,
        key=chosen.model_key,
        model=chosen.model_name,
        mode=chosen.model_mode,
        at_once=chosen.model_at_once,
        requests_per_minute=chosen.model_requests_per_minute,
        tokens_per_minute=chosen.model_tokens_per_minute,
        timeout=chosen.model_timeout,
        context=chosen.model_context,
        answer_tokens=chosen.model_answer_tokens,
        steps=chosen.model_steps,
        hide=chosen.model_hide,
        keep_bounds=chosen.model_keep_bounds,
        prices=Prices(
            tokens_in=chosen.model_price_in,
            tokens_cached=chosen.model_price_cached,
            tokens_out=chosen.model_price_out,
        )
        if priced
        else None,
        budget=chosen.model_budget,
    )
