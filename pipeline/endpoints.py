"""Settings -> what drafts minutes and specs: the built-in rules, or a model at an endpoint."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pipeline.errors import DragomanError, UnavailableError
from pipeline.models.model_use import Prices
from pipeline.ports.engines import Extractor, Specifier
from pipeline.ports.rehearsal import Rehearsal
from pipeline.ports.store import Store
from pipeline.settings import Settings, secrets_file

if TYPE_CHECKING:
    from pipeline.engines.llm.endpoint import Endpoint
    from pipeline.engines.llm.faults import Fault
    from pipeline.engines.llm.probing import Probed


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

    return wiring.engines(endpoint(chosen), opened, private_segments, book=opened)


def rehearsal(chosen: Settings, opened: Store) -> Callable[[], Rehearsal] | None:
    """What notes what the model that is set would be sent; None where no model reads the calls.

    Raises:
        UnavailableError: a model was chosen, and its address or name is not set.
    """
    if chosen.engine != "llm":
        return None
    from pipeline.engines.llm.rehearsing import LlmRehearsal
    from pipeline.engines.rules.private import private_segments

    return partial(LlmRehearsal, endpoint(chosen), opened, private_segments, book=opened)


def probed(chosen: Settings, *, long: bool = False) -> "Probed":
    """What the endpoint that is set really does; asks it, with nothing of any call.

    Raises:
        UnavailableError: its address or the name of the model is missing.
    """
    from pipeline.engines.llm.chat import CompatChat
    from pipeline.engines.llm.probing import probe

    one = endpoint(chosen)
    return probe(CompatChat(endpoint=one), one, long=long)


def told(fault: "Fault", chosen: Settings) -> DragomanError:
    """A fault of the endpoint that is set, as an error for a person."""
    from pipeline.engines.llm.stopping import raised

    return raised(fault, endpoint(chosen))


def endpoint(chosen: Settings) -> "Endpoint":
    """The model endpoint as it is set.

    Raises:
        UnavailableError: its address or the name of the model is missing.
    """
    from pipeline.engines.llm.endpoint import Endpoint

    if not chosen.model_url or not chosen.model_name:
        raise UnavailableError("model_not_set", file=str(secrets_file()))
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
